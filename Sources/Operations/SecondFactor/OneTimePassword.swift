import Domain
import Sealing

/// Codes that an app and we compute from one secret and the time (RFC 6238): HMAC-SHA-1, six
/// digits, thirty seconds, which is what authenticator apps expect.
struct OneTimePassword: Sendable {
    let secret: SecretBytes

    static let period: Int64 = 30
    static let digits = 6
    /// How many steps a phone's clock may be off, either way.
    static let drift: Int64 = 1

    static func step(at time: Instant) -> Int64 { time.seconds / period }

    /// The code of a step (RFC 4226, section 5.3).
    func code(step: Int64, digits: Int = digits) -> String {
        let counter = withUnsafeBytes(of: step.bigEndian) { Array($0) }
        let hash = HMAC.sha1(key: secret, message: counter)
        let offset = Int(hash[hash.count - 1] & 15)
        let word = hash[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let limit = (0..<digits).reduce(UInt32(1)) { value, _ in value * 10 }
        let number = String((word & 0x7FFF_FFFF) % limit)
        return String(repeating: "0", count: digits - number.count) + number
    }

    /// The step that a code belongs to, when it is near `now` and later than `last`.
    ///
    /// All steps are compared, in a time that does not depend on the code.
    func step(of code: String, now: Instant, after last: Int64) -> Int64? {
        let current = Self.step(at: now)
        var found: Int64?
        for step in (current - Self.drift)...(current + Self.drift) {
            let isSame = constantTimeEquals(Array(self.code(step: step).utf8), Array(code.utf8))
            if isSame, step > last, found == nil { found = step }
        }
        return found
    }

    /// What an app reads from a picture or takes by hand.
    func uri(account: String, issuer: String) -> String {
        let label = "\(Self.escape(issuer)):\(Self.escape(account))"
        return "otpauth://totp/\(label)?secret=\(secret.base32)&issuer=\(Self.escape(issuer))"
            + "&algorithm=SHA1&digits=\(Self.digits)&period=\(Self.period)"
    }

    private static func escape(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: "_"), UInt8(ascii: "@"):
                String(UnicodeScalar(byte))
            default: "%" + Hex.encode([byte]).uppercased()
            }
        }.joined()
    }
}

extension SecretBytes {
    /// As apps take it.
    var base32: String { withUnsafeBytes { Base32.encode(Array($0)) } }
}
