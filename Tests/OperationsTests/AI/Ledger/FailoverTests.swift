import Domain
import Fixtures
import Operations
import Postgres
import Support
import Testing

/// Calls in flight that a database has lost which took over while it was behind.
@Suite(.withinOneDay) struct FailoverTests {
    @Test(arguments: [true, false], [true, false])
    func `are charged by their end, once, whatever was lost of them`(
        isStreaming: Bool,
        withPeriods: Bool
    ) async throws {
        try await LedgerHouse.with { house in
            let cost = try await house.budget(.cost, hard: 10_000_000)
            let tokens = try await house.budget(.tokens, hard: 10_000, period: .day)
            let requests = try await house.budget(
                .requests,
                hard: 10,
                scope: .model,
                of: Self.model
            )
            let other = try await house.budget(.requests, hard: 10, scope: .purpose, of: "other")
            var ticket = try #require(try await house.hold(house.draft(output: 2_000)))
            if isStreaming {
                let extend = ExtendHold(house.environment)
                ticket = try #require(try await extend(ticket, streamed: 800).ticket)
            }
            try await house.fixture.failOver(withPeriods: withPeriods)
            #expect(try await house.number("SELECT count(*) AS n FROM ai_requests") == 0)
            // As whoever learns of no outcome does.
            let settle = SettleCall(house.environment)
            let receipt = try await settle(ticket, house.outcome(1_000, 1_500))
            #expect(receipt.state == .settled)
            #expect(receipt.chargeNano == 1_050_000)
            #expect(receipt.excessNano == 0)
            #expect(try await settle(ticket, house.outcome(1_000, 1_500)) == receipt)
            #expect(try await ReleaseCall(house.environment)(ticket) == receipt)
            #expect(try await house.books(cost) == .init(used: 1_050_000, held: 0))
            #expect(try await house.books(tokens) == .init(used: 2_500, held: 0))
            #expect(try await house.books(requests) == .init(used: 1, held: 0))
            #expect(try await house.books(other) == .init(used: 0, held: 0))
            #expect(try await house.number("SELECT count(*) AS n FROM ai_usage_log") == 1)
            #expect(try await house.differences() == [])
            let restored = house.environment.calls.takeRestored()
            #expect(restored.map(\.id) == [ticket.id])
            #expect(restored.map(\.tenant) == [house.tenant.id])
            #expect(house.environment.calls.takeRestored().isEmpty)
        }
    }

    @Test func `are the calls that they were`() async throws {
        try await LedgerHouse.with { house in
            _ = try await house.budget(.cost, hard: 10_000_000)
            var draft = house.draft([LedgerHouse.search, LedgerHouse.writer], key: "k")
            draft.origin = CallOrigin(route: "main", storefront: "acme")
            let ticket = try #require(try await house.hold(draft))
            let before = try await Self.row(house)
            try await house.fixture.failOver(withPeriods: true)
            let attempt = CallAttempt(number: 1, target: LedgerHouse.search, isSent: true)
            try await NoteAttempt(house.environment)(ticket, attempt)
            // The hold that it has no more is all that differs.
            #expect(try await Self.row(house) == before)
            #expect(house.environment.calls.takeRestored().count == 1)
            #expect(try await house.number("SELECT sum(amount)::bigint AS n FROM ai_holds") == 0)
            #expect(
                try await house.number("SELECT count(*) AS n FROM ai_attempts WHERE sent") == 1
            )
        }
    }

    @Test func `end once, when several end them at once`() async throws {
        try await LedgerHouse.with { house in
            let cost = try await house.budget(.cost, hard: 10_000_000)
            let ticket = try #require(try await house.hold(house.draft(key: "k")))
            try await house.fixture.failOver()
            let receipts = try await withThrowingTaskGroup(of: CallReceipt.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        if number.isMultiple(of: 2) {
                            return try await SettleCall(house.environment)(ticket, house.outcome())
                        }
                        return try await ReleaseCall(house.environment)(ticket)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(receipts).count == 1)
            #expect(try await house.books(cost).used == receipts[0].chargeNano)
            #expect(try await house.number("SELECT count(*) AS n FROM ai_usage_log") == 1)
            #expect(house.environment.calls.takeRestored().count == 1)
            #expect(try await house.differences() == [])
        }
    }

    @Test func `hold what comes next of a stream that goes on`() async throws {
        try await LedgerHouse.with { house in
            let tokens = try await house.budget(.tokens, hard: 10_000)
            let ticket = try #require(try await house.hold(house.draft(output: 2_000)))
            try await house.fixture.failOver()
            let extend = ExtendHold(house.environment)
            let next = try #require(try await extend(ticket, streamed: 800).ticket)
            #expect(next.heldOutput == 2_000)
            // The first slice is held no more, the second one is.
            #expect(try await house.books(tokens) == .init(used: 0, held: 976))
            _ = try await SettleCall(house.environment)(next, house.outcome(1_000, 2_000))
            #expect(try await house.books(tokens) == .init(used: 3_000, held: 0))
            #expect(try await extend(next, streamed: 1_900) == .ended)
            #expect(house.environment.calls.takeRestored().count == 1)
            #expect(try await house.differences() == [])
        }
    }

    @Test func `are charged what has room when a slice alone was lost`() async throws {
        try await LedgerHouse.with { house in
            let tokens = try await house.budget(.tokens, hard: 10_000)
            let ticket = try #require(try await house.hold(house.draft(output: 2_000)))
            let extend = ExtendHold(house.environment)
            let next = try #require(try await extend(ticket, streamed: 800).ticket)
            try await house.admin("UPDATE ai_requests SET held_output = 1024, stream_tokens = 0")
            try await house.admin("UPDATE ai_holds SET amount = 2024")
            try await house.admin("UPDATE ai_budget_periods SET held = 2024")
            _ = try await SettleCall(house.environment)(next, house.outcome(1_000, 2_000))
            #expect(try await house.books(tokens) == .init(used: 3_000, held: 0))
            #expect(house.environment.calls.takeRestored().isEmpty)
            #expect(try await house.differences() == [])
        }
    }

    @Test func `pass no limit that others have come up to meanwhile`() async throws {
        try await LedgerHouse.with { house in
            let cost = try await house.budget(.cost, hard: 450_000)
            let requests = try await house.budget(.requests, hard: 1)
            let lost = try #require(try await house.hold(house.draft()))
            try await house.fixture.failOver()
            // The room of the first is there for a second.
            let second = try #require(try await house.hold(house.draft()))
            _ = try await SettleCall(house.environment)(second, house.outcome(1_000, 400))
            let receipt = try await SettleCall(house.environment)(lost, house.outcome())
            #expect(receipt.chargeNano == 60_000)
            #expect(receipt.excessNano == 150_000)
            #expect(receipt.platformCostNano == 210_000)
            #expect(
                try await house.books(cost) == .init(used: 450_000, held: 0, overage: 150_000)
            )
            #expect(try await house.books(requests) == .init(used: 1, held: 0))
            #expect(try await house.differences() == [])
        }
    }

    @Test func `whose end the database would not take are restored with a later sign of life`()
        async throws
    {
        try await LedgerHouse.with { house in
            let cost = try await house.budget(.cost, hard: 10_000_000)
            let ticket = try #require(try await house.hold(house.draft()))
            let away = house.environment.with(try await house.closedDatabase())
            await #expect(throws: DomainError.self) {
                try await SettleCall(away)(ticket, house.outcome())
            }
            try await house.fixture.failOver(withPeriods: true)
            try await BeatHeart(house.environment)()
            #expect(house.environment.calls.ids == [])
            #expect(try await house.books(cost) == .init(used: 210_000, held: 0))
            #expect(house.environment.calls.takeRestored().map(\.id) == [ticket.id])
            #expect(try await house.differences() == [])
        }
    }

    @Test func `have their key again, or none when it was used anew`() async throws {
        try await LedgerHouse.with { house in
            let lost = try #require(try await house.hold(house.draft(key: "k")))
            let alone = try #require(try await house.hold(house.draft(key: "l")))
            try await house.fixture.failOver()
            let again = try #require(try await house.hold(house.draft(key: "k")))
            let settle = SettleCall(house.environment)
            for (ticket, answer) in [(lost, "1"), (again, "2"), (alone, "3")] {
                let reply = StoredReply(status: 200, body: Array(answer.utf8))
                let receipt = try await settle(ticket, house.outcome(reply: reply))
                #expect(receipt.state == .settled)
            }
            for (key, ticket, answer) in [("k", again, "2"), ("l", alone, "3")] {
                guard case .repeated(let call) = try await house.reserve(house.draft(key: key))
                else {
                    Issue.record("\(key) was called again")
                    continue
                }
                #expect(call.id == ticket.id)
                #expect(call.reply?.body == Array(answer.utf8))
            }
            #expect(house.environment.calls.takeRestored().map(\.id) == [lost.id, alone.id])
        }
    }

    @Test func `of a workspace that is gone are not written`() async throws {
        try await LedgerHouse.with { house in
            let ticket = try #require(try await house.hold(house.draft()))
            try await house.fixture.failOver()
            try await house.admin(
                """
                UPDATE tenants SET status = 'deleted', deleted_at = clock_timestamp(),
                    purge_began_at = clock_timestamp(), purged_at = clock_timestamp()
                """
            )
            await #expect(throws: DomainError.self) {
                try await SettleCall(house.environment)(ticket, house.outcome())
            }
            #expect(house.environment.calls.ids == [])
            #expect(try await house.number("SELECT count(*) AS n FROM ai_requests") == 0)
        }
    }

    @Test func `go on to answer whoever asked, and are paid`() async throws {
        let script: ModelServer.Script = { _, _ in
            [
                .stream, .piece("Half"), .wait("go"), .piece(" and half"), .finish(), .usage(10, 5),
                .done, .end,
            ]
        }
        try await Fixture.with { fixture in
            try await fixture.withModel(script: script) { fixture, server in
                let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
                let order = try ChatOrder(
                    model: .named(Fixture.model),
                    messages: [ChatMessage(.user, "What is it?")]
                )
                let ask = CompleteChat(fixture.environment)
                let reply = try await ask(order, by: .member(acme.owner))
                try await fixture.failOver(withPeriods: true)
                server.open("go")
                let answer = try await reply.answer()
                #expect(answer.text == "Half and half")
                #expect(answer.use.chargeNano == 20_000)
                #expect(!answer.use.isEstimated)
                #expect(try await fixture.calls(of: acme.id) == ["settled 20000"])
                let books = try await fixture.books(of: acme.id)
                #expect(books.used == 15)
                #expect(books.held == 0)
                #expect(fixture.environment.calls.takeRestored().count == 1)
            }
        }
    }

    private static let model = LedgerHouse.search.model

    /// Everything of the one call, without the moments that are renewed.
    private static func row(_ house: LedgerHouse) async throws -> String {
        try await house.fixture.migrated.admin(
            "SELECT (to_jsonb(r) - 'expires_at')::text AS line FROM ai_requests AS r"
        )[0].decode("line")
    }
}
