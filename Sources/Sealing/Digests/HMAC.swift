internal import COpenSSL

/// Keyed hashes (RFC 2104).
public enum HMAC {
    /// HMAC-SHA-1 of `message`: 20 bytes; for one-time passwords only, whose apps know no other.
    ///
    /// - Parameters:
    ///   - key: A key of any length; 20 random bytes are right.
    ///   - message: What is authenticated.
    /// - Returns: The code.
    public static func sha1(key: SecretBytes, message: [UInt8]) -> [UInt8] {
        HMACKey(key, .sha1).authenticate(message)
    }

    /// HMAC-SHA-256 of `message`: 32 bytes.
    ///
    /// - Parameters:
    ///   - key: A key of any length; 32 random bytes are right.
    ///   - message: What is authenticated.
    /// - Returns: The code; compare it with ``constantTimeEquals(_:_:)-(Array<UInt8>,_)``.
    public static func sha256(key: SecretBytes, message: [UInt8]) -> [UInt8] {
        HMACKey(key, .sha256).authenticate(message)
    }

    /// HMAC-SHA-384 of `message`: 48 bytes.
    ///
    /// - Parameters:
    ///   - key: A key of any length; 48 random bytes are right.
    ///   - message: What is authenticated.
    /// - Returns: The code.
    public static func sha384(key: SecretBytes, message: [UInt8]) -> [UInt8] {
        HMACKey(key, .sha384).authenticate(message)
    }

    /// The two 64-byte blocks that start the inner and the outer hash of HMAC-SHA-256.
    ///
    /// With them, a party that only has SHA-256 computes
    /// `sha256(outer ‖ sha256(inner ‖ message))`. They are as secret as the key.
    ///
    /// - Parameter key: A key of any length.
    /// - Returns: The key block exclusive-or 0x36 (inner) and 0x5c (outer).
    public static func paddedBlocks(key: SecretBytes) -> (inner: [UInt8], outer: [UInt8]) {
        var block = keyBlock(key, .sha256)
        defer { wipe(&block) }
        return (block.map { $0 ^ 0x36 }, block.map { $0 ^ 0x5C })
    }

    /// The key as one block of the hash: padded with zeros, or hashed first when longer.
    static func keyBlock(_ key: SecretBytes, _ algorithm: MessageDigest) -> [UInt8] {
        key.withUnsafeBytes { key in
            var hash: [UInt8] = []
            if key.count > algorithm.blockSize {
                var context = DigestContext(algorithm)
                context.update(key)
                hash = context.final()
            }
            defer { wipe(&hash) }
            // In one piece: a growing array would leave copies of the key behind.
            return [UInt8](unsafeUninitializedCapacity: algorithm.blockSize) { block, filled in
                block.initialize(repeating: 0)
                let bytes = UnsafeMutableRawBufferPointer(block)
                hash.isEmpty ? bytes.copyMemory(from: key) : bytes.copyBytes(from: hash)
                filled = algorithm.blockSize
            }
        }
    }

    static func wipe(_ bytes: inout [UInt8]) {
        bytes.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
    }
}
