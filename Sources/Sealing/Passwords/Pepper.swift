internal import COpenSSL

/// A server-side key that goes into every password hash and is not stored with it.
public struct Pepper: Sendable {
    /// The name that stands before each hash made with this pepper.
    public let id: String

    private let key: HMACKey

    /// Makes a pepper.
    ///
    /// - Parameters:
    ///   - id: 1 to 16 lower-case letters and digits, such as `p1`.
    ///   - secret: At least 16 bytes; 32 or 48 random bytes are right.
    /// - Throws: ``SealingError/malformed(rule:)``.
    public init(id: String, secret: SecretBytes) throws(SealingError) {
        guard StoredPassword.isPepperID(id) else {
            throw .malformed(rule: "a pepper's name must be 1 to 16 lower-case letters and digits")
        }
        guard secret.count >= 16 else {
            throw .malformed(rule: "a pepper must have at least 16 bytes; got \(secret.count)")
        }
        self.id = id
        key = HMACKey(secret, .sha384)
    }

    /// The phrase for bcrypt: 64 ASCII characters that depend on every byte of the password.
    ///
    /// bcrypt alone ignores what follows byte 72, and all that follows a NUL byte.
    func phrase(for password: SecretBytes) -> SecretBytes {
        var code = password.withUnsafeBytes { key.authenticate($0) }
        defer { HMAC.wipe(&code) }
        // EVP_EncodeBlock ends the 64 characters with a NUL, hence the room for 65.
        let encoded = SecretBytes(count: 65) { buffer in
            EVP_EncodeBlock(
                buffer.baseAddress?.assumingMemoryBound(to: UInt8.self),
                code,
                Int32(code.count)
            )
        }
        return encoded.withUnsafeBytes { encoded in
            SecretBytes(copying: UnsafeRawBufferPointer(rebasing: encoded.dropLast()))
        }
    }
}
