/// A key that signs contexts, with the short name under which checkers find it.
public struct ContextKey: Sendable {
    /// Eight lower-case hexadecimal digits.
    public let kid: String

    /// The 32 bytes of the key.
    public let secret: SecretBytes

    /// Makes a key from its parts.
    ///
    /// - Parameters:
    ///   - kid: Eight lower-case hexadecimal digits.
    ///   - secret: Exactly 32 bytes.
    /// - Throws: ``SealingError/malformed(rule:)``.
    public init(kid: String, secret: SecretBytes) throws(SealingError) {
        guard Hex.decode(kid)?.count == 4 else {
            throw .malformed(rule: "a context key's name must be 8 lower-case hex digits")
        }
        guard secret.count == 32 else {
            throw .malformed(rule: "a context key must have 32 bytes; got \(secret.count)")
        }
        self.kid = kid
        self.secret = secret
    }

    private init(unchecked kid: String, _ secret: SecretBytes) {
        self.kid = kid
        self.secret = secret
    }

    /// A new random key under a new random name.
    public static func generate() -> ContextKey {
        ContextKey(unchecked: Hex.encode(Random.bytes(4)), .random(count: 32))
    }

    /// The padded blocks of the key, for a checker that only has SHA-256.
    public var paddedBlocks: (inner: [UInt8], outer: [UInt8]) {
        HMAC.paddedBlocks(key: secret)
    }
}
