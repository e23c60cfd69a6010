import Domain
import Terminal
import Testing

@testable import Console

/// The screen of one's own sessions.
struct OwnSessionTests {
    private func onSessions() throws -> Operator {
        var ada = try Operator()
        try ada.signIn()
        ada.run(":sessions")
        ada.answerAll()
        return ada
    }

    @Test func `the list is asked for, and marks this console's session`() throws {
        var ada = try Operator()
        try ada.signIn()
        ada.run(":sessions")
        #expect(ada.kind == .sessions)
        guard case .platform(.sessions(let page), _)? = ada.open.first?.request else {
            Issue.record("the sessions were not asked for")
            return
        }
        #expect(page.after == nil)
        ada.answerAll()
        let marked = ada.lines.filter { $0.contains("this console: ghostworks/0.1.0") }
        #expect(marked.count == 1)
    }

    @Test func `another session is ended after a question, in a console that only reads`() throws {
        var ada = try onSessions()
        #expect(ada.console.standing.elevation == nil)
        #expect(try ada.press("j", "d") == [])
        #expect(ada.lines.contains { $0.contains("Ends 1 session at once.") })
        let effects = try ada.press("y")
        guard case .platform(let request, let caller)? = loads(effects).first else {
            Issue.record("nothing was asked for")
            return
        }
        #expect(request == .endSession(World.sessions[1].id))
        #expect(caller.session == World.sessions[0].id)
        try ada.answer(.success(.done))
        #expect(ada.toasts.contains { $0.hasPrefix("Ended the session of Mozilla/5.0") })
        #expect(try ada.screen(SessionsScreen.self).list.items[World.sessions[1].id] == nil)
    }

    @Test func `the console's own session is left to signing out`() throws {
        var ada = try onSessions()
        #expect(loads(try ada.press("d")).isEmpty)
        #expect(ada.console.overlay == nil)
        #expect(ada.toasts == ["This is the console's own session; :signout ends it."])
    }

    @Test func `all others are ended at once, and the list is loaded again`() throws {
        var ada = try onSessions()
        try ada.press("D")
        let effects = try ada.press("y")
        guard case .platform(.endOtherSessions, _)? = loads(effects).first else {
            Issue.record("nothing was asked for")
            return
        }
        let follows = try ada.answer(.success(.ended(2)))
        #expect(ada.toasts.contains("Ended 2 other sessions."))
        guard case .platform(.sessions, _)? = loads(follows).first else {
            Issue.record("the list was not loaded again")
            return
        }
    }

    @Test func `a session that ended meanwhile is told in the question`() throws {
        var ada = try onSessions()
        try ada.press("j", "d", "y")
        try ada.answer(.failure(DomainError(.notFound, .notFound, "There is no such session.")))
        #expect(ada.lines.contains { $0.contains("✗ There is no such session.") })
    }
}
