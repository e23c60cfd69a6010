import Domain
import Terminal
import Testing

@testable import Console

/// Requests: who gets an answer, what happens to stale ones, and what a lost connection does.
struct RequestFlowTests {
    private func onTenants() throws -> Operator {
        var ada = try Operator()
        try ada.signIn()
        try ada.press("T")
        ada.answerAll()
        return ada
    }

    @Test func `a key changes exactly the selection`() throws {
        var ada = try onTenants()
        let before = ada.console
        let effects = try ada.press("j")
        #expect(effects == [])
        var expected = before
        _ = expected.trail.edit(TenantsScreen.self) { $0.list.table.move(.down, visible: 33) }
        #expect(ada.console == expected)
    }

    @Test func `an answer that nobody waits for changes nothing`() throws {
        var ada = try onTenants()
        try ada.press("r")
        let stale = try #require(ada.open.first?.id)
        let effects = try ada.press("r")
        #expect(effects.first == .cancel(stale))
        let before = ada.console
        ada.send(.answered(stale, .success(.tenants(World.page([])))))
        #expect(ada.console == before)
    }

    @Test func `leaving a screen cancels what it was loading`() throws {
        var ada = try onTenants()
        try ada.press("r")
        let id = try #require(ada.open.first?.id)
        let effects = try ada.press("-")
        #expect(effects.contains(.cancel(id)))
    }

    @Test func `esc cancels a slow load, says how long it took, and stays`() throws {
        var ada = try onTenants()
        try ada.press("r")
        let id = try #require(ada.open.first?.id)
        ada.now = ada.now.advanced(by: .milliseconds(1_200))
        #expect(try ada.press("esc") == [.cancel(id)])
        #expect(ada.kind == .tenants)
        #expect(ada.toasts.contains("Cancelled after 1.2 s."))
    }

    @Test func `esc goes back and never out of the console`() throws {
        var ada = try onTenants()
        try ada.press("esc")
        ada.answerAll()
        #expect(ada.kind == .overview)
        let effects = try ada.press("esc")
        #expect(!effects.contains(.quit))
        #expect(ada.kind == .overview)
    }

    @Test func `brackets walk the history and minus goes to the last screen`() throws {
        var ada = try onTenants()
        try ada.press("[")
        #expect(ada.kind == .overview)
        try ada.press("]")
        #expect(ada.kind == .tenants)
        try ada.press("-")
        #expect(ada.kind == .overview)
        try ada.press("-")
        #expect(ada.kind == .tenants)
    }

    @Test func `a lost connection keeps the screen, asks again and resumes`() throws {
        var ada = try onTenants()
        try ada.press("r")
        try ada.answer(.failure(DomainError(.unavailable, .unavailable, "Gone.")))
        #expect(!(try ada.screen(TenantsScreen.self).list.table.rows.isEmpty))
        #expect(ada.console.wake(after: ada.now) == ada.now.advanced(by: .seconds(1)))
        #expect(loads(ada.send(.woke, after: .seconds(1))) == [.access(.probe)])
        try ada.answer(.failure(DomainError(.unavailable, .unavailable, "Gone.")))
        #expect(ada.console.wake(after: ada.now) == ada.now.advanced(by: .seconds(2)))
        #expect(loads(ada.send(.woke, after: .seconds(2))) == [.access(.probe)])
        let resumed = try ada.answer(.success(.done))
        #expect(loads(resumed).count == 1)
        #expect(ada.console.standing.connection == .live)
        #expect(ada.toasts.contains("Connected again after 3.0 s."))
    }

    @Test func `a form says that the database is gone until it is there again`() throws {
        var ada = try onTenants()
        ada.elevate()
        try ada.press("n")
        ada.type("New")
        try ada.press("tab")
        ada.type("new-tenant")
        try ada.press("tab", "tab")
        ada.type("a@b.example")
        try ada.press("ctrl-s")
        try ada.answer(.failure(DomainError(.unavailable, .unavailable, "It is gone.")))
        #expect(ada.lines.contains { $0.contains("It is gone.") })
        ada.send(.connectionRestored)
        #expect(!ada.lines.contains { $0.contains("It is gone.") })
        #expect(ada.lines.contains { $0.contains("new-tenant") })
    }

    @Test func `an idle console wants to be woken by nothing`() throws {
        var ada = try onTenants()
        ada.clearToasts()
        #expect(ada.console.wake(after: ada.now) == nil)
    }

    @Test func `a countdown wakes once a second, a slow request after 150 milliseconds`() throws {
        var ada = try onTenants()
        ada.elevate()
        #expect(ada.console.wake(after: ada.now) == ada.now.advanced(by: .seconds(1)))
        try ada.press("r")
        #expect(ada.console.wake(after: ada.now) == ada.now.advanced(by: .milliseconds(150)))
    }

    @Test func `an internal error names the request`() throws {
        var ada = try onTenants()
        ada.run(":tenant nobody")
        let number = try #require(ada.open.first?.id.number)
        try ada.answer(.failure(DomainError(.internal, .internalError, "Something went wrong.")))
        #expect(ada.toasts == ["Something went wrong. (console-test-\(number))"])
    }

    @Test func `pasted text without a field is refused with a hint`() throws {
        var ada = try onTenants()
        let before = ada.kind
        #expect(ada.send(.pasted("q\nS\n")) == [])
        #expect(ada.kind == before)
        #expect(ada.toasts == ["Pasted text was ignored: no field has the focus."])
    }

    @Test func `what is remembered is a value that survives its own encoding`() throws {
        var ada = try onTenants()
        let effects = try ada.press("s")
        let memory = try #require(
            effects.compactMap { effect -> Memory? in
                if case .remember(let memory) = effect { return memory }
                return nil
            }.last
        )
        #expect(memory.orders == ["tenants": "name"])
        #expect(memory.screen == "tenants")
        let data = try #require(memory.encoded)
        #expect(Memory(decoding: data) == memory)
        var later = try Operator(memory: memory)
        try later.signIn()
        #expect(try later.screen(TenantsScreen.self).query.order == .name)
    }

    @Test func `a slow step is counted and not drawn`() throws {
        var ada = try onTenants()
        ada.send(.stalled(.milliseconds(20)))
        ada.send(.stalled(.milliseconds(12)))
        #expect(ada.console.notices.stalls == 2)
        #expect(ada.console.notices.longestStall == .milliseconds(20))
    }

    @Test func `a name in the author filter is looked up among the members`() throws {
        var ada = try Operator()
        try ada.signIn()
        try ada.enterAcme()
        try ada.press("3")
        ada.answerAll()
        ada.type("/author:maker tag:zakat")
        let effects = try ada.press("enter")
        guard case .tenant(.members(.list(let filter, _)), _)? = loads(effects).first else {
            Issue.record("nobody was looked up")
            return
        }
        #expect(filter.search == "maker")
        let found = try ada.answer(.success(.members(World.page([World.members[3]]))))
        guard case .tenant(.artifacts(.list(let query, _)), _)? = loads(found).first else {
            Issue.record("nothing was searched")
            return
        }
        #expect(query.author == World.members[3].user)
        #expect(query.tags == ["zakat"])
    }

    @Test func `following an actor opens the trail with that filter`() throws {
        var ada = try Operator()
        try ada.signIn()
        try ada.enterAcme()
        try ada.press("5")
        ada.answerAll()
        try ada.press("f")
        let screen = try ada.screen(AuditScreen.self)
        #expect(screen.query.filter.actor == World.omar.id)
    }
}
