import Domain
import Terminal
import Testing

@testable import Console

/// Taking the last change back: it is the last one, one's own, and gone only when it has worked.
struct UndoFlowTests {
    /// Ada on the tenants, who has just suspended Acme.
    private func suspended() throws -> Operator {
        var ada = try Operator()
        try ada.signIn()
        ada.elevate()
        try ada.press("T")
        ada.answerAll()
        try ada.press("S")
        ada.type("acme")
        try ada.press("tab")
        ada.type("unpaid")
        try ada.press("ctrl-s")
        ada.answerAll()
        return ada
    }

    private static let refused = DomainError(.conflict, .invalidTransition, "It is active already.")

    @Test func `an undo that fails can be tried again`() throws {
        var ada = try suspended()
        try ada.press("U", "y")
        #expect(try ada.press("U").isEmpty)
        #expect(ada.console.overlay == nil)
        #expect(ada.toasts.contains("The change is being taken back already."))
        try ada.answer(.failure(Self.refused))
        #expect(ada.console.notices.undo != nil)
        #expect(!loads(try ada.press("U", "y")).isEmpty)
    }

    @Test func `no leaves the change, and the undo with it`() throws {
        var ada = try suspended()
        #expect(loads(try ada.press("U", "n")).isEmpty)
        #expect(ada.console.overlay == nil)
        #expect(ada.console.notices.undo != nil)
    }

    @Test func `a later change without an undo leaves no older one behind U`() throws {
        var ada = try suspended()
        ada.run(":sessions")
        ada.answerAll()
        try ada.press("j", "d", "y")
        #expect(ada.console.notices.undo != nil)
        ada.answerAll()
        #expect(ada.console.notices.undo == nil)
        #expect(!ada.toasts.contains { $0.contains("undoes it") })
    }

    @Test func `a support session is no change that an undo would have to yield to`() throws {
        var ada = try suspended()
        try ada.enterAcme()
        #expect(ada.console.standing.support != nil)
        #expect(ada.console.notices.undo != nil)
    }

    @Test func `an undo waits for the right to write, and is not lost over it`() throws {
        var ada = try suspended()
        ada.console.standing.elevation = nil
        #expect(loads(try ada.press("U", "y")).isEmpty)
        guard case .form(let form)? = ada.console.overlay, form.intent == .elevation else {
            Issue.record("writing is not asked for")
            return
        }
        #expect(ada.console.parked != nil)
    }

    @Test func `another person inherits neither an undo nor an export`() throws {
        var ada = try suspended()
        try ada.press("x", "ctrl-s")
        try ada.answer(.success(.file("/t.csv")))
        let ended = DomainError(.unauthenticated, .sessionRevoked, "The session has ended.")
        let effects = try ada.answer(.failure(ended))
        #expect(loads(effects) == [.file(.discard("/t.csv"))])
        ada.open = []
        ada.type("omar@acme.example")
        try ada.press("tab")
        ada.type("x")
        try ada.press("enter")
        try ada.answer(.success(.identity(World.identity(.superAdmin, World.omar))))
        #expect(ada.console.notices.undo == nil)
        #expect(ada.console.notices.export == nil)
        ada.answerAll()
        try ada.press("U")
        #expect(ada.toasts.contains("There is nothing to undo."))
    }

    @Test func `what could not be taken back of several stays behind U`() throws {
        var ada = try PlanTests.on(.artifacts)
        try ada.press("space", "space", "d")
        ada.type("acme")
        try ada.press("tab")
        ada.type("twice there")
        try ada.press("ctrl-s")
        ada.answerAll()
        try ada.press("U", "y")
        let index = try #require(ada.open.firstIndex { $0.request.writes })
        let id = ada.open.remove(at: index).id
        ada.send(.answered(id, .failure(Self.refused)))
        ada.answerAll()
        #expect(ada.console.notices.undo?.label == "Take back 1 change")
    }
}
