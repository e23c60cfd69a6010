internal import COpenSSL

/// The public half of an Ed25519 key pair (RFC 8032).
public struct VerifyingKey: Sendable, Hashable {
    /// The 32 bytes of the public key.
    public let rawBytes: [UInt8]

    /// The key's name: the first 16 hex digits of the SHA-256 of the raw public key.
    public let kid: String

    /// Makes the key of its raw form.
    ///
    /// - Parameter rawBytes: 32 bytes.
    /// - Throws: ``SealingError/malformed(rule:)`` for another length.
    public init(rawBytes: [UInt8]) throws(SealingError) {
        guard rawBytes.count == 32 else {
            throw .malformed(
                rule: "an Ed25519 public key must have 32 bytes; got \(rawBytes.count)"
            )
        }
        self.rawBytes = rawBytes
        kid = Hex.encode(Digest.sha256(rawBytes).prefix(8))
    }

    /// Whether `signature` was made over exactly `message` with this key's other half.
    ///
    /// - Parameters:
    ///   - signature: 64 bytes; anything else is no signature.
    ///   - message: What was signed.
    /// - Returns: False for every reason not to trust the message.
    public func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        guard signature.count == 64,
            let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, rawBytes, 32)
        else { return false }
        defer { EVP_PKEY_free(key) }
        guard let context = EVP_MD_CTX_new() else { return false }
        defer {
            EVP_MD_CTX_free(context)
            // A signature that does not match is an answer, not an error for the next caller.
            ERR_clear_error()
        }
        return EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1
            && EVP_DigestVerify(context, signature, 64, message, message.count) == 1
    }
}
