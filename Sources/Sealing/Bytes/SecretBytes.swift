internal import COpenSSL

/// Bytes that are wiped from memory when the last copy is released.
///
/// Copies of the value share one buffer. Nothing here prints, compares with early exit, or
/// encodes the content; ``withUnsafeBytes(_:)`` is the only way to it.
public struct SecretBytes: Sendable {
    private let storage: Storage

    /// The number of bytes.
    public var count: Int { storage.buffer.count }

    /// Copies `bytes`; the caller's array is not wiped.
    public init(copying bytes: [UInt8]) {
        self.init(count: bytes.count) { buffer in
            buffer.copyBytes(from: bytes)
        }
    }

    /// Makes `count` bytes (zero at first) and lets `fill` write them.
    init(count: Int, filledBy fill: (UnsafeMutableRawBufferPointer) -> Void) {
        storage = Storage(count: count)
        fill(storage.buffer)
    }

    /// Copies `bytes` out of memory that the caller wipes.
    init(copying bytes: UnsafeRawBufferPointer) {
        self.init(count: bytes.count) { buffer in
            buffer.copyMemory(from: bytes)
        }
    }

    /// As many bytes as asked for, from the system's random generator.
    ///
    /// - Parameter count: The number of bytes; a negative number counts as 0.
    /// - Returns: The bytes.
    public static func random(count: Int) -> SecretBytes {
        SecretBytes(count: max(0, count)) { buffer in
            Random.fill(buffer)
        }
    }

    /// Lends the bytes to `body`, which must not keep the pointer.
    public func withUnsafeBytes<Value, Failure>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try body(UnsafeRawBufferPointer(storage.buffer))
    }

    /// The same bytes without one line break at the end, as editors leave it in files.
    func withoutFinalLineBreak() -> SecretBytes {
        withUnsafeBytes { bytes in
            var end = bytes.count
            if end > 0, bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
            if end > 0, end < bytes.count, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
            return SecretBytes(copying: UnsafeRawBufferPointer(rebasing: bytes[..<end]))
        }
    }

    static func wipeAndFree(_ buffer: UnsafeMutableRawBufferPointer) {
        OPENSSL_cleanse(buffer.baseAddress, buffer.count)
        buffer.deallocate()
    }

    // Unchecked: the buffer is written only before the initialiser of SecretBytes returns.
    private final class Storage: @unchecked Sendable {
        let buffer: UnsafeMutableRawBufferPointer

        init(count: Int) {
            buffer = .allocate(byteCount: count, alignment: 16)
            buffer.initializeMemory(as: UInt8.self, repeating: 0)
        }

        deinit {
            SecretBytes.wipeAndFree(buffer)
        }
    }
}

extension SecretBytes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The size only.
    public var description: String { "SecretBytes(\(count) bytes)" }

    /// The size only.
    public var debugDescription: String { description }

    /// No children, so that `dump` shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
