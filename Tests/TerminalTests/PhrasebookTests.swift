import Testing

@testable import Terminal

struct PhrasebookTests {
    private let book = Phrasebook(
        [
            ("Open", "فتح"), ("{#n} members", "الأعضاء: {n}"),
            ("Left {tenant}.", "غادرت {tenant}."),
            ("Locks out {*people} and keys.", "يمنع {*people} والمفاتيح."),
            ("{sentence} again", "{sentence} مجددا"), ("filter: {words}", "المرشح: {words}"),
        ],
        direction: .rightToLeft,
        collectsMissing: true
    )

    @Test(arguments: [
        ("Open", "فتح"), ("  Open ", "  فتح "), ("3 members", "الأعضاء: 3"),
        ("Left Acme.", "غادرت Acme."),
        ("Locks out 3 members and keys.", "يمنع الأعضاء: 3 والمفاتيح."),
        ("No members", "No members"), ("Left 3 members.", "غادرت 3 members."),
        ("3 members · filter: x", "الأعضاء: 3 · المرشح: x"),
        ("unknown", "unknown"), ("", ""), ("   ", "   "), ("Left .", "Left ."),
    ])
    func `a sentence is found by its words or its pattern`(english: String, other: String) {
        #expect(plain(book.translate(english)) == other)
        // The second time it comes from memory.
        #expect(plain(book.translate(english)) == other)
    }

    /// A text without its invisible marks.
    private func plain(_ text: String) -> String {
        text.filter { $0 != "\u{200E}" && $0 != "\u{200F}" }
    }

    @Test func `marks keep a date in its order, and take no column`() {
        var frame = Frame(size: Size(columns: 30, rows: 1))
        frame.tongue = Tongue(book)
        let said = frame.say(SafeText("Left 2026-03-01." as String))
        #expect(said.width == "غادرت 2026-03-01.".count)
        frame.write(said, x: 0, y: 0, style: .plain)
        #expect(FrameText(frame).lines[0].contains(".2026-03-01 "))
    }

    @Test func `sentences side by side keep their places`() {
        var frame = Frame(size: Size(columns: 20, rows: 1))
        frame.tongue = Tongue(book)
        frame.write(frame.joined(["UTC", "37 ms"]), x: 0, y: 0, style: .plain)
        #expect(FrameText(frame).lines[0].hasSuffix(" ms · UTC"))
    }

    @Test func `what is not known is collected, piece by piece`() {
        _ = book.translate("3 members · nothing · 12 ms")
        #expect(book.missing == ["12 ms", "nothing"])
    }

    @Test func `people's texts are never translated`() {
        var frame = Frame(size: Size(columns: 10, rows: 1))
        frame.tongue = Tongue(book)
        frame.write(SafeText("Open" as String), x: 0, y: 0, style: .plain)
        #expect(FrameText(frame).lines[0] == "      Open")
    }

    @Test func `a label keeps the width of its column`() {
        var frame = Frame(size: Size(columns: 10, rows: 1))
        frame.tongue = Tongue(book)
        #expect(frame.say(SafeText("Open").padded(to: 8)).width == 8)
    }
}
