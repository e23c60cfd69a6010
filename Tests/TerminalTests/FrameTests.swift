import Terminal
import Testing

struct FrameTests {
    private func frame(_ columns: Int = 10, _ rows: Int = 1) -> Frame {
        Frame(size: Size(columns: columns, rows: rows))
    }

    private func text(_ frame: Frame) -> [String] { FrameText(frame).lines }

    @Test func `text is clipped on every side`() {
        var frame = frame(4, 2)
        frame.write("abcdef", x: -2, y: 0, style: .plain)
        frame.write("xyz", x: 2, y: 1, style: .plain)
        frame.write("no", x: 0, y: 2, style: .plain)
        frame.write("no", x: 0, y: -1, style: .plain)
        #expect(text(frame) == ["cdef", "  xy"])
    }

    @Test func `half of a wide character never remains`() {
        var frame = frame(6)
        frame.write("日本語", x: 0, y: 0, style: .plain)
        frame.write("x", x: 1, y: 0, style: .plain)
        #expect(text(frame) == [" x本語"])
        frame.write("y", x: 2, y: 0, style: .plain)
        #expect(text(frame) == [" xy 語"])
        frame.write("日", x: 5, y: 0, style: .plain)
        #expect(text(frame) == [" xy 語"])
    }

    @Test func `a wide character does not cross its clip`() {
        var frame = frame(6)
        frame.write("a日b", x: 0, y: 0, style: .plain, clip: Rect(x: 0, y: 0, width: 2, height: 1))
        #expect(text(frame) == ["a"])
    }

    @Test func `arabic is drawn joined and from right to left`() {
        var frame = frame(8)
        frame.write("سلام ok", x: 0, y: 0, style: .plain)
        let scalars = frame.row(0).map { $0.glyph.base.value }
        #expect(scalars.prefix(2) == [0x6F, 0x6B])
        #expect(Array(scalars[3...5]) == [0xFEE1, 0xFEFC, 0xFEB3])
    }

    @Test func `text in one cell of a table cannot reorder another`() {
        var frame = frame(12)
        frame.write("عربي", in: Rect(x: 0, y: 0, width: 6, height: 1), style: .plain)
        frame.write("12:30", in: Rect(x: 6, y: 0, width: 6, height: 1), style: .plain)
        #expect(frame.row(0).dropFirst(6).map { Character($0.glyph.base) } == Array("12:30 "))
    }

    @Test func `a box has its title in the upper edge`() {
        var frame = frame(12, 3)
        frame.box(frame.bounds, style: .plain, title: "Title")
        #expect(text(frame) == ["┌─ Title ──┐", "│          │", "└──────────┘"])
    }

    @Test func `styles are a second plane`() {
        var frame = frame(5, 1)
        frame.write("ab", x: 1, y: 0, style: Style(attributes: .bold))
        let text = FrameText(frame)
        #expect(text.styleLines == [".aa"])
        #expect(text.legend == ["a bold"])
    }

    @Test(arguments: [(10, [3, 7, 0]), (30, [3, 17, 10]), (2, [2, 0, 0]), (0, [0, 0, 0])])
    func `spans fold from the end when they do not fit`(width: Int, expected: [Int]) {
        let rect = Rect(x: 0, y: 0, width: width, height: 1)
        let parts = rect.columns(.fixed(3), .flexible(minimum: 4), .fixed(10))
        #expect(parts.map(\.width) == expected)
    }

    @Test func `ASCII has a stand-in for each character`() {
        for (scalar, plain) in zip("│┌─▸█é日".unicodeScalars, "|+->#e?".unicodeScalars) {
            #expect(ASCIIFallback.scalar(for: scalar) == plain)
        }
    }

    @Test func `a frame without cells takes any drawing`() {
        var frame = frame(0, 0)
        frame.box(Rect(x: 0, y: 0, width: 5, height: 5), style: .plain)
        frame.write("x", x: 0, y: 0, style: .plain)
        #expect(frame.cells.isEmpty)
    }
}
