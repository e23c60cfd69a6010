import Domain
import Terminal
import Testing

@testable import Console

/// Managing people, roles and consents.
struct UserFlowTests {
    private func atUsers() throws -> Operator {
        var ada = try Operator()
        try ada.signIn()
        ada.elevate()
        try ada.press("P")
        ada.answerAll()
        try ada.press("j")
        return ada
    }

    @Test func `disabling asks for the address and a reason, and shows what comes of it`() throws {
        var ada = try atUsers()
        try ada.press("S")
        ada.type(World.omar.email)
        try ada.press("tab")
        let early = try ada.press("ctrl-s")
        #expect(loads(early).isEmpty)
        ada.type("left the firm")
        let effects = try ada.press("ctrl-s")
        #expect(
            people(effects) == [.disable(World.omar.id, reason: "left the firm")]
        )
        ada.answerAll()
        let told = "\(World.omar.name) is disabled now. U undoes it for a minute."
        #expect(ada.toasts.contains(told))
    }

    @Test func `why somebody cannot be disabled stands in the question`() throws {
        var ada = try atUsers()
        try ada.press("S")
        ada.type(World.omar.email)
        try ada.press("tab")
        ada.type("left the firm")
        try ada.press("ctrl-s")
        let error = DomainError(.conflict, .soleOwner, "The person is the only owner of acme.")
        try ada.answer(.failure(error))
        guard case .dialog(let dialog)? = ada.console.overlay else {
            Issue.record("the question is gone")
            return
        }
        #expect(dialog.dialog.lines.last?.string == "✗ The person is the only owner of acme.")
    }

    @Test func `a console that only reads says why people cannot be changed`() throws {
        var ada = try Operator()
        try ada.signIn()
        ada.run(":users status:disabled")
        guard case .platform(.people(.list(let filter, _)), _)? = ada.open.last?.request else {
            Issue.record("the people were not asked for")
            return
        }
        #expect(filter == AccountFilter(status: .disabled))
        ada.answerAll()
        try ada.press("S")
        #expect(ada.console.overlay == nil)
        #expect(
            ada.toasts == ["This console is read-only; lift it with :elevate 10m REASON."]
        )
    }

    @Test func `support staff see no users and no platform roles`() throws {
        var helper = try Operator()
        try helper.signIn(.support)
        try helper.press("P")
        #expect(helper.kind == .overview)
        #expect(helper.toasts == ["The role support lacks platform.users.manage."])
        helper.clearToasts()
        try helper.press("A")
        #expect(helper.kind == .visits)
    }

    @Test func `support staff see the failed sign-ins with any address`() throws {
        var helper = try Operator()
        try helper.signIn(.support)
        try helper.press(":")
        helper.type("attempts nobody@acme.example")
        let effects = try helper.press("enter")
        #expect(helper.kind == .attempts)
        let address = try EmailAddress("nobody@acme.example")
        guard case .attempts(address, _)? = people(effects).first else {
            Issue.record("the tries were not asked for")
            return
        }
        helper.answerAll()
        let lines = FrameText(helper.frame).lines
        #expect(lines.contains { $0.contains("203.0.113.0/24") && $0.contains("wrong password") })
    }

    @Test func `a grant names the person, the role, how long and why`() throws {
        var ada = try Operator()
        try ada.signIn()
        ada.elevate()
        try ada.press("O")
        ada.answerAll()
        try ada.press("n")
        ada.type("omar@acme.example")
        try ada.press("tab", "tab")
        ada.type("8")
        try ada.press("tab")
        ada.type("on call")
        let effects = try ada.press("ctrl-s")
        let wanted = try NewPlatformGrant(
            role: .support,
            expiresAt: ada.now.advanced(by: .seconds(8 * 3_600)),
            reason: "on call",
            now: ada.now
        )
        #expect(people(effects) == [.grant(wanted, to: "omar@acme.example")])
    }

    /// A form that makes Omar a super-admin, filled in and confirmed.
    private func askedForSuperAdmin() throws -> Operator {
        var ada = try Operator()
        try ada.signIn()
        ada.elevate()
        try ada.press("O")
        ada.answerAll()
        try ada.press("n")
        ada.type("omar@acme.example")
        try ada.press("tab", "left", "tab", "tab")
        ada.type("on call")
        #expect(loads(try ada.press("ctrl-s")).isEmpty)
        return ada
    }

    @Test func `a super-admin is made with the typed address only`() throws {
        var ada = try askedForSuperAdmin()
        guard case .dialog(let dialog)? = ada.console.overlay else {
            Issue.record("nothing is asked")
            return
        }
        #expect(dialog.dialog.demand.word == "omar@acme.example")
        ada.type("yes")
        #expect(loads(try ada.press("ctrl-s")).isEmpty)
        try ada.press("ctrl-u")
        ada.type("omar@acme.example")
        let effects = try ada.press("ctrl-s")
        let wanted = try NewPlatformGrant(
            role: .superAdmin,
            expiresAt: nil,
            reason: "on call",
            now: ada.now
        )
        #expect(people(effects) == [.grant(wanted, to: "omar@acme.example")])
        ada.answerAll()
        #expect(ada.console.overlay == nil)
    }

    @Test func `backing out of making a super-admin leads to the form`() throws {
        var ada = try askedForSuperAdmin()
        try ada.press("esc")
        guard case .form(let form)? = ada.console.overlay else {
            Issue.record("the form is gone")
            return
        }
        #expect(form.form.values["user"] == "omar@acme.example")
        #expect(form.form.values["reason"] == "on call")
    }

    @Test func `a refused super-admin is told in the form`() throws {
        var ada = try askedForSuperAdmin()
        ada.type("omar@acme.example")
        try ada.press("ctrl-s")
        try ada.answer(.failure(.notFound("person", "omar@acme.example")))
        guard case .form(let form)? = ada.console.overlay else {
            Issue.record("the form is gone")
            return
        }
        #expect(form.form.error?.string.contains("omar@acme.example") == true)
    }

    @Test(arguments: [
        ("nonsense", "", "why it is", "user"), ("a@b.example", "0", "why it is", "hours"),
        ("a@b.example", "x", "why it is", "hours"), ("a@b.example", "8", "", "reason"),
    ])
    func `a grant with what cannot be stays in the form`(
        mail: String,
        hours: String,
        reason: String,
        field: String
    ) throws {
        var ada = try Operator()
        try ada.signIn()
        ada.elevate()
        try ada.press("O")
        ada.answerAll()
        try ada.press("n")
        ada.type(mail)
        try ada.press("tab", "tab")
        ada.type(hours)
        try ada.press("tab")
        ada.type(reason)
        let effects = try ada.press("ctrl-s")
        #expect(loads(effects).isEmpty)
        guard case .form(let form)? = ada.console.overlay else {
            Issue.record("the form is gone")
            return
        }
        #expect(form.form.fields.filter { $0.error != nil }.map(\.id) == [field])
    }

    @Test func `one ends one's own running support session and no other`() throws {
        var ada = try Operator()
        try ada.signIn()
        try ada.press("A")
        ada.answerAll()
        try ada.press("D")
        let effects = try ada.press("y")
        #expect(
            loads(effects).contains {
                if case .platform(.endSupport(World.stays[0].id), _) = $0 { true } else { false }
            }
        )
        ada.answerAll()
        try ada.press("j", "D")
        #expect(ada.console.overlay == nil)
        #expect(ada.toasts.contains("No running session of yours is selected."))
    }

    @Test func `countdowns of the list go on by themselves`() throws {
        var ada = try Operator()
        try ada.signIn()
        try ada.press("A")
        ada.answerAll()
        let screen = try #require(ada.console.trail.current?.content as? VisitsScreen)
        #expect(screen.wake == ada.now.advanced(by: .seconds(1)))
        ada.send(.woke, after: .seconds(1))
        let next = try #require(ada.console.trail.current?.content as? VisitsScreen)
        #expect(next.list.table.rows[0] != screen.list.table.rows[0])
    }

    private func people(_ effects: [Effect]) -> [PeopleRequest] {
        loads(effects).compactMap {
            if case .platform(.people(let request), _) = $0 { request } else { nil }
        }
    }
}

/// The end of a time: announced, and nothing typed is lost.
struct CountdownTests {
    private func inAcme(_ mode: AccessMode) throws -> Operator {
        var ada = try Operator()
        try ada.signIn()
        try ada.enterAcme(mode)
        ada.clearToasts()
        return ada
    }

    @Test func `the end of a support session is announced once`() throws {
        var ada = try inAcme(.readOnly)
        ada.send(.woke, after: .seconds(12 * 60 + 59))
        #expect(ada.toasts.isEmpty)
        ada.send(.woke, after: .seconds(1))
        #expect(
            ada.toasts == [
                "The support session in acme ends in 2:00; o on the tenant opens another one."
            ]
        )
        ada.clearToasts()
        ada.send(.woke, after: .seconds(1))
        #expect(ada.toasts.isEmpty)
    }

    @Test func `the end of writing is announced once`() throws {
        var ada = try Operator()
        try ada.signIn()
        ada.elevate()
        ada.send(.woke, after: .seconds(8 * 60))
        #expect(ada.toasts == ["Writing ends in 2:00; :elevate 10m REASON goes on."])
    }

    @Test func `a form outlives the support session it was typed in`() throws {
        var ada = try inAcme(.readWrite)
        ada.elevate()
        try ada.press("2")
        ada.answerAll()
        try ada.press("a")
        ada.type("new@acme.example")
        let before = ada.console.overlay
        // Writing goes on; only the support session ends.
        ada.console.standing.elevation?.until = ada.now.advanced(by: .seconds(3_600))
        ada.send(.woke, after: .seconds(15 * 60))
        #expect(ada.console.standing.support == nil)
        #expect(ada.console.parked?.overlay == before)
        guard case .form(let form)? = ada.console.overlay, case .support = form.intent else {
            Issue.record("no new session is asked for")
            return
        }
        #expect(
            form.form.error?.string
                == "The support session has ended. What you typed is kept: open another one."
        )
        ada.type("going on with it")
        ada.answerAll()
        try ada.press("tab", "tab", "right", "ctrl-s")
        var next = World.support(.readWrite)
        next.expiresAt = ada.now.advanced(by: .seconds(900))
        try ada.answer(.success(.supportSession(next)))
        ada.answerAll()
        #expect(ada.console.overlay == before)
        #expect(ada.console.parked == nil)
        #expect(ada.kind == .members)
        let effects = try ada.press("ctrl-s")
        guard case .tenant(.members(.add(let email, _, _)), _)? = loads(effects).first else {
            Issue.record("the form is not sent")
            return
        }
        #expect(email == "new@acme.example")
    }

    @Test func `without another session what was typed is discarded with a word`() throws {
        var ada = try inAcme(.readWrite)
        ada.elevate()
        try ada.press("2")
        ada.answerAll()
        try ada.press("a")
        ada.send(.woke, after: .seconds(15 * 60))
        try ada.press("esc")
        #expect(ada.console.overlay == nil)
        #expect(ada.console.parked == nil)
        #expect(ada.toasts.contains("Discarded; nothing was changed."))
    }

    @Test func `a form outlives the time of writing`() throws {
        var ada = try Operator()
        try ada.signIn()
        ada.elevate()
        try ada.press("T")
        ada.answerAll()
        try ada.press("n")
        ada.type("New Charity")
        ada.send(.woke, after: .seconds(11 * 60))
        #expect(ada.console.standing.elevation == nil)
        try ada.press("tab")
        ada.type("new-charity")
        try ada.press("tab", "tab")
        ada.type("o@new.example")
        let before = ada.console.overlay
        #expect(loads(try ada.press("ctrl-s")).isEmpty)
        guard case .form(let form)? = ada.console.overlay, form.intent == .elevation else {
            Issue.record("the console does not ask to write")
            return
        }
        ada.type("going on with it")
        try ada.press("ctrl-s")
        ada.answerAll()
        #expect(ada.console.overlay == before)
        #expect(ada.console.standing.elevation != nil)
    }

    @Test func `giving up to write leaves the form as it was`() throws {
        var ada = try Operator()
        try ada.signIn()
        ada.elevate()
        try ada.press("T")
        ada.answerAll()
        try ada.press("N")
        ada.type(" two")
        let before = ada.console.overlay
        ada.send(.woke, after: .seconds(11 * 60))
        #expect(loads(try ada.press("ctrl-s")).isEmpty)
        try ada.press("esc")
        #expect(ada.console.overlay == before)
    }

    @Test func `a text from the editor outlives the support session`() throws {
        var ada = try inAcme(.readWrite)
        ada.elevate()
        try ada.press("3")
        ada.answerAll()
        let effects = try ada.press("e")
        guard case .edit(let text)? = effects.last else {
            Issue.record("the editor was not opened")
            return
        }
        ada.send(.woke, after: .seconds(15 * 60))
        ada.send(.edited(.success(text.replacing("name:", with: "name: More"))))
        #expect(ada.console.parked != nil)
        guard case .form(let form)? = ada.console.overlay, case .support = form.intent else {
            Issue.record("no new session is asked for")
            return
        }
    }
}
