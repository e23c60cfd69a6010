internal import COpenSSL

/// An Ed25519 key pair (RFC 8032) that signs.
public struct SigningKey: Sendable {
    private let key: PrivateKey

    /// The other half, which checks signatures.
    public let publicKey: VerifyingKey

    /// The key's name: the first 16 hex digits of the SHA-256 of the raw public key.
    public var kid: String { publicKey.kid }

    /// Makes a new random key.
    ///
    /// - Returns: The key.
    /// - Throws: ``SealingError/library(operation:reason:)``.
    public static func generate() throws(SealingError) -> SigningKey {
        try SigningKey(seed: .random(count: 32))
    }

    /// Makes the key of a seed.
    ///
    /// - Parameter seed: The 32 bytes that RFC 8032 calls the private key.
    /// - Throws: ``SealingError/malformed(rule:)`` for another length.
    public init(seed: SecretBytes) throws(SealingError) {
        guard seed.count == 32 else {
            throw .malformed(rule: "an Ed25519 seed must have 32 bytes; got \(seed.count)")
        }
        let key = seed.withUnsafeBytes { seed in
            EVP_PKEY_new_raw_private_key(
                EVP_PKEY_ED25519,
                nil,
                seed.baseAddress?.assumingMemoryBound(to: UInt8.self),
                32
            )
        }
        try self.init(owning: OpenSSLStatus.object(key, "reading an Ed25519 seed"))
    }

    /// Takes ownership of an OpenSSL key, which must be an Ed25519 key.
    init(owning pointer: OpaquePointer) throws(SealingError) {
        key = PrivateKey(owning: pointer)
        publicKey = try VerifyingKey(rawBytes: key.publicBytes())
    }

    /// The 32 bytes from which ``init(seed:)`` makes the same key.
    ///
    /// - Returns: A copy of the seed.
    /// - Throws: ``SealingError/library(operation:reason:)``.
    public func seed() throws(SealingError) -> SecretBytes {
        var status: Int32 = 0
        var count = 32
        let seed = SecretBytes(count: 32) { buffer in
            let bytes = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
            status = EVP_PKEY_get_raw_private_key(key.pointer, bytes, &count)
        }
        try OpenSSLStatus.check(status, "copying an Ed25519 seed")
        return seed
    }

    /// Signs a message.
    ///
    /// - Parameter message: What is signed, as it is (not hashed before).
    /// - Returns: The signature, 64 bytes; the same message always gets the same one.
    /// - Throws: ``SealingError/library(operation:reason:)``.
    public func sign(_ message: [UInt8]) throws(SealingError) -> [UInt8] {
        let context = try OpenSSLStatus.object(EVP_MD_CTX_new(), "making a signature")
        defer { EVP_MD_CTX_free(context) }
        try OpenSSLStatus.check(
            EVP_DigestSignInit(context, nil, nil, nil, key.pointer),
            "starting a signature"
        )
        var signature = [UInt8](repeating: 0, count: 64)
        var count = signature.count
        try OpenSSLStatus.check(
            EVP_DigestSign(context, &signature, &count, message, message.count),
            "signing"
        )
        return signature
    }

    /// The key as OpenSSL keeps it, for encoding.
    func withPointer<Value>(_ body: (OpaquePointer) -> Value) -> Value {
        body(key.pointer)
    }

    // Unchecked: the key is never changed after it was made, and OpenSSL locks what it caches.
    private final class PrivateKey: @unchecked Sendable {
        let pointer: OpaquePointer

        init(owning pointer: OpaquePointer) {
            self.pointer = pointer
        }

        deinit {
            EVP_PKEY_free(pointer)
        }

        func publicBytes() throws(SealingError) -> [UInt8] {
            var bytes = [UInt8](repeating: 0, count: 32)
            var count = bytes.count
            try OpenSSLStatus.check(
                EVP_PKEY_get_raw_public_key(pointer, &bytes, &count),
                "reading a public key"
            )
            return bytes
        }
    }
}
