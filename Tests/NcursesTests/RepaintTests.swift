import Terminal
import Testing
import Themes

@testable import Ncurses

struct RepaintTests {
    private static let forms = [
        Repaint.Forms(), Repaint.Forms(repeats: true), Repaint.Forms(tabs: true),
        Repaint.Forms(repeats: true, tabs: true),
    ]

    private func elements(_ frame: Frame) -> [[ScreenElement]] {
        (0..<frame.size.rows).map { y in
            frame.row(y).filter { !$0.isContinuation }.map {
                ScreenElement(glyph: $0.glyph, style: $0.style, columns: Int($0.glyph.width))
            }
        }
    }

    /// What the frame should look like.
    private func places(_ frame: Frame) -> [[PaintedScreen.Place]] {
        (0..<frame.size.rows).map { y in
            frame.row(y).map { cell in
                let text = cell.glyph.scalars.reduce(into: "") { $0.unicodeScalars.append($1) }
                return PaintedScreen.Place(
                    cell.isContinuation ? "" : text,
                    TerminalLook(cell.style)
                )
            }
        }
    }

    /// The first place where two screens differ.
    private func difference(
        _ shown: [[PaintedScreen.Place]],
        _ wanted: [[PaintedScreen.Place]]
    ) -> String? {
        for (y, rows) in zip(shown, wanted).enumerated() {
            for (x, places) in zip(rows.0, rows.1).enumerated() where places.0 != places.1 {
                return "\(x),\(y) shows \(places.0), not \(places.1)"
            }
        }
        return shown.count == wanted.count ? nil : "\(shown.count) rows"
    }

    private func sent(_ frame: Frame, _ forms: Repaint.Forms) throws -> [UInt8] {
        let cursor = Point(x: frame.size.columns - 1, y: 0)
        let painted = try #require(
            Repaint.bytes(of: elements(frame), cursor: cursor, from: nil, forms)
        )
        var screen = PaintedScreen(size: frame.size)
        screen.feed(painted.bytes)
        #expect(screen.unknown == [])
        #expect(difference(screen.places, places(frame)) == nil)
        #expect(screen.cursor == cursor)
        #expect(screen.look == painted.look)
        return painted.bytes
    }

    private static func listing(_ theme: String) throws -> Frame {
        let yaml = try #require(Themes.yaml(named: theme))
        let styles = try Theme(yaml: yaml, file: theme).styles(at: .full)
        var table = Table<Int>(columns: [
            TableColumn(id: "name", title: "NAME", span: .flexible(minimum: 10)),
            TableColumn(id: "used", title: "USED", span: .fixed(20)),
            TableColumn(id: "number", title: "NUMBER", span: .fixed(12), alignment: .trailing),
        ])
        let names = [
            "Zakat guide", "日本語", "دليل المتبرع", "e\u{301}t\u{301}", "👨‍👩‍👧‍👦 family", "-----------",
        ]
        table.replace(
            (0..<30).map { index in
                TableRow(
                    id: index,
                    cells: [
                        .text(
                            SafeText(names[index % names.count]),
                            index % 4 == 0 ? .warning : .text
                        ),
                        .bar(Bar(used: Int64(index), held: 3, soft: 20, hard: 25)),
                        .text(SafeText("\(index * 77)"), .muted),
                    ]
                )
            }
        )
        var frame = Frame(size: Size(columns: 100, rows: 30))
        frame.fill(frame.bounds, style: styles[.text])
        table.draw(into: &frame, in: frame.bounds, styles: styles)
        frame.box(Rect(x: 40, y: 8, width: 45, height: 9), style: styles[.border], title: "box")
        frame.fill(Rect(x: 0, y: 25, width: 100, height: 2), style: styles[.danger])
        return frame
    }

    @Test(arguments: Themes.all.map(\.name))
    func `the terminal shows the frame, in every theme and with every form`(theme: String) throws {
        let frame = try Self.listing(theme)
        let counts = try Self.forms.map { try sent(frame, $0).count }
        #expect(counts[3] < counts[0])
    }

    @Test func `the terminal shows any frame`() throws {
        var random = SplitMix(seed: 7)
        for round in 0..<200 {
            let frame = Self.scattered(&random)
            _ = try sent(frame, Self.forms[round % Self.forms.count])
        }
    }

    private static func scattered(_ random: inout SplitMix) -> Frame {
        let size = Size(columns: random.below(60) + 3, rows: random.below(12) + 1)
        var frame = Frame(size: size)
        let attributes: [Style.Attributes] = [[], .bold, .underline, .reverse, [.dim, .bold]]
        func style(_ random: inout SplitMix) -> Style {
            Style(
                foreground: [nil, 1, 9, 200][random.below(4)],
                background: [nil, nil, 4, 12, 231][random.below(5)],
                attributes: attributes[random.below(attributes.count)]
            )
        }
        frame.fill(frame.bounds, style: style(&random))
        let texts: [SafeText] = ["a", "word by word", "日本", "éé", "─────", "     ", "xxxxxxxxxxxx"]
        for _ in 0..<random.below(20) {
            let place = Rect(
                x: random.below(size.columns),
                y: random.below(size.rows),
                width: random.below(30) + 1,
                height: random.below(3) + 1
            )
            if random.below(3) == 0 { frame.fill(place, style: style(&random)) }
            frame.write(
                texts[random.below(texts.count)],
                x: place.x,
                y: place.y,
                style: style(&random)
            )
        }
        return frame
    }

    @Test func `gaps are passed in the shortest way`() throws {
        var frame = Frame(size: Size(columns: 60, rows: 2))
        frame.write("a", x: 0, y: 0, style: .plain)
        frame.write("b", x: 3, y: 0, style: .plain)
        frame.write("c", x: 24, y: 0, style: .plain)
        frame.write("e", x: 47, y: 0, style: .plain)
        frame.write("é", x: 1, y: 1, style: .plain)
        frame.write("d", x: 30, y: 1, style: .plain)
        func text(_ forms: Repaint.Forms) throws -> String {
            let bytes = try #require(
                Repaint.bytes(of: elements(frame), cursor: Point(x: 0, y: 0), from: nil, forms)
            )
            return String(decoding: bytes.bytes, as: UTF8.self)
        }
        let head = "\u{1B}[m\u{1B}[H\u{1B}[2J"
        let tail = "\r\n é\u{1B}[31Gd\u{1B}[1H"
        #expect(try text(Repaint.Forms()) == "\(head)a  b\u{1B}[20Cc\u{1B}[22Ce\(tail)")
        #expect(try text(Repaint.Forms(tabs: true)) == "\(head)a  b\t\t\tc\t\t\t\u{8}e\(tail)")
    }

    @Test func `a page of another colour is left to ncurses where erasing does not colour`() {
        var frame = Frame(size: Size(columns: 20, rows: 5))
        let cursor = Point(x: 0, y: 0)
        let forms = Repaint.Forms(erasesInColor: false)
        #expect(Repaint.bytes(of: elements(frame), cursor: cursor, from: nil, forms) != nil)
        frame.fill(frame.bounds, style: Style(foreground: 0, background: 231))
        #expect(Repaint.bytes(of: elements(frame), cursor: cursor, from: nil, forms) == nil)
    }
}

/// Numbers that are the same in every run.
private struct SplitMix {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ (value >> 31)) % UInt64(limit))
    }
}
