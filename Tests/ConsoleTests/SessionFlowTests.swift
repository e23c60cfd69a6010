import Domain
import Terminal
import Testing

@testable import Console

/// Coming in, being allowed to write, entering a tenant, and leaving again.
struct SessionFlowTests {
    @Test func `a kept session is resumed without a question`() throws {
        var ada = try Operator()
        let effects = ada.send(.started)
        #expect(loads(effects) == [.access(.resume)])
        try ada.answer(.success(.identity(World.identity(.superAdmin))))
        #expect(ada.console.gate == nil)
        #expect(ada.kind == .overview)
    }

    @Test func `the screen of the platform that was shown last is where the next start begins`()
        throws
    {
        var memory = Memory()
        memory.screen = "users"
        memory.filters = ["users": "omar"]
        var ada = try Operator(memory: memory)
        _ = ada.send(.started)
        try ada.answer(.success(.identity(World.identity(.superAdmin))))
        #expect(ada.kind == .users)
        #expect(ada.console.trail.current?.content.filterText == "omar")
        var helper = try Operator(memory: memory)
        _ = helper.send(.started)
        try helper.answer(.success(.identity(World.identity(.support))))
        #expect(helper.kind == .overview)
    }

    @Test func `without a session the sign-in asks, and a wrong password keeps the address`() throws
    {
        var ada = try Operator(hasSession: false)
        #expect(ada.send(.started) == [])
        ada.type("ada@ghostworks.example")
        try ada.press("tab")
        ada.type("secret")
        let effects = try ada.press("enter")
        #expect(
            loads(effects) == [
                .access(.signIn(email: "ada@ghostworks.example", password: "secret"))
            ]
        )
        let wrong = DomainError(.unauthenticated, .invalidCredentials, "Wrong.")
        try ada.answer(.failure(wrong))
        let gate = try #require(ada.console.gate)
        #expect(gate.form.values == ["email": "ada@ghostworks.example", "password": ""])
        #expect(gate.message == "Wrong.")
    }

    @Test func `a code is asked for where the password is not enough`() throws {
        var ada = try Operator(hasSession: false)
        try ada.askedForCode()
        let empty = try ada.press("enter")
        #expect(loads(empty) == [])
        ada.type("123456")
        let first = try ada.press("enter")
        #expect(loads(first) == [.access(.verify(token: "pass", code: "123456"))])
        let wrong = DomainError(.unauthenticated, .mfaInvalid, "The code is wrong.")
        try ada.answer(.failure(wrong))
        let gate = try #require(ada.console.gate)
        #expect(gate.form.values == ["code": ""])
        #expect(gate.message == "The code is wrong.")
        ada.type("654321")
        let second = try ada.press("enter")
        #expect(loads(second) == [.access(.verify(token: "pass", code: "654321"))])
        try ada.answer(.success(.identity(World.identity(.superAdmin))))
        #expect(ada.console.gate == nil)
        #expect(ada.kind == .overview)
    }

    @Test func `whoever has no code at hand goes back to the password`() throws {
        var ada = try Operator(hasSession: false)
        try ada.askedForCode()
        ada.type("12")
        try ada.press("esc")
        let gate = try #require(ada.console.gate)
        #expect(gate.form.values == ["email": "", "password": ""])
        #expect(gate.message == nil)
    }

    @Test func `a database that is down at the start is asked again, with the session kept`() throws
    {
        var ada = try Operator()
        ada.send(.started)
        try ada.answer(.failure(DomainError(.unavailable, .unavailable, "Not there.")))
        #expect(ada.console.gate?.isResuming == true)
        let probe = ada.send(.woke, after: .seconds(1))
        #expect(loads(probe) == [.access(.probe)])
        let resume = try ada.answer(.success(.done))
        #expect(loads(resume) == [.access(.resume)])
    }

    @Test func `a session that ends during the start begins with the same command afterwards`()
        throws
    {
        var ada = try Operator(command: "tenants")
        ada.send(.started)
        try ada.answer(.success(.identity(World.identity(.superAdmin))))
        #expect(ada.kind == .overview)
        let ended = DomainError(.unauthenticated, .unauthenticated, "The session has ended.")
        let overview = try #require(ada.open.first { $0.request != .access(.resume) }?.id)
        ada.open = []
        ada.send(.answered(overview, .failure(ended)))
        #expect(ada.console.gate != nil)
        ada.type("ada@ghostworks.example")
        try ada.press("tab")
        ada.type("secret")
        try ada.press("enter")
        try ada.answer(.success(.identity(World.identity(.superAdmin))))
        ada.answerAll()
        #expect(ada.kind == .tenants)
    }

    @Test func `a member without a platform role begins at the workspaces`() throws {
        var omar = try Operator()
        try omar.signIn(nil, World.omar)
        #expect(omar.kind == .workspaces)
        try omar.press("enter")
        #expect(omar.kind == .tenant)
        guard case .tenant(.workspace, let caller)? = omar.open.first?.request else {
            Issue.record("the workspace was not asked for")
            return
        }
        #expect(caller.supportSession == nil)
        #expect(caller.mode == .readOnly)
    }

    @Test func `entering a tenant asks for a reason first`() throws {
        var ada = try Operator()
        try ada.signIn()
        ada.run(":audit acme outcome:denied")
        ada.answerAll()
        #expect(ada.kind == .overview)
        let refused = try ada.press("ctrl-s")
        #expect(refused == [])
        ada.type("ticket 4711")
        let effects = try ada.press("ctrl-s")
        let wish = try SupportRequest(
            reason: "ticket 4711",
            ticket: nil,
            mode: .readOnly,
            minutes: 15
        )
        guard case .platform(let request, _)? = loads(effects).first else {
            Issue.record("no session was opened")
            return
        }
        #expect(request == .openSupport(World.tenant.id, wish))
        ada.answerAll()
        #expect(ada.kind == .audit)
        let screen = try ada.screen(AuditScreen.self)
        #expect(screen.query.filter.outcome == .denied)
    }

    @Test func `a support session that ends takes the tenant's screens with it`() throws {
        var ada = try Operator()
        try ada.signIn()
        try ada.enterAcme()
        try ada.press("3")
        ada.answerAll()
        #expect(ada.console.trail.visits.contains { $0.content.tenant != nil })
        ada.send(.woke, after: .seconds(15 * 60))
        #expect(ada.console.standing.support == nil)
        #expect(!ada.console.trail.visits.contains { $0.content.tenant != nil })
        #expect(ada.console.standing.people[World.tenant.id] == nil)
        #expect(ada.toasts.contains("The support session in acme has ended."))
    }

    @Test func `without a support session a tenant's data is never asked for`() throws {
        var ada = try Operator()
        try ada.signIn()
        try ada.press("T")
        ada.answerAll()
        let effects = try ada.press("i")
        #expect(
            loads(effects).allSatisfy { request in
                if case .platform = request { return true }
                return false
            }
        )
        try ada.press("3")
        #expect(ada.kind == .tenant)
        #expect(ada.toasts.contains("Open a support session first (o)."))
    }

    @Test func `elevation is recorded, shown, and ends by itself`() throws {
        var ada = try Operator()
        try ada.signIn()
        ada.run(":elevate 10m fix the quota")
        guard case .platform(let request, _)? = ada.open.first?.request else {
            Issue.record("nothing was recorded")
            return
        }
        #expect(request == .elevate(reason: "fix the quota", minutes: 10))
        #expect(ada.console.standing.elevation == nil)
        ada.answerAll()
        #expect(ada.console.standing.elevation != nil)
        ada.send(.woke, after: .seconds(599))
        #expect(ada.console.standing.elevation != nil)
        ada.send(.woke, after: .seconds(1))
        #expect(ada.console.standing.elevation == nil)
    }

    @Test func `a read-only support session refuses writes even in a console that may write`()
        throws
    {
        var ada = try Operator()
        try ada.signIn()
        try ada.enterAcme(.readOnly)
        ada.elevate()
        try ada.press("3")
        ada.answerAll()
        let effects = try ada.press("d")
        #expect(effects == [])
        #expect(
            ada.toasts == ["This support session is read-only; open one that may write (o)."]
        )
        let caller = ada.console.tenantCaller(in: World.place)
        #expect(caller?.mode == .readOnly)
    }

    @Test func `a revoked session asks to sign in again and keeps the screen`() throws {
        var ada = try Operator()
        try ada.signIn()
        try ada.press("T")
        ada.answerAll()
        try ada.press("r")
        try ada.answer(
            .failure(DomainError(.unauthenticated, .sessionRevoked, "The session has ended."))
        )
        #expect(ada.console.gate?.message == "The session has ended.")
        ada.type("ada@ghostworks.example")
        try ada.press("tab")
        ada.type("x")
        try ada.press("enter")
        ada.answerAll()
        #expect(ada.kind == .tenants)
    }

    @Test func `another person who signs in sees nothing of the one before`() throws {
        var ada = try Operator()
        try ada.signIn()
        try ada.enterAcme()
        ada.run(":signout")
        ada.answerAll()
        #expect(ada.console.trail.visits.isEmpty)
        #expect(ada.console.standing == Standing())
    }

    @Test func `q leaves at once, and asks while a change is on its way`() throws {
        var ada = try Operator()
        try ada.signIn()
        #expect(try ada.press("q") == [.quit])
        ada.run(":elevate 10m why not")
        #expect(try ada.press("q") == [])
        #expect(try ada.press("y") == [.quit])
    }
}
