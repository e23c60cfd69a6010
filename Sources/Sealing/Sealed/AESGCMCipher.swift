internal import COpenSSL

/// One run of AES-256-GCM, in one direction.
struct AESGCMCipher: ~Copyable {
    private let context: OpaquePointer?

    // Unchecked: a fetched EVP_CIPHER is immutable and reference-counted atomically.
    private struct Algorithm: @unchecked Sendable {
        let pointer: OpaquePointer?
        static let aes256GCM = Algorithm(
            pointer: EVP_CIPHER_fetch(nil, "AES-256-GCM", nil) ?? EVP_aes_256_gcm()
        )
    }

    init(key: SecretBytes, nonce: [UInt8], encrypts: Bool) throws(SealingError) {
        // The context stands before the first throw, because the deinitialiser frees it.
        context = EVP_CIPHER_CTX_new()
        guard context != nil else { throw OpenSSLStatus.failure("making a cipher") }
        guard key.count == AESGCM.keySize, nonce.count == AESGCM.nonceSize else {
            throw .malformed(rule: "AES-256-GCM must have a key of 32 and a nonce of 12 bytes")
        }
        let status = key.withUnsafeBytes { key in
            EVP_CipherInit_ex2(
                context,
                Algorithm.aes256GCM.pointer,
                key.baseAddress?.assumingMemoryBound(to: UInt8.self),
                nonce,
                encrypts ? 1 : 0,
                nil
            )
        }
        try OpenSSLStatus.check(status, "starting AES-256-GCM")
    }

    // EVP_CIPHER_CTX_free wipes the key schedule.
    deinit {
        EVP_CIPHER_CTX_free(context)
    }

    func authenticate(_ data: [UInt8]) throws(SealingError) {
        var count: Int32 = 0
        try OpenSSLStatus.check(
            EVP_CipherUpdate(context, nil, &count, data, Int32(clamping: data.count)),
            "authenticating with AES-256-GCM"
        )
    }

    func transform(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer
    ) throws(SealingError) {
        guard !input.isEmpty else { return }
        var count: Int32 = 0
        try OpenSSLStatus.check(
            EVP_CipherUpdate(
                context,
                output.baseAddress?.assumingMemoryBound(to: UInt8.self),
                &count,
                input.baseAddress?.assumingMemoryBound(to: UInt8.self),
                Int32(clamping: input.count)
            ),
            "running AES-256-GCM"
        )
    }

    func finish() throws(SealingError) {
        var count: Int32 = 0
        var nothing: UInt8 = 0
        try OpenSSLStatus.check(
            EVP_CipherFinal_ex(context, &nothing, &count),
            "finishing AES-256-GCM"
        )
    }

    func copyTag(to tag: UnsafeMutableRawBufferPointer) throws(SealingError) {
        try OpenSSLStatus.check(
            EVP_CIPHER_CTX_ctrl(
                context,
                EVP_CTRL_AEAD_GET_TAG,
                Int32(tag.count),
                tag.baseAddress
            ),
            "copying a tag of AES-256-GCM"
        )
    }

    func expectTag(_ tag: UnsafeRawBufferPointer) throws(SealingError) {
        try OpenSSLStatus.check(
            EVP_CIPHER_CTX_ctrl(
                context,
                EVP_CTRL_AEAD_SET_TAG,
                Int32(tag.count),
                UnsafeMutableRawPointer(mutating: tag.baseAddress)
            ),
            "setting a tag of AES-256-GCM"
        )
    }
}
