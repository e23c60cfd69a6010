// DESIGN
// The text of a context is
//     v1.<kid>.<kind>.<tenant>.<user>.<support_session>.<mode>.<expiry>.<mac>
// 1. The MAC covers every byte before the last dot; it is checked before any field is read.
// 2. A key is chosen by its name only, never by trial.
// 3. No field can hold a dot, so the text has one reading only.
// 4. The checker is strict: what the signer would not write is refused.

/// Signs contexts with the current key, and checks them with the current and the previous one.
public struct ContextSigner: Sendable {
    private let keys: Replaceable<Keys>

    /// Prepares the keys: both hash states are computed once.
    ///
    /// - Parameters:
    ///   - current: The key that signs.
    ///   - previous: A key that is still accepted.
    public init(current: ContextKey, previous: ContextKey? = nil) {
        keys = Replaceable(Keys(current, previous))
    }

    /// Prepares the keys of a key file.
    public init(keys: ContextKeys) {
        self.init(current: keys.current, previous: keys.previous)
    }

    /// Goes on with other keys, in every copy of this signer.
    public func use(_ keys: ContextKeys) {
        self.keys.replace(with: Keys(keys.current, keys.previous))
    }

    /// The name of the key that signs.
    public var kid: String { keys.value.current.kid }

    /// Signs claims.
    ///
    /// - Parameters:
    ///   - claims: What the context says.
    ///   - expiresAt: The second since 1970 from which on the context is refused.
    /// - Returns: The text of the context, about 230 ASCII characters.
    public func sign(_ claims: ContextClaims, expiresAt: Int64) -> String {
        let current = keys.value.current
        var text = ContextText.encode(claims, kid: current.kid, expiresAt: expiresAt)
        let mac = current.mac.authenticate(text)
        text.append(UInt8(ascii: "."))
        for byte in mac {
            Hex.append(byte, to: &text)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Checks a context and returns what it says.
    ///
    /// - Parameters:
    ///   - text: The text that ``sign(_:expiresAt:)`` made.
    ///   - now: The time, in seconds since 1970.
    /// - Returns: The claims.
    /// - Throws: ``SealingError``: malformed, unknown key, not authentic, or expired.
    public func check(_ text: String, now: Int64) throws(SealingError) -> ContextClaims {
        let bytes = Array(text.utf8)
        guard bytes.count <= ContextText.maximumLength,
            let lastDot = bytes.lastIndex(of: UInt8(ascii: ".")),
            let mac = Hex.decode(bytes[(lastDot + 1)...]), mac.count == 32
        else { throw ContextText.wrongForm }
        let signed = bytes[..<lastDot]
        let key = try key(named: ContextText.kid(of: signed))
        let expected = signed.withUnsafeBytes { key.mac.authenticate($0) }
        guard constantTimeEquals(mac, expected) else { throw .notAuthentic(what: "the context") }
        let (claims, expiresAt) = try ContextText.decode(signed)
        guard now < expiresAt else { throw .expired(secondsAgo: now - expiresAt) }
        return claims
    }

    private func key(named kid: String) throws(SealingError) -> Key {
        let keys = keys.value
        if kid == keys.current.kid { return keys.current }
        if let previous = keys.previous, kid == previous.kid { return previous }
        throw .unknownKey(id: kid)
    }

    private struct Keys: Sendable {
        let current: Key
        let previous: Key?

        init(_ current: ContextKey, _ previous: ContextKey?) {
            self.current = Key(current)
            self.previous = previous.map { Key($0) }
        }
    }

    private struct Key: Sendable {
        let kid: String
        let mac: HMACKey

        init(_ key: ContextKey) {
            kid = key.kid
            mac = HMACKey(key.secret, .sha256)
        }
    }
}
