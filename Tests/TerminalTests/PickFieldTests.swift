import Terminal
import Testing

struct PickFieldTests {
    private func form(_ options: PickField.Options = .init(), chosen: [String] = []) -> Form {
        let list = PickField(
            [
                .init("free"), .init("pro"),
                .init("enterprise", title: "Enterprise", detail: "big"),
            ],
            chosen: chosen,
            options: options
        )
        return Form([
            FormField(id: "plan", label: "Plan", content: .pick(list)),
            FormField(id: "name", label: "Name", content: .text(TextField())),
        ])
    }

    private func press(_ form: inout Form, _ keys: String...) throws {
        for key in keys { _ = form.handle(try KeyEvent(parsing: key)) }
    }

    @Test func `a letter opens the list and searches, enter picks`() throws {
        var form = form()
        try press(&form, "p", "r")
        #expect(form.focusedField?.isOpen == true)
        try press(&form, "enter")
        #expect(form.values["plan"] == "pro")
        #expect(form.focusedField?.isOpen == false)
    }

    @Test func `what stands beside a choice is searched as well`() throws {
        var form = form()
        try press(&form, "b", "i", "g", "enter")
        #expect(form.values["plan"] == "enterprise")
    }

    @Test func `escape closes the list and keeps what was picked`() throws {
        var form = form(chosen: ["pro"])
        try press(&form, "down", "down")
        let first = form.handle(KeyEvent(.escape))
        #expect(first == .changed)
        #expect(form.values["plan"] == "pro")
        let second = form.handle(KeyEvent(.escape))
        #expect(second == .cancelled)
    }

    @Test func `tab picks and goes on`() throws {
        var form = form()
        try press(&form, "down", "down", "tab")
        #expect(form.values["plan"] == "pro")
        #expect(form.focusedField?.id == "name")
    }

    @Test func `arrows step without opening, and stop at the ends`() throws {
        var form = form(chosen: ["pro"])
        try press(&form, "right", "right")
        #expect(form.values["plan"] == "enterprise")
        try press(&form, "left", "left", "left")
        #expect(form.values["plan"] == "free")
    }

    @Test func `several are picked one by one and pasted`() throws {
        var form = form(.init(isMultiple: true))
        try press(&form, "down", "space", "down", "enter")
        #expect(form.values["plan"] == "free pro")
        try press(&form, "space", "esc")
        #expect(form.values["plan"] == "free")
        let isTaken = form.paste("pro,\nnobody knows")
        #expect(isTaken)
        #expect(form.values["plan"] == "free pro nobody knows")
    }

    @Test func `words that fit nothing are a value where that is allowed`() throws {
        var words = form(.init(takesWords: true))
        try press(&words, "x", "@", "y", "enter")
        #expect(words.values["plan"] == "x@y")
        // Letters that only occur in order must not pick somebody else.
        var near = form(.init(takesWords: true))
        try press(&near, "e", "r", "e", "enter")
        #expect(near.values["plan"] == "ere")
        var strict = form()
        try press(&strict, "x", "@", "y", "enter")
        #expect(strict.values["plan"] == "")
    }

    @Test func `other choices keep what was picked`() throws {
        var form = form(chosen: ["pro"])
        form.offer([.init("other")], isWhole: true, to: "plan")
        #expect(form.values["plan"] == "pro")
        var frame = Frame(size: Size(columns: 40, rows: 6))
        form.draw(into: &frame, in: frame.bounds, styles: .monochrome)
        #expect(FrameText(frame).lines[0].contains("pro"))
    }

    @Test func `the list is drawn below, or above where there is no room`() throws {
        var form = form()
        try press(&form, "down")
        var frame = Frame(size: Size(columns: 30, rows: 8))
        form.draw(into: &frame, in: frame.bounds, styles: .monochrome)
        #expect(FrameText(frame).lines[1].contains("free"))
        var low = Frame(size: Size(columns: 30, rows: 8))
        let bottom = Rect(x: 0, y: 7, width: 30, height: 1)
        form.draw(into: &low, in: bottom, styles: .monochrome)
        #expect(FrameText(low).lines[4].contains("free"))
    }

    @Test func `remarks reach only fields that were touched`() throws {
        var form = form()
        form.remark(["name": "must be given"])
        #expect(form.fields[1].error == nil)
        try press(&form, "tab", "x")
        form.remark(["name": "is too short"])
        #expect(form.fields[1].error == "is too short")
        form.remark([:])
        #expect(form.fields[1].error == nil)
    }

    @Test func `delete at the end of a line joins the next`() throws {
        var area = TextArea("ab\ncd")
        _ = area.handle(KeyEvent(.up))
        _ = area.handle(KeyEvent(.end))
        _ = area.handle(KeyEvent(.delete))
        #expect(area.text == "abcd")
    }
}
