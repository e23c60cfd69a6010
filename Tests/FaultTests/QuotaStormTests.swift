import Domain
import Fixtures
import Operations
import Postgres
import Support
import Testing

/// F14 and F15: many callers, one limit, connections that die, sweepers in each other's way.
@Suite struct QuotaStormTests {
    private static let limit = 100
    private static let callers = 64

    /// The short form takes fewer seeds; the interleaving differs every time.
    @Test func `of sixty-four callers exactly as many calls pass as the limit says`()
        async throws
    {
        try await LedgerHouse.with { house in
            for seed in 1...FaultScale.choose(4, full: 50) {
                let purpose = "race-\(seed)"
                let budget = try await house.budget(
                    .requests,
                    hard: Int64(Self.limit),
                    scope: .purpose,
                    of: purpose
                )
                let passed = try await Self.storm(house, purpose, attempts: 3)
                #expect(passed == Self.limit, "seed \(seed)")
                #expect(try await house.books(budget) == .init(used: 100, held: 0))
            }
            #expect(try await house.differences() == [])
        }
    }

    @Test func `no snapshot shows more than the limit while connections die`() async throws {
        try await LedgerHouse.with { house in
            let hard: Int64 = 20_000_000
            let budget = try await house.budget(.cost, hard: hard)
            let storm = Task { try await Self.storm(house, "answer", attempts: 6) }
            var snapshots = 0
            let least = FaultScale.choose(20, full: 200)
            while snapshots < least {
                try await house.admin(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND usename = 'ghostworks_app'
                    ORDER BY random() LIMIT 1
                    """
                )
                let books = try await house.books(budget)
                #expect(books.used + books.held <= hard)
                #expect(try await Self.differences(house) == [])
                snapshots += 1
            }
            _ = try? await storm.value
            try await house.sweep()
            #expect(try await house.books(budget).held == 0)
            #expect(try await house.differences() == [])
        }
    }

    @Test func `a call ends once, whoever ends it`() async throws {
        try await LedgerHouse.with { house in
            let budget = try await house.budget(.cost, hard: 1_000_000_000)
            for _ in 1...FaultScale.choose(15, full: 200) {
                let ticket = try #require(try await house.hold(house.draft()))
                try await house.loseCalls()
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 1...3 {
                        group.addTask { _ = try await SweepCalls(house.environment)() }
                        group.addTask {
                            _ = try await SettleCall(house.environment)(ticket, house.outcome())
                        }
                    }
                    try await group.waitForAll()
                }
            }
            // However late, each came to what it took.
            let calls = Int64(FaultScale.choose(15, full: 200))
            #expect(try await house.books(budget) == .init(used: calls * 210_000, held: 0))
            #expect(try await house.differences() == [])
        }
    }

    /// The connection of the question may be one of those that died.
    private static func differences(_ house: LedgerHouse) async throws -> [LedgerDifference] {
        for _ in 1...50 {
            do {
                return try await house.differences()
            } catch let error as DomainError where error.kind == .unavailable {
                continue
            }
        }
        return try await house.differences()
    }

    /// Callers that try again and again; how many calls got through.
    private static func storm(
        _ house: LedgerHouse,
        _ purpose: String,
        attempts: Int
    ) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<callers {
                group.addTask {
                    var passed = 0
                    var waiting: [CallTicket] = []
                    for _ in 0..<attempts {
                        let draft = house.draft(purpose: purpose)
                        guard let ticket = try? await house.hold(draft) else { continue }
                        passed += 1
                        if Bool.random() {
                            _ = try await SettleCall(house.environment)(ticket, house.outcome())
                        } else {
                            waiting.append(ticket)
                        }
                    }
                    for ticket in waiting {
                        _ = try await SettleCall(house.environment)(ticket, house.outcome())
                    }
                    return passed
                }
            }
            return try await group.reduce(0, +)
        }
    }
}
