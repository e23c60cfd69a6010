import Domain
import Terminal
import Testing

@testable import Console

/// Changes: the plan first, then the words, then the undo.
struct WriteFlowTests {
    private func writing() throws -> Operator {
        var ada = try Operator()
        try ada.signIn()
        ada.elevate()
        try ada.press("T")
        ada.answerAll()
        return ada
    }

    private func inAcme() throws -> Operator {
        var ada = try Operator()
        try ada.signIn()
        ada.elevate()
        try ada.enterAcme(.readWrite)
        return ada
    }

    @Test func `a read-only console refuses to suspend and says how to lift it`() throws {
        var ada = try Operator()
        try ada.signIn()
        try ada.press("T")
        ada.answerAll()
        #expect(try ada.press("S") == [])
        #expect(ada.console.overlay == nil)
        #expect(ada.toasts == ["This console is read-only; lift it with :elevate 10m REASON."])
    }

    @Test func `leaving waits for a note without a question, and asks when it takes long`() throws {
        var ada = try writing()
        ada.run(":readonly")
        #expect(try ada.press("q") == [])
        #expect(ada.console.overlay == nil)
        #expect(try ada.answer(.success(.done)).contains(.quit))

        ada = try writing()
        ada.run(":readonly")
        #expect(try ada.press("q") == [])
        #expect(try ada.press("q") == [])
        #expect(ada.lines.contains { $0.contains("Leave the console?") })
        try ada.press("esc")
        ada.send(.woke, after: .seconds(3))
        #expect(try !ada.answer(.success(.done)).contains(.quit))
    }

    @Test func `suspending needs the slug and a reason`() throws {
        var ada = try writing()
        try ada.press("S")
        #expect(try ada.press("ctrl-s") == [])
        ada.type("acme")
        #expect(try ada.press("ctrl-s") == [])
        // The focus went to what is missing.
        ada.type("unpaid")
        let effects = try ada.press("ctrl-s")
        guard case .platform(let request, let caller)? = loads(effects).first else {
            Issue.record("nothing was asked for")
            return
        }
        #expect(request == .suspend(World.tenant.id, reason: "unpaid"))
        #expect(caller.requestID.hasPrefix("console-test-"))
    }

    @Test func `a suspension is shown at once and can be undone`() throws {
        var ada = try writing()
        try ada.press("S")
        ada.type("acme")
        try ada.press("tab")
        ada.type("unpaid")
        try ada.press("ctrl-s")
        let id = try #require(ada.open.first?.id)
        var suspended = World.tenant
        suspended.status = .suspended
        ada.open.removeFirst()
        ada.send(.answered(id, .success(.tenant(suspended))))
        #expect(ada.console.overlay == nil)
        #expect(try ada.screen(TenantsScreen.self).list.selected?.status == .suspended)
        #expect(try ada.press("U").isEmpty)
        #expect(ada.lines.contains { $0.contains("Takes back 1 change: Resume Acme Charity.") })
        let undo = try ada.press("y")
        guard case .platform(let request, _)? = loads(undo).first else {
            Issue.record("nothing was undone")
            return
        }
        #expect(request == .resumeTenant(World.tenant.id, reason: "undo of the suspension"))
        ada.answerAll()
        #expect(ada.console.notices.undo == nil)
    }

    @Test func `what was undone is not offered any more`() throws {
        var ada = try Operator()
        try ada.signIn()
        ada.elevate()
        try ada.press("T")
        ada.answerAll()
        try ada.press("S")
        ada.type("acme")
        try ada.press("tab")
        ada.type("not paid")
        try ada.press("ctrl-s")
        ada.answerAll()
        #expect(ada.toasts.contains { $0.hasSuffix("U undoes it for a minute.") })
        try ada.press("U", "y")
        ada.answerAll()
        #expect(ada.toasts == ["Resume Acme Charity: done."])
    }

    @Test func `the deleted are shown without the words of a search, and with its filters`() throws
    {
        var ada = try Operator()
        try ada.signIn()
        try ada.enterAcme()
        try ada.press("3")
        ada.answerAll()
        try ada.press("/")
        ada.type("zakat guide tag:\"two words\"")
        try ada.press("enter")
        ada.answerAll()
        let effects = try ada.press("v")
        guard case .tenant(.artifacts(.list(let filter, _)), _)? = loads(effects).first else {
            Issue.record("the deleted were not asked for")
            return
        }
        #expect(filter.query == nil)
        #expect(filter.tags == ["two words"])
        #expect(filter.deleted)
        let screen = try ada.screen(ArtifactsScreen.self)
        #expect(screen.filterText == "tag:\"two words\" deleted:yes")
    }

    @Test func `words and the deleted together are refused in a sentence`() throws {
        var ada = try Operator()
        try ada.signIn()
        try ada.enterAcme()
        try ada.press("3")
        ada.answerAll()
        try ada.press("/")
        ada.type("zakat deleted:yes")
        #expect(loads(try ada.press("enter")).isEmpty)
        #expect(
            ada.lines.contains { $0.contains("Deleted artifacts cannot be searched by words.") }
        )
    }

    @Test func `the undo is gone after a minute`() throws {
        var ada = try writing()
        try ada.press("S")
        ada.type("acme")
        try ada.press("tab")
        ada.type("unpaid")
        try ada.press("ctrl-s")
        ada.answerAll()
        #expect(ada.console.notices.undo != nil)
        ada.send(.woke, after: .seconds(60))
        #expect(ada.console.notices.undo == nil)
        try ada.press("U")
        #expect(ada.toasts.contains("There is nothing to undo."))
    }

    @Test func `a taken slug is shown at its field and the form stays`() throws {
        var ada = try writing()
        try ada.press("n")
        for text in ["Acme", "acme"] {
            ada.type(text)
            try ada.press("tab")
        }
        try ada.press("tab")
        ada.type("ada@example.org")
        let first = try ada.press("ctrl-s")
        try ada.answer(
            .failure(
                DomainError(
                    .invalid([FieldProblem("slug", "is taken")]),
                    .slugTaken,
                    "The slug \"acme\" is taken."
                )
            )
        )
        guard case .form(let form)? = ada.console.overlay else {
            Issue.record("the form is gone")
            return
        }
        #expect(form.form.fields.first { $0.id == "slug" }?.error == "is taken")
        let second = try ada.press("ctrl-s")
        #expect(key(of: first) != nil)
        #expect(key(of: first) == key(of: second))
    }

    /// The idempotency key of a provisioning.
    private func key(of effects: [Effect]) -> String? {
        guard case .platform(.provision(_, let key), _)? = loads(effects).first else { return nil }
        return key
    }

    @Test func `removing a member asks for the mail address and a reason`() throws {
        var ada = try inAcme()
        try ada.press("2")
        ada.answerAll()
        try ada.press("j", "D")
        ada.type("huda@acme.example")
        try ada.press("tab")
        ada.type("left us")
        let effects = try ada.press("ctrl-s")
        guard case .tenant(.members(let request), let caller)? = loads(effects).first else {
            Issue.record("nothing was asked for")
            return
        }
        #expect(request == .remove(World.huda.id, reason: "left us"))
        #expect(caller.mode == .readWrite)
        #expect(caller.supportSession == World.support(.readWrite).id)
    }

    @Test func `an artifact with an untypeable name is deleted by the beginning of its id`() {
        #expect(World.artifacts[0].wordToType == "Zakat guide 2026")
        #expect(World.artifacts[2].wordToType == "0199f1c0")
        #expect(World.artifacts[7].wordToType == "0199f1c0")
    }

    @Test func `a deleted artifact leaves the list and U restores it`() throws {
        var ada = try inAcme()
        try ada.press("3")
        ada.answerAll()
        try ada.press("d")
        ada.type("Zakat guide 2026")
        try ada.press("tab")
        ada.type("twice there")
        try ada.press("ctrl-s")
        let id = try #require(ada.open.first?.id)
        ada.open.removeFirst()
        ada.send(.answered(id, .success(.done)))
        let list = try ada.screen(ArtifactsScreen.self).list
        #expect(list.items[World.artifacts[0].id] == nil)
        #expect(list.selected?.id == World.artifacts[1].id)
        let undo = try ada.press("U", "y")
        guard case .tenant(.artifacts(let request), _)? = loads(undo).first else {
            Issue.record("nothing was restored")
            return
        }
        #expect(request == .restore(World.artifacts[0].id))
    }

    @Test func `an edit is shown as a plan before it is saved`() throws {
        var ada = try inAcme()
        try ada.press("3")
        ada.answerAll()
        let effects = try ada.press("e")
        guard case .edit(let text)? = effects.first else {
            Issue.record("no editor was opened")
            return
        }
        let changed = text.replacing("Zakat guide 2026", with: "Zakat guide 2027")
        #expect(ada.send(.edited(.success(changed))) == [.redraw])
        #expect(ada.lines.contains { $0.contains("Changes: name.") })
        let save = try ada.press("y")
        guard case .tenant(.artifacts(.update(_, let edit, let version)), _)? = loads(save).first
        else {
            Issue.record("nothing was saved")
            return
        }
        #expect(edit.name == "Zakat guide 2027")
        #expect(version == 7)
    }

    @Test func `a text that cannot be read is kept and edited again`() throws {
        var ada = try inAcme()
        try ada.press("3")
        ada.answerAll()
        try ada.press("e")
        let broken = "---\nname: Zakat\nmetadata: {oops\n---\nText\n"
        ada.send(.edited(.success(broken)))
        #expect(ada.lines.contains { $0.contains("Line 3: metadata must be valid JSON") })
        #expect(try ada.press("y") == [.edit(broken)])
    }

    /// Behind the save of an artifact that somebody else has saved meanwhile.
    private func inConflict() throws -> (Operator, [Effect]) {
        var ada = try inAcme()
        try ada.press("3")
        ada.answerAll()
        try ada.press("e")
        ada.send(.edited(.success("---\nname: Mine\ntags: []\nmetadata: {}\n---\nMine\n")))
        try ada.press("y")
        let effects = try ada.answer(
            .failure(DomainError(.precondition, .versionConflict, "Version 8 exists."))
        )
        return (ada, effects)
    }

    @Test func `two people editing one artifact lose nothing`() throws {
        let (start, conflict) = try inConflict()
        var ada = start
        guard case .tenant(.artifacts(.find), _)? = loads(conflict).first else {
            Issue.record("the newest version was not fetched")
            return
        }
        var theirs = World.artifacts[0]
        theirs.version = 8
        theirs.name = "Theirs"
        try ada.answer(.success(.artifact(theirs)))
        guard case .edit(let text)? = try ada.press("y").first else {
            Issue.record("no editor was opened")
            return
        }
        #expect(text.contains("# name: Theirs"))
        #expect(text.contains("name: Mine"))
        ada.send(.edited(.success(text)))
        guard
            case .tenant(.artifacts(.update(_, _, let version)), _)? = loads(try ada.press("y"))
                .first
        else {
            Issue.record("nothing was saved")
            return
        }
        #expect(version == 8)
    }

    @Test func `who leaves while the other version is fetched is asked about the text`() throws {
        var ada = try inConflict().0
        try ada.press("esc")
        #expect(ada.lines.contains { $0.contains("Throw away what you wrote?") })
        #expect(!ada.lines.contains { $0.contains("may have been made") })
        try ada.press("n")
        guard case .edit(let text)? = try ada.press("y").first else {
            Issue.record("no editor was opened")
            return
        }
        #expect(text.contains("name: Mine"))
    }

    @Test func `no key reaches the console while the editor is open`() throws {
        var ada = try inAcme()
        try ada.press("3")
        ada.answerAll()
        try ada.press("e")
        let before = ada.console
        #expect(try ada.press("d", "q", "esc") == [])
        #expect(ada.console == before)
    }
}
