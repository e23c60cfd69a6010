import Terminal
import Testing

struct FormTests {
    private func type(_ text: String, into field: inout TextField) {
        for character in text { _ = field.handle(KeyEvent(.character(character))) }
    }

    @Test func `a field is edited by grapheme clusters`() {
        var field = TextField("ab👨‍👩‍👧‍👦")
        _ = field.handle(KeyEvent(.backspace))
        #expect(field.text == "ab")
        _ = field.handle(KeyEvent(.left))
        type("é", into: &field)
        #expect(field.text == "aéb")
        #expect(field.cursor == 2)
        _ = field.handle(KeyEvent(.character("u"), .control))
        #expect(field.text == "b")
    }

    @Test func `a mark typed after its letter joins it`() {
        var field = TextField("e")
        type("\u{301}", into: &field)
        #expect(field.text == "é")
        #expect(field.cursor == 1)
    }

    @Test func `a word is removed at once`() {
        var field = TextField("one two  ")
        _ = field.handle(KeyEvent(.character("w"), .control))
        #expect(field.text == "one ")
    }

    @Test func `the limit holds for keys and pastes`() {
        var field = TextField(options: TextField.Options(limit: 5))
        field.paste(String(repeating: "日", count: 300))
        #expect(field.text == "日日日日日")
        type("x", into: &field)
        #expect(field.text.count == 5)
        field.text = ""
        field.paste("a\nb\tc")
        #expect(field.text == "a b c")
    }

    @Test func `a field shows the part around its cursor`() {
        var frame = Frame(size: Size(columns: 5, rows: 1))
        TextField("abcdefgh").draw(into: &frame, in: frame.bounds, styles: .monochrome)
        #expect(FrameText(frame).lines == ["efgh"])
        #expect(frame.cursor == Point(x: 4, y: 0))
        #expect(frame.isCursorVisible)
    }

    @Test func `a secret is never drawn`() {
        var frame = Frame(size: Size(columns: 8, rows: 1))
        let field = TextField("pass", options: TextField.Options(isSecret: true))
        field.draw(into: &frame, in: frame.bounds, styles: .monochrome)
        #expect(FrameText(frame).lines == ["••••"])
    }

    private func form() -> Form {
        Form([
            FormField(id: "name", label: "Name", content: .text(TextField())),
            FormField(
                id: "plan",
                label: "Plan",
                content: .choice([.init("free"), .init("pro")], selected: 0)
            ),
            FormField(id: "demo", label: "Demo", content: .toggle(false)),
            FormField(id: "note", label: "Note", content: .note(TextArea())),
        ])
    }

    @Test func `a form is filled in from top to bottom`() {
        var form = form()
        _ = form.handle(KeyEvent(.character("A")))
        #expect(form.isEdited)
        _ = form.handle(KeyEvent(.enter))
        _ = form.handle(KeyEvent(.right))
        _ = form.handle(KeyEvent(.tab))
        _ = form.handle(KeyEvent(.character(" ")))
        _ = form.handle(KeyEvent(.down))
        _ = form.paste("two\nlines")
        #expect(form.handle(KeyEvent(.character("s"), .control)) == .submitted)
        #expect(
            form.values == ["name": "A", "plan": "pro", "demo": "true", "note": "two\nlines"]
        )
        #expect(form.handle(KeyEvent(.escape)) == .cancelled)
    }

    @Test func `an error moves the focus and goes with the next key`() {
        var form = form()
        form.show(errors: ["demo": "not now"])
        #expect(form.focus == 2)
        #expect(form.fields[2].error == "not now")
        _ = form.handle(KeyEvent(.character(" ")))
        #expect(form.fields[2].error == nil)
    }

    @Test func `the field with the focus is visible in a low form`() {
        var form = form()
        form.focus(on: "note")
        var frame = Frame(size: Size(columns: 30, rows: 4))
        form.draw(into: &frame, in: frame.bounds, styles: .monochrome)
        #expect(FrameText(frame).lines[0].hasPrefix("Note"))
    }

    @Test func `a dangerous dialog wants the word and a reason`() {
        var dialog = Dialog(
            title: "Suspend",
            lines: [],
            verb: "Suspend",
            isDangerous: true,
            demand: Dialog.Demand(word: "acme", needsReason: true)
        )
        #expect(dialog.handle(KeyEvent(.character("y"))) == .changed)
        _ = dialog.handle(KeyEvent(.character("s"), .control))
        #expect(dialog.form.fields[0].error == "does not match acme")
        #expect(dialog.form.fields[1].error == "a reason is needed")
        _ = dialog.handle(KeyEvent(.character("u"), .control))
        _ = dialog.paste("acme")
        #expect(dialog.handle(KeyEvent(.enter)) == .changed)
        _ = dialog.paste("  unpaid ")
        #expect(dialog.handle(KeyEvent(.enter)) == .confirmed(reason: "unpaid"))
    }

    @Test func `a plain dialog is confirmed by y alone`() {
        var dialog = Dialog(title: "Resume", lines: [], verb: "Resume")
        #expect(dialog.handle(KeyEvent(.enter)) == .ignored)
        #expect(dialog.handle(KeyEvent(.character("y"))) == .confirmed(reason: nil))
        #expect(dialog.handle(KeyEvent(.escape)) == .cancelled)
    }
}
