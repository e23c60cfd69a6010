import Terminal
import Testing

struct SafeTextTests {
    @Test(arguments: [
        ("\u{1B}[2J", "␛[2J"), ("a\rb\nc\td\u{8}", "a␍b␊c␉d␈"), ("\r\n", "␍␊"),
        ("\u{7F}\u{0}", "␡␀"),
        ("\u{9B}31m", "⟨U+009B⟩31m"), ("\u{202E}gpj.exe", "⟨U+202E⟩gpj.exe"),
        ("\u{2066}x\u{2069}", "⟨U+2066⟩x⟨U+2069⟩"), ("a\u{200B}b", "a⟨U+200B⟩b"),
        ("\u{FEFF}bom", "⟨U+FEFF⟩bom"), ("x\u{2028}y", "x⟨U+2028⟩y"), ("a\u{E0041}", "a⟨U+E0041⟩"),
        ("a\u{FE0F}\u{FE0F}", "a⟨U+FE0F⟩⟨U+FE0F⟩"), ("a\u{200D}b", "a⟨U+200D⟩b"),
        ("\u{E000}", "⟨U+E000⟩"), ("a\u{A0}b", "a b"), ("\u{AD}", "⟨U+00AD⟩"),
    ])
    func `what a terminal would obey becomes visible`(raw: String, shown: String) {
        #expect(SafeText(raw).string.unicodeScalars.elementsEqual(shown.unicodeScalars))
    }

    @Test(arguments: ["Zakat guide", "دليل المتبرع", "日本語", "👨‍👩‍👧‍👦", "❤️", "🇰🇼", "naïve", "👍🏽"])
    func `honest text passes unchanged`(raw: String) {
        #expect(SafeText(raw).string == raw)
    }

    @Test func `text is composed and keeps two marks a cluster`() {
        #expect(Array(SafeText("e\u{301}").string.unicodeScalars) == ["é"])
        let zalgo = "z" + String(repeating: "\u{336}", count: 50)
        #expect(SafeText(zalgo).string.unicodeScalars.count == 3)
        #expect(SafeText("\u{301}x").string.unicodeScalars.first == "◌")
    }

    @Test func `a text without end is cut`() {
        let long = SafeText(String(repeating: "é", count: 1_000_000))
        #expect(long.string.count == SafeText.limit)
        #expect(long.string.hasSuffix("…"))
        #expect(SafeText(String(repeating: "x", count: 1_000_000)).width == SafeText.limit)
    }

    @Test func `passing the gate twice changes nothing`() {
        for raw in [
            "\u{1B}\u{301}", "a\u{202E}\u{200D}👨\u{200D}x", "\u{1100}\u{1161}\u{300}\u{300}\u{300}",
        ] {
            let once = SafeText(raw)
            #expect(SafeText(once.string) == once)
        }
    }

    @Test(arguments: [
        ("abc", 3), ("日本語", 6), ("👨‍👩‍👧‍👦", 2), ("❤️", 2), ("🇰🇼", 2), ("é", 1), ("e\u{301}", 1), ("👍🏽", 2),
        ("1️⃣", 2), ("한국", 4), ("␛", 1), ("", 0), ("لا", 1),
    ])
    func `width is that of the drawn cells`(raw: String, width: Int) {
        #expect(SafeText(raw).width == width)
    }

    @Test(arguments: [
        ("abcdef", 4, "abc…"), ("日本語", 4, "日…"), ("日本語", 5, "日本…"), ("abc", 3, "abc"),
        ("abc", 1, "…"),
        ("abc", 0, ""), ("👨‍👩‍👧‍👦x", 2, "…"),
    ])
    func `truncation keeps whole clusters`(raw: String, columns: Int, shown: String) {
        #expect(SafeText(raw).truncated(to: columns).string == shown)
    }

    @Test func `padding fills the columns exactly`() {
        #expect(SafeText("日").padded(to: 4).string == "日  ")
        #expect(SafeText("ab").padded(to: 5, .trailing).string == "   ab")
        #expect(SafeText("ab").padded(to: 5, .center).string == " ab  ")
        #expect(SafeText("日本").padded(to: 4 - 1).width == 3)
    }

    @Test func `wrapping breaks at spaces and cuts what is too long`() {
        let lines = SafeText("one two threefourfive six").wrapped(to: 7).map(\.string)
        #expect(lines == ["one two", "threefo", "urfive", "six"])
        #expect(SafeText("").wrapped(to: 5) == [""])
    }

    @Test func `an interpolation passes the gate as a whole`() {
        let name = "\u{1B}[31m"
        let text: SafeText = "hello \(name)"
        #expect(text.string == "hello ␛[31m")
    }

    @Test func `a document is split at its line ends`() {
        #expect(SafeText.lines("a\tb\r\nc\n").map(\.string) == ["a   b", "c", ""])
    }
}
