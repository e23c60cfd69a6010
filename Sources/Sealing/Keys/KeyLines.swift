/// The text of a key file: one line `name:hex` a key, 8 and 64 lower-case hex digits.
struct KeyLines {
    /// A key and what values and messages call it.
    struct Line {
        let name: String
        let secret: SecretBytes
    }

    private static let length = 8 + 1 + 64 + 1

    let lines: [Line]

    init(_ lines: [Line]) {
        self.lines = lines
    }

    /// Reads a file's content.
    ///
    /// - Throws: ``SealingError/malformed(rule:)``, without the content.
    init(parsing content: SecretBytes, atMost most: Int) throws(SealingError) {
        let parts = content.withoutFinalLineBreak().withUnsafeBytes { bytes in
            bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                .map { SecretBytes(copying: UnsafeRawBufferPointer(rebasing: $0)) }
        }
        guard !parts.isEmpty, parts.count <= most else { throw Self.wrongForm(most) }
        var lines: [Line] = []
        for part in parts {
            guard let line = try Self.line(part) else { throw Self.wrongForm(most) }
            guard !lines.contains(where: { $0.name == line.name }) else {
                throw .malformed(rule: "the keys in a key file must have different names")
            }
            lines.append(line)
        }
        self.lines = lines
    }

    /// The file's content.
    func encoded() -> SecretBytes {
        SecretBytes(count: lines.count * Self.length) { buffer in
            for (index, line) in lines.enumerated() {
                let start = index * Self.length
                Self.write(line, to: buffer[start..<start + Self.length])
            }
        }
    }

    private static func wrongForm(_ most: Int) -> SealingError {
        .malformed(
            rule: "a key file must hold one to \(most) lines of the form 'name:hex', "
                + "8 and 64 lower-case hex digits"
        )
    }

    private static func write(_ line: Line, to buffer: Slice<UnsafeMutableRawBufferPointer>) {
        let buffer = UnsafeMutableRawBufferPointer(rebasing: buffer)
        buffer.copyBytes(from: Array(line.name.utf8))
        buffer[8] = UInt8(ascii: ":")
        var digits: [UInt8] = []
        digits.reserveCapacity(64)
        line.secret.withUnsafeBytes { secret in
            for byte in secret { Hex.append(byte, to: &digits) }
        }
        UnsafeMutableRawBufferPointer(rebasing: buffer[9...]).copyBytes(from: digits)
        HMAC.wipe(&digits)
        buffer[length - 1] = UInt8(ascii: "\n")
    }

    private static func line(_ text: SecretBytes) throws(SealingError) -> Line? {
        text.withUnsafeBytes { line in
            guard line.count == length - 1, line[8] == UInt8(ascii: ":"),
                Hex.decode(line[..<8]) != nil, var bytes = Hex.decode(line[9...])
            else { return nil }
            defer { HMAC.wipe(&bytes) }
            return Line(
                name: String(decoding: line[..<8], as: UTF8.self),
                secret: SecretBytes(copying: bytes)
            )
        }
    }
}
