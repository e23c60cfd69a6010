/// AES-256 in Galois/counter mode (NIST SP 800-38D) with a 96-bit nonce and a 128-bit tag.
enum AESGCM {
    static let keySize = 32
    static let nonceSize = 12
    static let tagSize = 16

    /// Encrypts and authenticates; the result is ciphertext ‖ tag.
    static func seal(
        _ plaintext: UnsafeRawBufferPointer,
        key: SecretBytes,
        nonce: [UInt8],
        authenticating data: [UInt8]
    ) throws(SealingError) -> [UInt8] {
        let cipher = try AESGCMCipher(key: key, nonce: nonce, encrypts: true)
        try cipher.authenticate(data)
        var output = [UInt8](repeating: 0, count: plaintext.count + tagSize)
        try output.withUnsafeMutableBufferPointer { output throws(SealingError) in
            let bytes = UnsafeMutableRawBufferPointer(output)
            try cipher.transform(plaintext, into: bytes)
            try cipher.finish()
            try cipher.copyTag(to: UnsafeMutableRawBufferPointer(rebasing: bytes.suffix(tagSize)))
        }
        return output
    }

    /// Checks and decrypts ciphertext ‖ tag; nothing is handed out when the tag does not match.
    static func open(
        _ sealed: UnsafeRawBufferPointer,
        key: SecretBytes,
        nonce: [UInt8],
        authenticating data: [UInt8]
    ) throws(SealingError) -> SecretBytes {
        let cipher = try AESGCMCipher(key: key, nonce: nonce, encrypts: false)
        try cipher.authenticate(data)
        let body = UnsafeRawBufferPointer(rebasing: sealed.dropLast(tagSize))
        try cipher.expectTag(UnsafeRawBufferPointer(rebasing: sealed.suffix(tagSize)))
        var failure: SealingError?
        let plaintext = SecretBytes(count: body.count) { buffer in
            do throws(SealingError) {
                try cipher.transform(body, into: buffer)
                try cipher.finish()
            } catch {
                failure = error
            }
        }
        guard failure == nil else {
            throw .notAuthentic(what: "the sealed value")
        }
        return plaintext
    }
}
