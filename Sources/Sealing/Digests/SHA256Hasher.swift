/// SHA-256 over a message that arrives in parts, and then over the next message.
///
/// Keep one and use it again: the context is allocated once, which makes a million small
/// messages a second possible.
public struct SHA256Hasher: ~Copyable {
    private var context: DigestContext

    /// Makes a hasher at the start of a message.
    public init() {
        context = DigestContext(.sha256)
    }

    /// Adds bytes to the message.
    public mutating func update(_ bytes: [UInt8]) {
        context.update(bytes)
    }

    /// Adds bytes to the message.
    public mutating func update(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBytes { context.update($0) }
    }

    /// Adds bytes to the message.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        context.update(bytes)
    }

    /// Adds the UTF-8 form of `text` to the message.
    public mutating func update(_ text: String) {
        var text = text
        text.withUTF8 { context.update(UnsafeRawBufferPointer($0)) }
    }

    /// The hash of the message, 32 bytes; the hasher then stands at the start of a new one.
    public mutating func finish() -> [UInt8] {
        let digest = context.final()
        context.restart()
        return digest
    }
}
