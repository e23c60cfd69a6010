import Domain
import Fixtures
import Operations
import Postgres
import Support
import Testing

/// Calls whose reader goes before the answer is whole.
@Suite struct ChatCallTests {
    private static let question = [ChatMessage(.user, "What is it?")]

    /// How somebody goes.
    enum Leaving: CaseIterable, Sendable {
        case says
        case drops
    }

    @Test(arguments: Leaving.allCases)
    func `a reader that leaves stops the model, and pays for what came`(
        leaving: Leaving
    ) async throws {
        let script: ModelServer.Script = { _, _ in
            [.stream, .piece("Half an answer"), .untilGone("gone")]
        }
        try await Self.with(script) { fixture, server, acme in
            let order = try ChatOrder(model: .named(Fixture.model), messages: Self.question)
            try await Self.readOnce(fixture, order, acme, leaving)
            await server.reached("gone")
            let calls = try await fixture.ended(in: acme.id)
            #expect(calls.count == 1)
            let charge = try #require(calls.first?.split(separator: " ").last.flatMap { Int($0) })
            // The input as it was estimated, and five tokens of output.
            #expect(charge > 10_000 && charge < 50_000, "\(charge)")
            #expect(try await fixture.books(of: acme.id).held == 0)
        }
    }

    @Test func `an answer that may end without its reader is paid exactly`() async throws {
        let script: ModelServer.Script = { _, _ in
            [
                .stream, .piece("Half"), .wait("go"), .piece(" and half"), .finish(), .usage(10, 5),
                .done, .end,
            ]
        }
        try await Self.with(script) { fixture, server, acme in
            let order = try ChatOrder(
                model: .named(Fixture.model),
                messages: Self.question,
                options: ChatOptions(conversation: .new, whenLeft: .drain)
            )
            try await Self.readOnce(fixture, order, acme, .says)
            server.open("go")
            #expect(try await fixture.ended(in: acme.id) == ["settled 20000"])
        }
    }

    @Test func `a client that goes before the first word pays for its question`() async throws {
        let script: ModelServer.Script = { _, _ in [.tell("asked"), .untilGone("gone")] }
        try await Self.with(script) { fixture, server, acme in
            let order = try ChatOrder(model: .named(Fixture.model), messages: Self.question)
            let asking = Task {
                try await CompleteChat(fixture.environment)(order, by: .member(acme.owner))
            }
            await server.reached("asked")
            asking.cancel()
            await #expect(throws: (any Error).self) { try await asking.value }
            await server.reached("gone")
            let calls = try await fixture.ended(in: acme.id)
            #expect(calls.first?.hasPrefix("settled ") == true && calls != ["settled 0"])
            #expect(try await fixture.books(of: acme.id).held == 0)
        }
    }

    @Test func `a call that somebody stops ends with the next sign of life`() async throws {
        let script: ModelServer.Script = { _, _ in
            [.stream, .piece("Half an answer"), .untilGone("gone")]
        }
        try await Self.with(script) { fixture, server, acme in
            let order = try ChatOrder(
                model: .named(Fixture.model),
                messages: Self.question,
                options: ChatOptions(whenLeft: .drain)
            )
            let reply = try await CompleteChat(fixture.environment)(order, by: .member(acme.owner))
            _ = try await fixture.migrated.admin(
                "UPDATE ai_requests SET cancel_requested_at = now() WHERE state = 'in_flight'"
            )
            try await BeatHeart(fixture.environment)()
            await server.reached("gone")
            let error = await #expect(throws: DomainError.self) { try await reply.answer() }
            #expect(error?.code == .invalidTransition)
            let calls = try await fixture.ended(in: acme.id)
            #expect(calls.first?.hasPrefix("settled ") == true)
            #expect(fixture.environment.calls.ids == [])
        }
    }

    @Test func `a failure that may have been billed is not tried again`() async throws {
        let script: ModelServer.Script = { _, number in
            number == 0 ? ModelServer.refusal(503) : ModelServer.answer(["Second"])
        }
        try await Self.with(script) { fixture, server, acme in
            let order = try ChatOrder(model: .named(Fixture.model), messages: Self.question)
            await #expect(throws: DomainError.self) {
                try await CompleteChat(fixture.environment)(order, by: .member(acme.owner))
            }
            // It costs the tenant nothing.
            #expect(server.requests.count == 1)
            let reply = try await CompleteChat(fixture.environment)(order, by: .member(acme.owner))
            #expect(try await reply.answer().text == "Second")
            #expect(try await fixture.ended(in: acme.id) == ["released 0", "settled 20000"])
        }
    }

    @Test func `a long answer grows its hold, and leaves none behind`() async throws {
        let text = String(repeating: "x", count: 3_000)
        let script: ModelServer.Script = { _, _ in
            ModelServer.answer([text, text, text, text], input: 10, output: 4_000)
        }
        try await Self.with(script) { fixture, _, acme in
            let order = try ChatOrder(
                model: .named(Fixture.model),
                messages: Self.question,
                outputCap: 5_000
            )
            let reply = try await CompleteChat(fixture.environment)(order, by: .member(acme.owner))
            #expect(try await reply.answer().text.utf8.count == 12_000)
            let books = try await fixture.books(of: acme.id)
            #expect(books.used == 4_010)
            #expect(books.held == 0)
        }
    }

    @Test func `a server that breaks off behind its end has answered`() async throws {
        let script: ModelServer.Script = { _, _ in [.stream, .piece("Whole"), .finish(), .cut] }
        try await Self.with(script) { fixture, _, acme in
            let order = try ChatOrder(model: .named(Fixture.model), messages: Self.question)
            let reply = try await CompleteChat(fixture.environment)(order, by: .member(acme.owner))
            #expect(try await reply.answer().text == "Whole")
            #expect(try await fixture.books(of: acme.id).held == 0)
        }
    }

    @Test func `a server that goes on beyond its limit is stopped`() async throws {
        let text = String(repeating: "x", count: 3_000)
        let script: ModelServer.Script = { _, _ in
            [.stream, .piece(text), .piece(text), .piece(text), .untilGone("gone")]
        }
        try await Self.with(script) { fixture, server, acme in
            let order = try ChatOrder(
                model: .named(Fixture.model),
                messages: Self.question,
                outputCap: 10
            )
            let reply = try await CompleteChat(fixture.environment)(order, by: .member(acme.owner))
            await #expect(throws: DomainError.self) { try await reply.answer() }
            await server.reached("gone")
            #expect(try await fixture.books(of: acme.id).held == 0)
        }
    }

    /// Reads the first part of an answer, and goes.
    private static func readOnce(
        _ fixture: Fixture,
        _ order: ChatOrder,
        _ acme: TestTenant,
        _ leaving: Leaving
    ) async throws {
        let reply = try await CompleteChat(fixture.environment)(order, by: .member(acme.owner))
        var parts = reply.makeAsyncIterator()
        guard case .text = await parts.next() else {
            Issue.record("no text came")
            return
        }
        if leaving == .says { reply.leave() }
    }

    private static func with(
        _ script: @escaping ModelServer.Script,
        _ body: (Fixture, ModelServer, TestTenant) async throws -> Void
    ) async throws {
        try await Fixture.with { fixture in
            try await fixture.withModel(script: script) { fixture, server in
                let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
                try await body(fixture, server, acme)
            }
        }
    }
}

extension Fixture {
    /// The calls of a tenant once none of them is in flight.
    fileprivate func ended(in tenant: TenantID) async throws -> [String] {
        while true {
            let calls = try await calls(of: tenant)
            if !calls.isEmpty, !calls.contains(where: { $0.hasPrefix("in_flight") }) {
                return calls
            }
            await Task.yield()
        }
    }
}
