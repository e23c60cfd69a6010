/// A key whose two padded blocks are already hashed, so that a code costs half as much.
// Unchecked: the two contexts are only ever copied from after the initialiser, and OpenSSL
// copies a context without writing to it.
final class HMACKey: @unchecked Sendable {
    private let inner: DigestContext
    private let outer: DigestContext

    init(_ key: SecretBytes, _ algorithm: MessageDigest) {
        var block = HMAC.keyBlock(key, algorithm)
        defer { HMAC.wipe(&block) }
        var inner = DigestContext(algorithm)
        var outer = DigestContext(algorithm)
        Self.update(&inner, block, mask: 0x36)
        Self.update(&outer, block, mask: 0x5C)
        self.inner = inner
        self.outer = outer
    }

    /// The code of a message, as long as the hash.
    func authenticate(_ message: UnsafeRawBufferPointer) -> [UInt8] {
        var context = DigestContext(copying: inner)
        context.update(message)
        let hash = context.final()
        context.resume(outer)
        context.update(hash)
        return context.final()
    }

    /// The code of a message, as long as the hash.
    func authenticate(_ message: [UInt8]) -> [UInt8] {
        message.withUnsafeBytes { authenticate($0) }
    }

    private static func update(_ context: inout DigestContext, _ block: [UInt8], mask: UInt8) {
        var masked = block.map { $0 ^ mask }
        defer { HMAC.wipe(&masked) }
        context.update(masked)
    }
}
