import Testing

@testable import Ncurses

struct StyleFilterTests {
    private func filtered(_ text: String) -> String {
        var filter = StyleFilter()
        _ = filter.filter(Array("\u{1B}[mx".utf8))
        return String(decoding: filter.filter(Array(text.utf8)), as: UTF8.self)
    }

    @Test(arguments: [
        ("plain é日", "plain é日"),
        (
            "\u{1B}(B\u{1B}[0;1m\u{1B}[35ma\u{1B}(B\u{1B}[0m\u{1B}[35mb",
            "\u{1B}[1;35ma\u{1B}[22mb\u{1B}[m"
        ),
        (
            "\u{1B}[38;5;234m\u{1B}[48;5;231ma\u{1B}[38;5;90m\u{1B}[48;5;231mb\u{1B}[39;49m",
            "\u{1B}[38;5;234;48;5;231ma\u{1B}[38;5;90mb\u{1B}[m"
        ),
        ("\u{1B}[31m\u{1B}[2;3H\u{1B}[39ma", "\u{1B}[2;3Ha"),
        ("\u{1B}[41m\u{1B}[K\u{1B}[49m", "\u{1B}[41m\u{1B}[K\u{1B}[m"),
        ("\u{1B}[41m\n\u{1B}[49m", "\u{1B}[41m\n\u{1B}[m"),
        ("\u{1B}[7m\u{1B}[27ma", "a"),
        ("\u{1B}[4ma\u{1B}[2mb\u{1B}[m", "\u{1B}[4ma\u{1B}[2mb\u{1B}[m"),
    ])
    func `only the difference is sent`(raw: String, sent: String) {
        let result = filtered(raw)
        #expect(result == sent || result + "\u{1B}[m" == sent)
    }

    @Test func `an unknown style passes and the next is whole`() {
        #expect(filtered("\u{1B}[31m\u{1B}[5ma") == "\u{1B}[31m\u{1B}[5m\u{1B}[;31ma")
    }

    @Test func `after another program the style is sent whole`() {
        var filter = StyleFilter()
        _ = filter.filter(Array("\u{1B}[31mx".utf8))
        filter.invalidate()
        #expect(filter.filter(Array("x".utf8)) == Array("\u{1B}[;31mx".utf8))
    }
}
