/// The block before a file in a tar archive (POSIX.1-2001, ustar).
struct TarHeader {
    static let blockSize = 512

    let name: String
    let size: Int64
    /// Seconds since 1970.
    let modified: Int64

    var bytes: [UInt8] {
        var block = [UInt8](repeating: 0, count: Self.blockSize)
        func put(_ text: String, at offset: Int) {
            for (index, byte) in text.utf8.enumerated() { block[offset + index] = byte }
        }
        put(String(name.prefix(99)), at: 0)
        put("0000600", at: 100)
        put("0000000", at: 108)
        put("0000000", at: 116)
        put(Self.octal(size, width: 11), at: 124)
        put(Self.octal(modified, width: 11), at: 136)
        // The sum is made with blanks in its own place.
        put("        ", at: 148)
        put("0", at: 156)
        put("ustar\u{0}00", at: 257)
        let sum = block.reduce(Int64(0)) { $0 + Int64($1) }
        put(Self.octal(sum, width: 6) + "\u{0} ", at: 148)
        return block
    }

    /// What fills a file's last block.
    static func padding(after size: Int64) -> [UInt8] {
        let rest = Int(size % Int64(blockSize))
        return [UInt8](repeating: 0, count: rest == 0 ? 0 : blockSize - rest)
    }

    private static func octal(_ number: Int64, width: Int) -> String {
        let digits = String(max(number, 0), radix: 8)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
