import Testing

@testable import Terminal

/// Words in a text, as they are read and not as they are drawn.
struct TextSearchTests {
    private func lines(_ text: String, _ columns: Int) -> [TextLine] {
        SafeText.lines(text).flatMap { TextLine.broken($0, to: columns, role: .text) }
    }

    /// The lines on which one stands, going on so many times.
    private func walk(_ words: String, _ lines: [TextLine], _ steps: [Int]) -> [Int?] {
        guard var search = TextSearch(words) else { return [] }
        return steps.map { search.go($0, in: lines, from: 0) }
    }

    @Test func `a broken line says how it goes on`() {
        let parts = SafeText("zakat on gold and extraordinaryword here").broken(to: 10)
        #expect(
            parts.map(\.text.string) == ["zakat on", "gold and", "extraordin", "aryword", "here"]
        )
        #expect(parts.map(\.joint) == [.none, .space, .space, .word, .space])
    }

    @Test(arguments: [
        ("on gold", [0, 1]), ("zakat on gold and", [0, 1]), ("ordinary", [2, 3]),
        ("and extra", [1, 2]), ("ongold", []), ("words", []),
    ])
    func `a hit may go over the end of a line`(words: String, expected: [Int]) throws {
        let lines = lines("zakat on gold and extraordinaryword here", 10)
        let search = try #require(TextSearch(words))
        let marks = search.marks(in: lines, at: 0..<lines.count)
        #expect(marks.map(\.line) == expected)
    }

    @Test func `a hit does not go from one paragraph into the next`() {
        #expect(walk("gold and", lines("gold\nand silver", 20), [1]) == [nil])
        #expect(walk("gold and", lines("gold and silver", 6), [1]) == [0])
    }

    @Test(arguments: [
        ("ZAKAT", "the Zakat of gold"), ("é", "CAFE\u{301}"), ("الزكاه", "دليل الزَّكاة"),
        ("احمد", "أَحْمَد"), ("علي", "على"), ("محمد", "محـــمد"), ("شوون", "شؤون"),
    ])
    func `case, composition, vowel signs and forms of letters do not matter`(
        words: String,
        text: String
    ) {
        #expect(walk(words, lines(text, 40), [1]) == [0])
    }

    @Test func `letters with other accents are other letters, as in filters`() {
        #expect(walk("resume", lines("résumé", 40), [1]) == [nil])
    }

    @Test func `what is hostile is found as the token that stands for it`() {
        let text = lines("pay\u{202E}load \u{1B}[31m", 60)
        #expect(walk("\u{202E}", text, [1]) == [0])
        #expect(walk("U+202E", text, [1]) == [0])
        #expect(walk("␛[31m", text, [1]) == [0])
    }

    @Test(arguments: ["", "   ", "\u{640}"])
    func `nothing is no search`(words: String) {
        #expect(TextSearch(words) == nil)
    }

    @Test func `going on and back is round, and counts`() throws {
        let text = lines("a b\nc\na\nb a", 40)
        #expect(walk("a", text, [1, 1, 1, 1]) == [0, 2, 3, 0])
        #expect(walk("a", text, [1, -1, -1]) == [0, 3, 2])
        var search = try #require(TextSearch("a"))
        _ = search.go(1, in: text, from: 1)
        #expect((search.number, search.count) == (2, 3))
        _ = search.go(1, in: text, from: 0)
        #expect((search.number, search.count) == (3, 3))
        #expect(search.go(1, in: lines("none", 40), from: 0) == nil)
        #expect((search.number, search.count) == (0, 0))
    }

    @Test func `one stays at a hit when lines break anew`() throws {
        let text = "gold and silver and gold again and gold"
        var search = try #require(TextSearch("gold"))
        let wide = lines(text, 80)
        _ = search.go(1, in: wide, from: 0)
        _ = search.go(1, in: wide, from: 0)
        let narrow = lines(text, 9)
        let here = search.marks(in: narrow, at: 0..<narrow.count).filter(\.isHere)
        #expect(here.count == 1)
        #expect(here.first.map { narrow[$0.line].string } == "and gold")
        #expect(search.go(1, in: narrow, from: 0) == narrow.count - 1)
    }

    @Test func `signs before a line are no text of it`() throws {
        let sign: TextLine.Piece = ("- ", .diffRemoved)
        let text = TextLine.broken("one - two", to: 6, role: .diffRemoved, lead: sign)
        let search = try #require(TextSearch("-"))
        let marks = search.marks(in: text, at: 0..<text.count)
        #expect(marks.count == 1)
        #expect(marks.first?.clusters == 6..<7)
    }

    private func drawn(_ text: String, _ words: String, _ tongue: Tongue = .english) throws -> Frame
    {
        var frame = Frame(size: Size(columns: 12, rows: 1))
        frame.tongue = tongue
        let line = TextLine(SafeText(text))
        var search = try #require(TextSearch(words))
        _ = search.go(1, in: [line], from: 0)
        let marks = search.marks(in: [line], at: 0..<1)
        let styles = StyleSheet([.match: Style(attributes: [.bold, .underline])])
        frame.write(line, in: frame.bounds, marks: marks, styles: styles)
        return frame
    }

    @Test func `hits are marked without colour, the one that one is at inside out`() throws {
        let frame = try drawn("ab xx ab", "ab")
        let traits = frame.row(0).map(\.style.attributes)
        #expect(traits[0] == [.bold, .underline, .reverse])
        #expect(traits[1] == [.bold, .underline, .reverse])
        #expect(traits[2] == [])
        #expect(traits[6] == [.bold, .underline])
    }

    @Test(arguments: [
        ("0123456789abcd", "9abc", 9..<12), ("0123456789 日本", "日本", 0..<0),
        ("012345678 日本", "日本", 10..<12), ("日本 xx", "日本", 0..<4),
    ])
    func `a hit is marked as far as it has room`(
        text: String,
        words: String,
        columns: Range<Int>
    ) throws {
        let traits = try drawn(text, words).row(0).map(\.style.attributes)
        #expect(traits.indices.filter { traits[$0].contains(.reverse) } == Array(columns))
    }

    @Test func `in a selected row the hit that one is at stands out, the others are underlined`()
        throws
    {
        var frame = Frame(size: Size(columns: 12, rows: 1))
        let line = TextLine("ab xx ab")
        var search = try #require(TextSearch("ab"))
        _ = search.go(1, in: [line], from: 0)
        let marks = search.marks(in: [line], at: 0..<1)
        let styles = StyleSheet([.match: Style(attributes: [.bold, .underline])])
        let row = Style(attributes: .reverse)
        frame.write(line, in: frame.bounds, marks: marks, styles: styles, style: row)
        let traits = frame.row(0).map(\.style.attributes)
        #expect(traits[0] == [.bold, .underline])
        #expect(traits[3] == [.reverse])
        #expect(traits[6] == [.reverse, .underline])
    }

    @Test func `arabic is marked where it is seen`() throws {
        // Drawn from the right end: the first word stands at the right.
        let frame = try drawn("سلام ok", "سلام")
        let marked = frame.row(0).indices.filter {
            frame.row(0)[$0].style.attributes.contains(.reverse)
        }
        let letters = marked.map { frame.row(0)[$0].glyph.base.value }
        #expect(marked.count == 3 || marked.count == 4)
        #expect(letters.allSatisfy { VisualLine.isRightToLeft($0) })
        #expect(marked.last == 11)
    }
}
