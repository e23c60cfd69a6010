import Domain
import Fixtures
import Postgres
import Storage
import Testing

@testable import Operations

/// Ends of calls that are kept until the database takes them.
@Suite struct KeptEndTests {
    /// What the database does not take now.
    private static let stuck: SQL = "SELECT pg_sleep(3600)"

    @Test func `at the end of the process one that is stuck keeps no other from being tried`()
        async throws
    {
        try await LedgerHouse.with { house in
            let cost = try await house.budget(.cost, hard: 10_000_000)
            let first = try #require(try await house.hold(house.draft()))
            let others = [
                try #require(try await house.hold(house.draft())),
                try #require(try await house.hold(house.draft())),
            ]
            let calls = house.environment.calls
            calls.keep(Self.end(first, Self.stuck, house))
            for ticket in others {
                let statement = CallLedger.settle(ticket, house.outcome())
                calls.keep(Self.end(ticket, statement, house))
            }
            #expect(await DrainCalls(house.environment)(within: .seconds(60)) == 1)
            #expect(calls.ids == [first.id])
            #expect(calls.kept == 1)
            #expect(try await house.books(cost).used == 420_000)
        }
    }

    @Test func `at the end of the process the time is bounded`() async throws {
        try await LedgerHouse.with { house in
            let calls = house.environment.calls
            for _ in 1...3 {
                let ticket = try #require(try await house.hold(house.draft()))
                calls.keep(Self.end(ticket, Self.stuck, house))
            }
            // Not even the first is given up by the database in this time.
            #expect(await DrainCalls(house.environment)(within: .milliseconds(200)) == 3)
            #expect(calls.kept == 3)
        }
    }

    @Test func `they have no more bytes than there is room for`() async throws {
        try await LedgerHouse.with { house in
            let ticket = try #require(try await house.hold(house.draft()))
            let calls = CallsInHand()
            let body = [UInt8](repeating: 7, count: CallsInHand.mostEndBytes / 2)
            let large = CallLedger.settle(
                ticket,
                house.outcome(reply: StoredReply(status: 200, body: body))
            )
            let ends = (0..<3).map { _ in
                CallsInHand.End(
                    id: house.draft().id,
                    tenant: ticket.tenant,
                    user: nil,
                    statement: large,
                    ticket: nil
                )
            }
            for end in ends { calls.keep(end) }
            #expect(calls.kept == 1)
            #expect(calls.ids == [ends[0].id])
            // Small ones find room beside it, and a large one when it has gone.
            calls.keep(Self.end(ticket, CallLedger.settle(ticket, house.outcome()), house))
            #expect(calls.kept == 2)
            #expect(calls.nextEnd()?.id == ends[0].id)
            calls.keep(ends[1])
            #expect(calls.ids.contains(ends[1].id))
            calls.take(ends[1].id)
            calls.keep(ends[2])
            #expect(calls.ids.contains(ends[2].id))
            #expect(calls.kept == 2)
        }
    }

    private static func end(
        _ ticket: CallTicket,
        _ statement: Statement,
        _ house: LedgerHouse
    ) -> CallsInHand.End {
        CallsInHand.End(
            id: ticket.id,
            tenant: ticket.tenant,
            user: ticket.user,
            statement: statement,
            ticket: ticket
        )
    }
}
