/// A key of AES-256-GCM and the number under which sealed values name it.
///
/// With random nonces one key must not seal more than 2^32 values (NIST SP 800-38D, 8.3).
public struct SealingKey: Sendable {
    /// The number that each value sealed with this key carries.
    public let id: UInt32

    /// The 32 bytes of the key.
    public let secret: SecretBytes

    /// Makes a key from its parts.
    ///
    /// - Parameters:
    ///   - id: A number that no other key of the ring has.
    ///   - secret: Exactly 32 bytes.
    /// - Throws: ``SealingError/malformed(rule:)``.
    public init(id: UInt32, secret: SecretBytes) throws(SealingError) {
        guard secret.count == AESGCM.keySize else {
            throw .malformed(rule: "a sealing key must have 32 bytes; got \(secret.count)")
        }
        self.id = id
        self.secret = secret
    }

    init(unchecked id: UInt32, _ secret: SecretBytes) {
        self.id = id
        self.secret = secret
    }
}
