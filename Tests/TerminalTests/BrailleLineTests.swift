import Testing

@testable import Terminal

/// Lines of braille dots.
struct BrailleLineTests {
    private let size = (width: 12, height: 3)

    /// The rows of dots, from the top, that are set in each column of dots.
    private func columns(_ values: [Double], maximum: Double? = nil) -> [[Int]] {
        let masks = BrailleLine(values, maximum: maximum)
            .masks(width: size.width, height: size.height)
        let bits: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]
        return (0..<size.width * 2).map { x in
            (0..<size.height * 4).filter { y in
                guard masks.indices.contains(y / 4) else { return false }
                return masks[y / 4][x / 2] & bits[x % 2][y % 4] != 0
            }
        }
    }

    @Test func `a rise begins at the lower left and ends at the upper right`() {
        let dots = columns([0, 10])
        #expect(dots.first == [11])
        #expect(dots.last?.first == 0)
    }

    @Test(arguments: [[0, 10], [10, 0, 10, 0], [3, 3, 9], [1]])
    func `a line has no gap`(values: [Double]) {
        let dots = columns(values, maximum: 10)
        #expect(dots.allSatisfy { !$0.isEmpty })
        for (left, right) in zip(dots, dots.dropFirst()) {
            let gap = left.flatMap { from in right.map { abs($0 - from) } }.min() ?? 99
            #expect(gap <= 1)
        }
    }

    @Test(arguments: [[], [0, 0], [.nan, -3]])
    func `nothing is drawn of nothing`(values: [Double]) {
        #expect(columns(values).allSatisfy { $0.isEmpty })
        var frame = Frame(size: Size(columns: 4, rows: 2))
        BrailleLine(values).draw(into: &frame, in: frame.bounds, styles: .monochrome)
        #expect(FrameText(frame).lines.joined().allSatisfy { $0 == " " })
    }

    @Test func `one value is a flat line, and what is above the edge stays on it`() {
        #expect(columns([5], maximum: 10).allSatisfy { $0 == columns([5], maximum: 10)[0] })
        #expect(columns([50], maximum: 10).allSatisfy { $0 == [0] })
    }

    @Test(arguments: [Size(columns: 0, rows: 3), Size(columns: 1, rows: 1)])
    func `no space is too small`(size: Size) {
        var frame = Frame(size: Size(columns: 3, rows: 3))
        let rect = Rect(x: 1, y: 1, width: size.columns, height: size.rows)
        BrailleLine([1, 2, 3]).draw(into: &frame, in: rect, styles: .monochrome)
        #expect(frame[0, 0].glyph.base == " ")
        #expect((frame[1, 1].glyph.base == " ") == rect.isEmpty)
    }

    @Test func `every cell has its stand-in without UTF-8`() throws {
        for mask in UInt32(0)..<256 {
            let scalar = try #require(Unicode.Scalar(0x2800 + mask))
            #expect(ASCIIFallback.scalar(for: scalar).isASCII)
            #expect((ASCIIFallback.scalar(for: scalar) == " ") == (mask == 0))
        }
        let known: [(UInt32, Unicode.Scalar)] = [
            (0x01 | 0x08, "'"), (0x02 | 0x10, "-"), (0x40 | 0x80, "_"), (0x47, "|"),
            (0x40 | 0x04 | 0x10 | 0x08, "/"), (0x01 | 0x02 | 0x20 | 0x80, "\\"),
        ]
        for (mask, stand) in known {
            let scalar = try #require(Unicode.Scalar(0x2800 + mask))
            #expect(ASCIIFallback.scalar(for: scalar) == stand)
        }
    }
}
