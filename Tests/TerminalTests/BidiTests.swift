import Testing

@testable import Terminal

struct BidiTests {
    private func frame(_ columns: Int = 10, _ tongue: Tongue = .english) -> Frame {
        var frame = Frame(size: Size(columns: columns, rows: 1))
        frame.tongue = tongue
        return frame
    }

    private static let arabic = Tongue(
        Phrasebook(
            [("Open", "فتح"), ("Left {tenant}.", "غادرت {tenant}.")],
            direction: .rightToLeft
        )
    )

    private func scalars(_ frame: Frame) -> [UInt32] { frame.row(0).map { $0.glyph.base.value } }

    private func text(_ frame: Frame) -> String { FrameText(frame).lines[0] }

    @Test func `an Arabic cell begins at the right edge of its column`() {
        var frame = frame(12)
        frame.write(
            SafeText("هدى" as String),
            in: Rect(x: 0, y: 0, width: 6, height: 1),
            style: .plain
        )
        frame.write("Ada", in: Rect(x: 6, y: 0, width: 6, height: 1), style: .plain)
        #expect(scalars(frame).prefix(3) == [0x20, 0x20, 0x20])
        #expect(scalars(frame)[5] == 0xFEEB)
        #expect(Array(scalars(frame)[6...8]) == [0x41, 0x64, 0x61])
    }

    @Test func `what is cut is the logical end, and the ellipsis stands there`() {
        var frame = frame(5)
        let name: String = "ابجدهوز"
        frame.write(SafeText(name), in: frame.bounds, style: .plain)
        #expect(scalars(frame)[0] == 0x2026)
        #expect(scalars(frame)[4] == 0xFE8D)
        var clipped = self.frame(4)
        clipped.write(SafeText(name), x: 0, y: 0, style: .plain)
        #expect(scalars(clipped)[3] == 0xFE8D)
    }

    @Test func `a name from the right does not turn an English sentence around`() {
        let name: String = "هدى"
        var sentence = frame(10)
        sentence.write("\(name) left.", x: 0, y: 0, style: .plain)
        #expect(scalars(sentence)[2] == 0xFEEB)
        #expect(text(sentence).hasSuffix(" left."))
        var own = frame(10)
        own.write(SafeText("\(name) left." as String), x: 0, y: 0, style: .plain)
        #expect(scalars(own)[9] == 0x20)
        #expect(scalars(own)[0] == 0x2E)
    }

    @Test(arguments: [
        (0, 9), (1, 8), (3, 6),
    ])
    func `the cursor of an Arabic field stands on the cell behind it`(cursor: Int, x: Int) {
        var field = TextField("هدى")
        _ = field.handle(KeyEvent(.home))
        for _ in 0..<cursor { _ = field.handle(KeyEvent(.left)) }
        #expect(field.cursor == cursor)
        var frame = frame(10)
        field.draw(into: &frame, in: frame.bounds, styles: .monochrome)
        #expect(frame.cursor == Point(x: x, y: 0))
    }

    @Test func `the cursor finds its letter in text of both directions`() {
        var field = TextField("ab هدى cd")
        var columns: [Int] = []
        _ = field.handle(KeyEvent(.home))
        for _ in 0...9 {
            var frame = frame(20)
            field.draw(into: &frame, in: frame.bounds, styles: .monochrome)
            columns.append(frame.cursor?.x ?? -1)
            _ = field.handle(KeyEvent(.right))
        }
        #expect(columns == [0, 1, 2, 5, 4, 3, 6, 7, 8, 9])
    }

    @Test func `typing goes on at the logical end of a field that is full`() {
        let field = TextField(String(repeating: "ب", count: 30))
        var frame = frame(10)
        field.draw(into: &frame, in: frame.bounds, styles: .monochrome)
        #expect(frame.cursor == Point(x: 0, y: 0))
        #expect(field.text == String(repeating: "ب", count: 30))
    }

    @Test func `an override in a cell is a token and moves nothing beside it`() {
        var frame = frame(40)
        let hostile: String = "x\u{202E}هدى"
        frame.write(SafeText(hostile), in: Rect(x: 0, y: 0, width: 20, height: 1), style: .plain)
        frame.write("12:30", in: Rect(x: 20, y: 0, width: 20, height: 1), style: .plain)
        #expect(text(frame).hasPrefix("x⟨U+202E⟩"))
        #expect(Array(scalars(frame)[20...24]) == Array("12:30".unicodeScalars.map(\.value)))
    }

    @Test(arguments: ArabicShaping.allCases)
    func `every way of shaping takes the same columns`(shaping: ArabicShaping) {
        for text in ["سلام", "لا إله", "دليل المتبرع ٢٠٢٦ (ok)", "abc هدى"] {
            let line = VisualLine(text, shaping: shaping)
            #expect(line.width == SafeText(text).width)
        }
    }

    @Test func `a terminal that joins gets letters, and words with a ligature joined`() {
        let line = VisualLine("هدى", shaping: .terminal).elements.map(\.glyph.base.value)
        #expect(line == [0x649, 0x62F, 0x647])
        let ligature = VisualLine("سلام", shaping: .terminal).elements.map(\.glyph.base.value)
        #expect(ligature == [0xFEE1, 0xFEFC, 0xFEB3])
        let logical = VisualLine("(هدى)", shaping: .logical).elements.map(\.glyph.base.value)
        #expect(logical == [0x28, 0x647, 0x62F, 0x649, 0x29])
    }

    @Test(arguments: [
        (["TERM": "xterm-256color"], ArabicShaping.joined),
        (["TERM": "linux"], .joined), (["TERM": "screen"], .joined),
        (["TERM": "tmux-256color", "VTE_VERSION": "6800"], .joined),
        (["TERM": "xterm-256color", "VTE_VERSION": "6800"], .terminal),
        (["TERM": "xterm-kitty"], .logical),
        (["TERM": "xterm-256color", "KONSOLE_VERSION": "230401"], .logical), ([:], .joined),
    ])
    func `what joins is known by the terminal's name`(
        environment: [String: String],
        shaping: ArabicShaping
    ) {
        #expect(ArabicShaping(environment: environment) == shaping)
    }

    @Test func `a screen from the right is mirrored, its texts are not`() {
        var frame = frame(12, Self.arabic)
        frame.write("Open", x: 1, y: 0, style: .plain)
        frame.write(SafeText("Acme" as String), x: 6, y: 0, style: .plain)
        frame.fill(Rect(x: 0, y: 0, width: 1, height: 1), style: .plain, with: "▌")
        #expect(scalars(frame)[11] == 0x2590)
        #expect(scalars(frame)[10] == 0xFED3)
        #expect(Array(scalars(frame)[2...5]) == Array("Acme".unicodeScalars.map(\.value)))
        frame.cursor = Point(x: 0, y: 0)
        frame.placeCursor()
        #expect(frame.cursor == Point(x: 11, y: 0))
    }

    @Test func `a padded key keeps its column on a mirrored screen`() {
        var frame = frame(12, Self.arabic)
        frame.write(SafeText("esc" as String).padded(to: 6), x: 0, y: 0, style: .plain)
        frame.write("x", x: 6, y: 0, style: .plain)
        #expect(text(frame) == "     x   esc")
    }

    @Test func `the cursor of a field stands right on a mirrored screen`() {
        for (text, x) in [("abc", 19 - 0), ("هدى", 16)] {
            let field = TextField(text)
            var frame = frame(20, Self.arabic)
            field.draw(into: &frame, in: frame.bounds, styles: .monochrome)
            frame.placeCursor()
            #expect(frame.cursor == Point(x: x, y: 0))
        }
    }

    @Test func `a mirrored box closes`() {
        var frame = Frame(size: Size(columns: 6, rows: 3))
        frame.tongue = Self.arabic
        frame.box(frame.bounds, style: .plain)
        #expect(FrameText(frame).lines == ["┌────┐", "│    │", "└────┘"])
    }

    @Test func `mirroring signs twice changes nothing`() {
        for scalar in (0x2800...0x28FF).compactMap(Unicode.Scalar.init) + ["▸", "┌", "╱", "▌", "x"]
        {
            #expect(Frame.mirrored(Frame.mirrored(scalar)) == scalar)
        }
    }
}
