import Domain
import Fixtures
import Postgres
import Sealing
import Support
import Testing

@testable import Operations

/// Calls for vectors whose client goes, and what they take of the limits of rate.
@Suite struct EmbeddingCallTests {
    private static let answer: [ModelServer.Step] = [
        .json,
        .text(
            #"{"data":[{"index":0,"embedding":[0.5,-1.25]}],"#
                + #""usage":{"prompt_tokens":1,"total_tokens":1}}"#
        ), .end,
    ]

    @Test func `with an idempotency key they go on, are paid once and kept`() async throws {
        let script: ModelServer.Script = { _, _ in [.tell("asked"), .wait("go")] + Self.answer }
        try await Self.with(script) { fixture, server, acme in
            let embed = EmbedTexts(fixture.environment)
            let asking = Task {
                try await embed(
                    ["one"],
                    model: Fixture.model,
                    idempotencyKey: IdempotencyKey("k", of: "ai.embed"),
                    by: acme.owner
                )
            }
            try await server.reached("asked")
            asking.cancel()
            // Nobody has to wait for an answer that they no longer want.
            await #expect(throws: CancellationError.self) { try await asking.value }
            server.open("go")
            while fixture.environment.calls.running > 0 { await Task.yield() }
            #expect(try await fixture.calls(of: acme.id) == ["settled 1000"])
            let again = try await embed(
                ["one"],
                model: Fixture.model,
                idempotencyKey: IdempotencyKey("k", of: "ai.embed"),
                by: acme.owner
            )
            #expect(again.isRepeated)
            #expect(again.vectors == [[0.5, -1.25]])
            #expect(server.requests.count == 1)
            #expect(try await fixture.calls(of: acme.id) == ["settled 1000"])
            let books = try await fixture.books(of: acme.id)
            #expect(books.used == 1 && books.held == 0)
        }
    }

    @Test func `what cannot become vectors is told why, and costs nothing`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let embed = EmbedTexts(fixture.environment)
            let long = String(repeating: "word ", count: 100_000)
            let wrong: [(String, String, DomainError.Code, String)] = [
                ("one", "offline/writer", .modelNotAllowed, "model"),
                (long, "offline/search", .contextTooLong, "input"),
            ]
            for (text, model, code, field) in wrong {
                let error = await #expect(throws: DomainError.self) {
                    try await embed([text], model: model, by: acme.owner)
                }
                #expect(error?.code == code)
                guard case .invalid(let problems) = error?.kind else {
                    Issue.record("\(error as Any)")
                    continue
                }
                #expect(problems.map(\.field) == [field])
            }
            let books = try await fixture.books(of: acme.id)
            #expect(books.used == 0 && books.held == 0)
        }
    }

    @Test func `a client that goes pays for its texts with tokens of its limit, too`()
        async throws
    {
        let script: ModelServer.Script = { _, _ in [.tell("asked"), .untilGone("gone")] }
        try await Self.with(script) { fixture, server, acme in
            let asking = Task {
                try await EmbedTexts(fixture.environment)(
                    ["one", "two"],
                    model: Fixture.model,
                    by: acme.owner
                )
            }
            try await server.reached("asked")
            asking.cancel()
            await #expect(throws: (any Error).self) { try await asking.value }
            let used = try await fixture.books(of: acme.id).used
            #expect(used > 0)
            #expect(Self.left(fixture, acme) == Self.limit - Int(used))
        }
    }

    @Test func `what is gone gives its tokens back once`() async throws {
        let script: ModelServer.Script = { _, _ in Self.answer }
        try await Self.with(script) { fixture, _, acme in
            let embed = EmbedTexts(fixture.environment)
            for key in ["a", "b"] {
                _ = try await embed(
                    ["one"],
                    model: Fixture.model,
                    idempotencyKey: IdempotencyKey(key, of: "ai.embed"),
                    by: acme.owner
                )
            }
            #expect(Self.left(fixture, acme) == Self.limit - 2)
            _ = try await fixture.migrated.admin("DELETE FROM ai_replies")
            for _ in 1...3 {
                let error = await #expect(throws: DomainError.self) {
                    try await embed(
                        ["one"],
                        model: Fixture.model,
                        idempotencyKey: IdempotencyKey("a", of: "ai.embed"),
                        by: acme.owner
                    )
                }
                #expect(error?.kind == .gone)
            }
            #expect(Self.left(fixture, acme) == Self.limit - 2)
        }
    }

    @Test func `a provider that fails takes no tokens of the limit`() async throws {
        let script: ModelServer.Script = { _, _ in ModelServer.refusal(400) }
        try await Self.with(script) { fixture, _, acme in
            await #expect(throws: DomainError.self) {
                try await EmbedTexts(fixture.environment)(
                    ["one"],
                    model: Fixture.model,
                    by: acme.owner
                )
            }
            #expect(Self.left(fixture, acme) == Self.limit)
        }
    }

    @Test func `more vectors than may be kept are gone for a repetition`() throws {
        let most = EmbeddedTexts.longestStored * 3 / 16
        for (count, isKept) in [(10, true), (most + 1, false)] {
            let embedded = EmbeddedTexts(
                id: AICallID(Random.uuidV7(now: 0)),
                model: "mock/m",
                vectors: [[Float](repeating: 1, count: count)],
                use: ChatUse(tokens: TokenUsage(input: 3), chargeNano: 3, isEstimated: false)
            )
            let reply = embedded.stored
            #expect(reply.body.count < 1_000)
            let earlier = SettledCall(
                id: embedded.id,
                state: .settled,
                model: "mock/m",
                tokensIn: 3,
                tokensOut: 0,
                chargeNano: 3,
                reply: reply
            )
            if isKept {
                #expect(try EmbeddedTexts(earlier).vectors == embedded.vectors)
            } else {
                let error = #expect(throws: DomainError.self) { try EmbeddedTexts(earlier) }
                #expect(error?.kind == .gone)
            }
        }
    }

    private static let limit = 1_000

    /// How many tokens the owner may still take; the clock of the limits stands still.
    private static func left(_ fixture: Fixture, _ acme: TestTenant) -> Int {
        let desk = fixture.environment.desk
        let checks = desk.limits.tokens(.member(acme.owner), 1)
        guard let check = checks.compactMap(\.self).first,
            let verdict = desk.gate.take([check]), verdict.decision.isAllowed
        else { return 0 }
        desk.gate.refund(check, amount: 1)
        return verdict.decision.remaining + 1
    }

    private static func with(
        _ script: @escaping ModelServer.Script,
        _ body: (Fixture, ModelServer, TestTenant) async throws -> Void
    ) async throws {
        var limits = ChatLimits()
        limits.tokens = .perMinute(limit)
        try await Fixture.with { fixture in
            try await fixture.withModel(limits: limits, script: script) { fixture, server in
                let desk = ChatDesk(limits: limits, gate: RateGate(.none, clock: { 0 }))
                let fixture = fixture.with(fixture.environment.models, desk)
                let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
                try await body(fixture, server, acme)
            }
        }
    }
}
