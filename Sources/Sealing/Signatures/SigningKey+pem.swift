internal import COpenSSL

extension SigningKey {
    /// Reads a private key in PEM (PKCS #8, not encrypted), as `openssl genpkey` writes it.
    ///
    /// - Parameter pem: The text of the file.
    /// - Throws: ``SealingError/malformed(rule:)`` when it holds no Ed25519 private key.
    public init(pem: SecretBytes) throws(SealingError) {
        let key = pem.withUnsafeBytes { pem -> OpaquePointer? in
            let reader = BIO_new_mem_buf(pem.baseAddress, Int32(clamping: pem.count))
            defer { BIO_free(reader) }
            // An empty password instead of none: OpenSSL would ask for one on the terminal.
            return PEM_read_bio_PrivateKey(reader, nil, { _, _, _, _ in 0 }, nil)
        }
        ERR_clear_error()
        guard let key else { throw Self.wrongForm }
        guard EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519 else {
            EVP_PKEY_free(key)
            throw Self.wrongForm
        }
        try self.init(owning: key)
    }

    /// The private key in PEM (PKCS #8, not encrypted).
    ///
    /// - Returns: The text of a key file.
    /// - Throws: ``SealingError/library(operation:reason:)``.
    public func pem() throws(SealingError) -> SecretBytes {
        let writer = try OpenSSLStatus.object(BIO_new(BIO_s_secmem()), "making a buffer")
        defer { BIO_free(writer) }
        let status = withPointer { key in
            PEM_write_bio_PrivateKey(writer, key, nil, nil, 0, nil, nil)
        }
        try OpenSSLStatus.check(status, "writing a private key")
        let count = BIO_ctrl_pending(writer)
        var read: Int32 = 0
        let pem = SecretBytes(count: count) { buffer in
            read = BIO_read(writer, buffer.baseAddress, Int32(clamping: buffer.count))
        }
        try OpenSSLStatus.check(read == Int32(clamping: count) ? 1 : 0, "copying a private key")
        return pem
    }

    /// Reads the key from a PEM file, which is made with a new key when it is missing.
    ///
    /// - Parameter path: A file of mode 0600; its folder must exist.
    /// - Returns: The key in the file.
    /// - Throws: ``SealingError`` when the file cannot be used or holds something else.
    public static func loadOrCreate(path: String) throws(SealingError) -> SigningKey {
        let content = try KeyFile(path: path).readOrCreate { () throws(SealingError) in
            try SigningKey.generate().pem()
        }
        return try SigningKey(pem: content)
    }

    private static let wrongForm = SealingError.malformed(
        rule: "a signing key must be an Ed25519 private key in PEM, without a password"
    )
}
