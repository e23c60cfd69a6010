/// The keys of access tokens: one that signs, and the one before it, which still checks.
///
/// As a file: one or two private keys in PEM, the one that signs first.
public struct SigningKeys: Sendable {
    /// The key that signs.
    public let current: SigningKey

    /// The key whose signatures are still good.
    public let previous: SigningKey?

    /// Puts the keys together.
    ///
    /// - Parameters:
    ///   - current: The key that signs.
    ///   - previous: The key that is still good.
    public init(current: SigningKey, previous: SigningKey? = nil) {
        self.current = current
        self.previous = previous
    }

    /// Reads the text of a key file.
    ///
    /// - Parameter content: One or two private keys in PEM (PKCS #8, not encrypted).
    /// - Throws: ``SealingError/malformed(rule:)``, without the content.
    public init(parsing content: SecretBytes) throws(SealingError) {
        let blocks = Self.blocks(content)
        guard (1...2).contains(blocks.count) else {
            // One block that is none gets the sentence of a single key.
            if blocks.isEmpty { _ = try SigningKey(pem: content) }
            throw .malformed(rule: "a file of signing keys must hold one or two keys in PEM")
        }
        let keys = try blocks.map { block throws(SealingError) in try SigningKey(pem: block) }
        guard keys.count == 1 || keys[0].kid != keys[1].kid else {
            throw .malformed(rule: "the keys in a file of signing keys must be different")
        }
        self.init(current: keys[0], previous: keys.count == 2 ? keys[1] : nil)
    }

    /// Both, the one that signs first.
    public var all: [SigningKey] { [current] + (previous.map { [$0] } ?? []) }

    /// A new current key, with today's as the previous one.
    ///
    /// - Throws: ``SealingError/library(operation:reason:)``.
    public func rotated() throws(SealingError) -> SigningKeys {
        SigningKeys(current: try .generate(), previous: current)
    }

    /// The text of a key file.
    ///
    /// - Throws: ``SealingError/library(operation:reason:)``.
    public func encoded() throws(SealingError) -> SecretBytes {
        let parts = try all.map { key throws(SealingError) in try key.pem() }
        return SecretBytes(count: parts.reduce(0) { $0 + $1.count }) { buffer in
            var start = 0
            for part in parts {
                part.withUnsafeBytes { bytes in
                    UnsafeMutableRawBufferPointer(rebasing: buffer[start...]).copyBytes(from: bytes)
                }
                start += part.count
            }
        }
    }

    /// The PEM blocks of a text, each from its first dashes to the next block's.
    private static func blocks(_ content: SecretBytes) -> [SecretBytes] {
        let mark = Array("-----BEGIN".utf8)
        return content.withUnsafeBytes { bytes in
            let starts = bytes.indices.filter { bytes[$0...].starts(with: mark) }
            return starts.enumerated().map { index, start in
                let end = index + 1 < starts.count ? starts[index + 1] : bytes.endIndex
                return SecretBytes(
                    copying: UnsafeRawBufferPointer(rebasing: bytes[start..<end])
                )
            }
        }
    }
}
