internal import CCrypt
internal import COpenSSL

/// The `$2b$` hash of crypt(3); it looks at 72 bytes of the phrase and stops at a NUL byte.
enum Bcrypt {
    static let prefix = "$2b$"
    static let saltLength = 22
    static let hashLength = 31

    /// Hashes a phrase.
    ///
    /// - Parameters:
    ///   - phrase: At most 72 bytes, none of them NUL.
    ///   - setting: Prefix, cost and salt; a whole hash serves as well.
    /// - Returns: Prefix, cost, salt and hash: 60 characters.
    /// - Throws: ``SealingError/malformed(rule:)`` when crypt(3) does not take the setting.
    static func hash(_ phrase: SecretBytes, setting: String) throws(SealingError) -> String {
        let data = UnsafeMutablePointer<crypt_data>.allocate(capacity: 1)
        let memory = UnsafeMutableRawBufferPointer(
            start: data,
            count: MemoryLayout<crypt_data>.size
        )
        memory.initializeMemory(as: UInt8.self, repeating: 0)
        defer {
            OPENSSL_cleanse(memory.baseAddress, memory.count)
            data.deallocate()
        }
        let output = terminated(phrase).withUnsafeBytes { phrase in
            crypt_r(phrase.baseAddress?.assumingMemoryBound(to: CChar.self), setting, data)
                .map { String(cString: $0) }
        }
        // A failure is "*0" or "*1" from crypt_r, and NULL from some other implementations.
        guard let output, output.utf8.count == 60, output.hasPrefix(prefix) else {
            throw .malformed(rule: "a bcrypt setting must be '$2b$', a cost of 04 to 31 and a salt")
        }
        return output
    }

    /// A setting with a new random salt.
    static func makeSetting(cost: Int) throws(SealingError) -> String {
        let salt = Random.bytes(16).map { CChar(bitPattern: $0) }
        var text = [CChar](repeating: 0, count: Int(CRYPT_GENSALT_OUTPUT_SIZE))
        let made = crypt_gensalt_rn(
            prefix,
            UInt(clamping: cost),
            salt,
            Int32(salt.count),
            &text,
            Int32(text.count)
        )
        guard let made else {
            throw .malformed(rule: "the cost of bcrypt must be from 4 to 31; got \(cost)")
        }
        return String(cString: made)
    }

    /// Whether all of `text` is in bcrypt's own base-64 alphabet.
    static func isEncoded(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: ".")...UInt8(ascii: "9"):
                true
            default: false
            }
        }
    }

    private static func terminated(_ phrase: SecretBytes) -> SecretBytes {
        SecretBytes(count: phrase.count + 1) { buffer in
            phrase.withUnsafeBytes { buffer.copyMemory(from: $0) }
        }
    }
}
