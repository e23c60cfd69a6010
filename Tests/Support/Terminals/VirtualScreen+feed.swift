/// Splits the bytes of a program into characters, controls and sequences.
public struct ScreenFeed: Sendable {
    /// The screen so far.
    public var screen: VirtualScreen

    private var pending: [UInt8] = []

    /// Begins with a screen.
    public init(screen: VirtualScreen) { self.screen = screen }

    /// Takes more bytes.
    public mutating func feed(_ bytes: some Sequence<UInt8>) {
        keep(bytes)
        while advance() {}
    }

    /// Takes more bytes, and obeys none of them yet.
    mutating func keep(_ bytes: some Sequence<UInt8>) { pending += bytes }

    /// Obeys what was kept up to the end of a frame, or all of it; false when nothing was left.
    mutating func advance() -> Bool {
        var index = 0
        var wasWhole = screen.isWhole
        while index < pending.count, let length = step(pending[index...]) {
            index += length
            if !wasWhole, screen.isWhole { break }
            wasWhole = screen.isWhole
        }
        pending.removeFirst(index)
        return index > 0
    }

    /// Obeys what stands first, and gives its length; nil while its end is missing.
    private mutating func step(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = bytes.first else { return nil }
        if first == 0x1B { return escape(Array(bytes.prefix(4_096))) }
        if first < 0x20 || first == 0x7F {
            screen.control(first)
            return 1
        }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
        guard bytes.count >= length else { return nil }
        for scalar in String(decoding: bytes.prefix(length), as: UTF8.self).unicodeScalars {
            screen.print(scalar)
        }
        return length
    }

    private mutating func escape(_ bytes: [UInt8]) -> Int? {
        guard bytes.count > 1 else { return nil }
        switch bytes[1] {
        case UInt8(ascii: "["):
            guard let end = bytes.indices.dropFirst(2).first(where: { bytes[$0] >= 0x40 }) else {
                return nil
            }
            screen.sequence(String(decoding: bytes[2..<end], as: UTF8.self), bytes[end])
            return end + 1
        case UInt8(ascii: "]"):
            guard let end = bytes.firstIndex(where: { $0 == 0x07 || $0 == 0x9C }) else {
                return nil
            }
            return end + 1
        case UInt8(ascii: "("), UInt8(ascii: ")"): return bytes.count > 2 ? 3 : nil
        default:
            screen.escape(bytes[1])
            return 2
        }
    }
}
