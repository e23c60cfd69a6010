import Testing

@testable import Ncurses

struct MoveFilterTests {
    private func filtered(
        _ text: String,
        _ forms: MoveFilter.Forms = MoveFilter.Forms()
    ) -> String {
        var filter = MoveFilter(forms)
        return String(decoding: filter.filter(Array(text.utf8)), as: UTF8.self)
    }

    @Test(arguments: [
        ("\u{1B}[4;3Hname\u{1B}[4;25Hslug", "\u{1B}[4;3Hname\u{1B}[25Gslug"),
        ("\u{1B}[4;3Hé\u{1B}[2m\u{1B}[4;25Hb", "\u{1B}[4;3Hé\u{1B}[2m\u{1B}[25Gb"),
        ("\u{1B}[Ha\u{1B}[;9Hb", "\u{1B}[Ha\u{1B}[9Gb"),
        ("\u{1B}[4;9Ha\u{1B}[4;2Hb", "\u{1B}[4;9Ha\u{1B}[2Gb"),
        ("\u{1B}[7da\u{1B}[7;1Hb", "\u{1B}[7da\rb"),
        ("\u{1B}[4;3Ha\u{1B}[5;3Hb", "\u{1B}[4;3Ha\u{1B}[5;3Hb"),
    ])
    func `a move within the row says its column only`(raw: String, sent: String) {
        #expect(filtered(raw) == sent)
    }

    @Test(arguments: [
        ("\u{1B}[4;30Hname\u{1B}[4;40Hslug", "\u{1B}[4;30Hname\u{1B}[6Cslug"),
        ("\u{1B}[25Gname\u{1B}[2m\u{1B}[36Gslug", "\u{1B}[25Gname\u{1B}[2m\u{1B}[7Cslug"),
        ("\u{1B}[25Gab\u{1B}[28Gc", "\u{1B}[25Gab\u{1B}[Cc"),
        ("\u{1B}[2C\u{1B}[25Gc", "\u{1B}[2C\u{1B}[25Gc"),
        ("\u{1B}[25Gé\u{1B}[28Gc", "\u{1B}[25Gé\u{1B}[28Gc"),
        ("\u{1B}[25G────\u{1B}[31Gc", "\u{1B}[25G─\u{1B}[3b\u{1B}[31Gc"),
        ("\u{1B}[10Gab\r\u{1B}[12Gc", "\u{1B}[10Gab\r\u{1B}[12Gc"),
        ("\u{1B}[10Gabcd\u{1B}[3D\u{1B}[13Gc", "\u{1B}[10Gabcd\u{1B}[3D\u{1B}[2Cc"),
        ("\u{1B}[10Ga\u{8}\u{1B}[13Gc", "\u{1B}[10Ga\u{8}\u{1B}[13Gc"),
    ])
    func `a move to the right says the shorter of column and distance`(raw: String, sent: String) {
        #expect(filtered(raw) == sent)
    }

    @Test(arguments: ["\n", "\t", "\u{1B}M", "\u{1B}[2A", "\u{1B}[3L", "\u{1B}[4;9r", "\u{1B}[u"])
    func `a row that may have changed is said again`(between: String) {
        let raw = "\u{1B}[4;3Ha\(between)\u{1B}[4;25Hb"
        #expect(filtered(raw) == raw)
    }

    @Test func `the row is not known from earlier bytes`() {
        var filter = MoveFilter(MoveFilter.Forms())
        _ = filter.filter(Array("\u{1B}[4;3Ha".utf8))
        #expect(filter.filter(Array("\u{1B}[4;25Hb".utf8)) == Array("\u{1B}[4;25Hb".utf8))
    }

    @Test(arguments: [
        ("a─────b", "a─\u{1B}[4bb"), ("──", "──"), ("───═══", "─\u{1B}[2b═\u{1B}[2b"),
        ("日日日日", "日日日日"), ("aaaaaaaa", "aaaaaaaa"), ("\u{2500}\u{94}", "\u{2500}\u{94}"),
    ])
    func `a run of lines is sent by its count`(raw: String, sent: String) {
        #expect(filtered(raw) == sent)
    }

    @Test func `a terminal without the shorter forms gets the long ones`() {
        let raw = "\u{1B}[4;3H─────\u{1B}[4;25Hb"
        #expect(
            filtered(raw, MoveFilter.Forms(columns: false, distances: false, repeats: false)) == raw
        )
    }
}
