import Sealing

/// A code that lets somebody in once whose phone is gone: 24 letters of 32, 120 random bits.
struct RecoveryCode: Sendable {
    static let count = 10
    /// Without letters that look alike.
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    private static let groups = 4
    private static let groupLength = 6

    let text: String

    /// A new random one.
    init() {
        let groups = (0..<Self.groups).map { _ in
            String(decoding: (0..<Self.groupLength).map { _ in Self.letter() }, as: UTF8.self)
        }
        text = groups.joined(separator: "-")
    }

    /// What is stored.
    var hash: [UInt8] { Self.hash(text) }

    /// The hash of a code as somebody typed it: case, spaces and dashes do not matter.
    static func hash(_ typed: String) -> [UInt8] {
        Digest.sha256(OneTimeCode.plain(typed))
    }

    private static func letter() -> UInt8 {
        alphabet[Int(Random.bytes(1)[0] & 31)]
    }
}

/// A code as it is typed, of the app or of the list.
enum OneTimeCode {
    /// The longest that is looked at.
    static let longest = 64

    /// Lower case, without spaces and dashes.
    static func plain(_ typed: String) -> String {
        typed.filter { !$0.isWhitespace && $0 != "-" }.lowercased()
    }

    /// Whether it is one of the app's.
    static func isOfApp(_ plain: String) -> Bool {
        plain.utf8.count == OneTimePassword.digits
            && plain.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
