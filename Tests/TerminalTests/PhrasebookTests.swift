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
        #expect(book.translate(english) == other)
        // The second time it comes from memory.
        #expect(book.translate(english) == other)
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
