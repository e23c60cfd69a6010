import Domain
import Terminal
import Testing

@testable import Console

/// Forms: what is wrong is said while typing, nothing typed is lost, values are picked.
struct FormFlowTests {
    private func provisioning() throws -> Operator {
        var ada = try PlanTests.on(.tenants)
        try ada.press("n")
        return ada
    }

    private func form(_ operator: Operator) throws -> FormOverlay {
        guard case .form(let form)? = `operator`.console.overlay else { throw Missing() }
        return form
    }

    private struct Missing: Error {}

    private func error(_ id: String, _ operator: Operator) throws -> String? {
        try form(`operator`).form.fields.first { $0.id == id }?.error?.string
    }

    @Test func `a wrong value is named while it is typed, and not before`() throws {
        var ada = try provisioning()
        try ada.press("tab")
        #expect(try error("slug", ada) == nil)
        ada.type("Acme Charity")
        let sentence = try #require(try error("slug", ada))
        #expect(ada.lines.contains { $0.contains(sentence.prefix(30)) })
        // Nothing was typed there: nothing is said there.
        #expect(try error("owner_email", ada) == nil)
        try ada.press("ctrl-u")
        ada.type("acme-charity")
        #expect(try error("slug", ada) == nil)
    }

    @Test func `a sentence of the server stays until its field changes`() throws {
        var ada = try provisioning()
        ada.type("Acme")
        try ada.press("tab")
        ada.type("acme")
        try ada.press("tab", "tab")
        ada.type("ada@example.org")
        try ada.press("ctrl-s")
        try ada.answer(
            .failure(
                DomainError(.invalid([FieldProblem("slug", "is taken")]), .slugTaken, "Taken.")
            )
        )
        try ada.press("tab", "tab")
        ada.type("x")
        #expect(try error("slug", ada) == "is taken")
        try ada.press("shift-tab", "shift-tab")
        ada.type("2")
        #expect(try error("slug", ada) == nil)
    }

    @Test func `two fields that do not fit together are told, and heal together`() throws {
        var ada = try PlanTests.on(.tenants)
        try ada.press("u", "tab")
        ada.type("50")
        try ada.press("tab")
        ada.type("80")
        #expect(try error("soft", ada) == "must not be above the hard limit")
        try ada.press("shift-tab")
        ada.type("0")
        #expect(try error("soft", ada) == nil)
    }

    @Test func `esc asks before it throws away what was typed`() throws {
        var ada = try provisioning()
        ada.type("Acme")
        try ada.press("esc")
        #expect(ada.lines.contains { $0.contains("Throw away what you typed?") })
        ada.type("x")
        #expect(try form(ada).form.values["name"] == "Acme")
        try ada.press("n")
        ada.type("!")
        #expect(try form(ada).form.values["name"] == "Acme!")
        try ada.press("esc", "y")
        #expect(ada.console.overlay == nil)
    }

    @Test func `a form that nobody changed closes at once`() throws {
        var ada = try provisioning()
        ada.type("A")
        try ada.press("backspace", "esc")
        #expect(ada.console.overlay == nil)
    }

    @Test func `F1 tells more about the field, and the plan comes back`() throws {
        var ada = try PlanTests.on(.keys)
        try ada.press("n", "tab", "f1")
        #expect(ada.lines.contains { $0.contains("Scopes: What the key may do at most") })
        #expect(!ada.lines.contains { $0.contains("Makes 1 key that acts for you") })
        try ada.press("f1")
        #expect(ada.lines.contains { $0.contains("Makes 1 key that acts for you") })
    }

    @Test func `pasted lines are one line in a field, and are checked`() throws {
        var ada = try provisioning()
        ada.send(.pasted("Acme\nCharity\r\nTrust"))
        #expect(try form(ada).form.values["name"] == "Acme Charity Trust")
        try ada.press("tab")
        ada.send(.pasted("NOT a slug"))
        #expect(try error("slug", ada) != nil)
    }

    @Test func `what is pasted outside of a field does nothing but say so`() throws {
        var ada = try PlanTests.on(.tenants)
        let before = ada.console.trail
        #expect(ada.send(.pasted("SDq\u{1B}")) == [])
        #expect(ada.console.trail == before)
        #expect(ada.toasts == ["Pasted text was ignored: no field has the focus."])
    }

    @Test func `a plan is picked by searching`() throws {
        var ada = try PlanTests.on(.tenants)
        try ada.press("p")
        ada.type("ent")
        #expect(ada.lines.contains { $0.contains("enterprise") })
        try ada.press("enter", "ctrl-s")
        guard case .platform(.changePlan(_, let plan), _)? = ada.open.first?.request else {
            Issue.record("nothing was asked for")
            return
        }
        #expect(plan == .enterprise)
        ada.answerAll()
        #expect(ada.console.notices.undo != nil)
    }

    @Test func `esc closes an open list and not the form`() throws {
        var ada = try PlanTests.on(.tenants)
        try ada.press("p", "ctrl-space")
        #expect(try form(ada).form.focusedField?.isOpen == true)
        try ada.press("esc")
        #expect(try form(ada).form.focusedField?.isOpen == false)
    }

    @Test func `members are asked for when the list opens, and searched for while typing`() throws {
        var ada = try PlanTests.on(.holds)
        let opening = try ada.press("n", "down")
        guard case .tenant(.members(.list(let all, _)), _)? = loads(opening).first else {
            Issue.record("nothing was asked for")
            return
        }
        #expect(all.search == nil)
        let (id, _) = try #require(ada.open.first)
        ada.open.removeFirst()
        let part = Page(
            items: [World.members[0]],
            next: PagePosition(["x"]),
            hasPrevious: false
        )
        ada.send(.answered(id, .success(.members(part))))
        #expect(ada.lines.contains { $0.contains("Omar Khayyam") })
        // There are more than came: what is typed is asked for.
        let search = try ada.press("m")
        guard case .tenant(.members(.list(let some, _)), _)? = loads(search).first else {
            Issue.record("nothing was searched for")
            return
        }
        #expect(some.search == "m")
        ada.answerAll()
        ada.type("aker")
        try ada.press("enter")
        #expect(try form(ada).form.values["member"] == World.id(5, of: User.self).description)
    }

    @Test func `a list that knows all its values asks for no more`() throws {
        var ada = try PlanTests.on(.holds)
        try ada.press("n", "down")
        ada.answerAll()
        #expect(loads(try ada.press("m")).isEmpty)
    }

    @Test(
        arguments: [
            (["down", "down", "enter"], "from:2026-03-02 to:2026-03-03"),
            (["t", "h", "i", "s", "space", "m", "enter"], "from:2026-03-01 to:2026-03-03"),
            (["l", "a", "s", "t", "space", "m", "enter"], "from:2026-02-01 to:2026-03-01"),
        ]
    )
    func `a period is picked and becomes words of the filter`(
        keys: [String],
        words: String
    ) throws {
        var ada = try PlanTests.on(.artifacts)
        ada.run("/tag:guide from:2020-01-01")
        ada.answerAll()
        try ada.press("ctrl-t")
        for key in keys { try ada.press(key) }
        try ada.press("ctrl-s")
        #expect(try ada.screen(ArtifactsScreen.self).filterText == "tag:guide \(words)")
    }

    @Test func `a period that is none is said at its field`() throws {
        var ada = try PlanTests.on(.audit)
        try ada.press("ctrl-t")
        ada.type("2026-02-30")
        try ada.press("enter")
        #expect(ada.lines.contains { $0.contains("must be a day, or two as in") })
        try ada.press("backspace")
        ada.type("2026-02-01..2026-02-03")
        try ada.press("enter", "ctrl-s")
        let text = try ada.screen(AuditScreen.self).filterText
        #expect(text == "since:2026-02-01 until:2026-02-04")
    }

    @Test func `scopes are picked one by one`() throws {
        var ada = try PlanTests.on(.keys)
        try ada.press("n", "tab", "down")
        ada.type("audit.read")
        try ada.press("enter", "esc")
        #expect(try form(ada).form.values["scopes"] == "artifact.read audit.read")
        try ada.press("down")
        ada.type("artifact.read")
        try ada.press("space", "esc")
        #expect(try form(ada).form.values["scopes"] == "audit.read")
    }
}
