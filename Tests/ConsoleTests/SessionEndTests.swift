import Domain
import Synchronization
import Terminal
import Testing

@testable import Console

/// A session that ends while something is under way.
struct SessionEndTests {
    private static let ended = DomainError(
        .unauthenticated,
        .sessionRevoked,
        "The session has ended."
    )

    /// Lets a background refresh learn that the session has ended.
    private func end(_ ada: inout Operator) throws {
        let watch = try #require(ada.console.watch)
        ada.send(.fed(watch), after: .seconds(2))
        let index = try #require(ada.open.lastIndex { !$0.request.writes })
        let id = ada.open.remove(at: index).id
        ada.send(.answered(id, .failure(Self.ended)))
        #expect(ada.console.gate != nil)
    }

    private func signInAgain(_ ada: inout Operator) throws {
        ada.type("ada@ghostworks.example")
        try ada.press("tab")
        ada.type("x")
        try ada.press("enter")
        let index = try #require(
            ada.open.firstIndex { if case .access = $0.request { true } else { false } }
        )
        let id = ada.open.remove(at: index).id
        ada.send(.answered(id, .success(.identity(World.identity(.superAdmin)))))
    }

    @Test func `several changes keep what came of them`() throws {
        var ada = try PlanTests.on(.artifacts)
        try ada.press("space", "space", "space", "d")
        ada.type("acme")
        try ada.press("tab")
        ada.type("twice there")
        try ada.press("ctrl-s")
        let first = try #require(ada.open.firstIndex { $0.request.writes })
        let done = ada.open.remove(at: first).id
        ada.send(.answered(done, .success(.done)))
        try end(&ada)
        // The one on its way is not given up, and nothing follows it.
        let second = try #require(ada.open.firstIndex { $0.request.writes })
        let id = ada.open.remove(at: second).id
        #expect(loads(ada.send(.answered(id, .success(.done)))).isEmpty)
        try signInAgain(&ada)
        #expect(ada.lines.contains { $0.contains("2 done, 1 not tried") })
    }

    @Test func `a secret that is shown once is there again after the sign-in`() throws {
        var ada = try PlanTests.on(.keys)
        ada.console.overlay = .dialog(.issued(World.issuedKey))
        try end(&ada)
        #expect(!ada.lines.contains { $0.contains("gwk_live_") })
        try signInAgain(&ada)
        #expect(ada.lines.contains { $0.contains("gwk_live_") })
    }

    @Test func `a change on its way is heard of, whatever a refresh says`() throws {
        var ada = try PlanTests.on(.tenants)
        try ada.press("S")
        ada.type("acme")
        try ada.press("tab")
        ada.type("unpaid")
        try ada.press("ctrl-s")
        try end(&ada)
        let index = try #require(ada.open.firstIndex { $0.request.writes })
        let id = ada.open.remove(at: index).id
        ada.send(.answered(id, .success(.tenant(World.tenant))))
        try signInAgain(&ada)
        #expect(ada.toasts.contains { $0.hasPrefix("Suspended Acme Charity.") })
    }

    @Test func `the file of an export goes away`() throws {
        var ada = try PlanTests.on(.tenants)
        try ada.press("x", "ctrl-s")
        try ada.answer(.success(.file("/t.csv")))
        ada.console.requests = RequestLedger()
        ada.open = []
        let watch = try #require(ada.console.watch)
        let refresh = ada.send(.fed(watch), after: .seconds(2))
        let id = try #require(ada.open.first?.id)
        #expect(!refresh.isEmpty)
        ada.open = []
        let effects = ada.send(.answered(id, .failure(Self.ended)))
        #expect(loads(effects) == [.file(.discard("/t.csv"))])
        #expect(!effects.contains { if case .cancel = $0 { true } else { false } })
    }
}

/// The notes of a recording around coming and going.
struct RecordingNoteTests {
    private struct Lost: Error {}

    private let client = ConsoleClient.answering { World.answer($0) }.access

    private static let caller = Caller(user: World.ada.id, session: World.id(90), requestID: "r")

    @Test func `a session ends although the end of its recording cannot be noted`() async throws {
        let ended = Mutex(0)
        let lost = Mutex(0)
        var client = client
        client.signOut = { _ in ended.withLock { $0 += 1 } }
        let noting = client.noting(
            coming: { _ in },
            going: { _ in throw Lost() },
            lost: { _ in lost.withLock { $0 += 1 } }
        )
        try await noting.signOut(Self.caller)
        #expect(ended.withLock { $0 } == 1)
        #expect(lost.withLock { $0 } == 1)
    }

    @Test func `nobody comes in without the note of a recording`() async throws {
        let noting = client.noting(
            coming: { _ in throw Lost() },
            going: { _ in },
            lost: { _ in }
        )
        await #expect(throws: Lost.self) { _ = try await noting.resume() }
        await #expect(throws: Lost.self) { _ = try await noting.signIn("a", "b") }
    }
}
