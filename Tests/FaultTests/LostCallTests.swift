import Domain
import Fixtures
import Foundation
import Operations
import Postgres
import Sealing
import Support
import Testing

/// F14, the part of processes that die: whatever they had in hand, the books agree afterwards and
/// nobody is charged twice.
@Suite struct LostCallTests {
    /// The point of death, and what the call comes to: reading 100 tokens costs 15,000 nano-USD,
    /// writing one 600.
    private static let points: [(String, AICall.State?, Int64)] = [
        ("beforeReserveCommits", nil, 0),
        ("afterReserve", .expired, 15_000),
        ("afterSent", .expired, 15_000),
        ("beforeExtendCommits", .expired, 15_000),
        ("afterExtend", .expired, 15_000 + 800 * 600),
        ("beforeSettleCommits", .expired, 15_000 + 800 * 600),
        ("afterSettle", .settled, 15_000 + 900 * 600),
        ("beforeReleaseCommits", .expired, 15_000 + 800 * 600),
        ("afterRelease", .released, 0),
    ]

    @Test(arguments: points)
    func `a process that is killed at any point leaves books that agree`(
        point: String,
        state: AICall.State?,
        charge: Int64
    ) async throws {
        try await LedgerHouse.with { house in
            try await house.openStorefront()
            let cost = try await house.budget(.cost, hard: 100_000_000)
            let requests = try await house.budget(.requests, hard: 10)
            try await Self.withKeys { keys in
                let died = try await Self.run(house, point, keys)
                #expect(died == SIGKILL)
            }
            try await house.sweep()
            #expect(try await house.states() == (state.map { [$0.rawValue] } ?? []))
            #expect(try await house.books(cost) == .init(used: charge, held: 0))
            let isCounted = state == .expired || state == .settled
            #expect(try await house.books(requests).used == (isCounted ? 1 : 0))
            #expect(try await house.differences() == [])
        }
    }

    @Test func `processes that are killed under load leave books that agree`() async throws {
        try await LedgerHouse.with { house in
            try await house.openStorefront()
            // Wide enough that the full form reaches it late only.
            let hard = Int64(FaultScale.choose(200_000_000, full: 2_000_000_000))
            let cost = try await house.budget(.cost, hard: hard)
            let kills = FaultScale.choose(6, full: 200)
            try await Self.withKeys { keys in
                for number in 1...kills {
                    let process = try LedgerProcess(house, dyingAt: nil, keys: keys)
                    try await onThread { Result { try process.wait(forCalls: number * 7 % 40) } }
                        .get()
                    try process.kill()
                    #expect(try await house.differences() == [])
                    let books = try await house.books(cost)
                    #expect(books.used + books.held <= hard)
                    if number.isMultiple(of: 3) { try await house.sweep() }
                }
            }
            try await house.sweep()
            #expect(try await house.books(cost).held == 0)
            #expect(try await house.differences() == [])
            // One entry of the log a call: nobody was charged twice.
            #expect(
                try await house.number(
                    """
                    SELECT count(*) AS n FROM (
                        SELECT FROM ai_usage_log GROUP BY request_id HAVING count(*) > 1
                    ) AS doubled
                    """
                ) == 0
            )
            #expect(try await house.number("SELECT count(*) AS n FROM ai_requests") > kills)
        }
    }

    private static func run(
        _ house: LedgerHouse,
        _ point: String,
        _ keys: String
    ) async throws -> Int32 {
        let process = try LedgerProcess(house, dyingAt: point, keys: keys)
        return try await onThread { Result { try process.end() } }.get()
    }

    /// A file with the key that the database trusts.
    private static func withKeys(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("ledger-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("keys").path
        try ContextKeys(current: MigratedDatabase.contextKey).save(path: path)
        try await body(path)
    }
}

extension LedgerHouse {
    /// Ends every call in flight: their processes are dead.
    func sweep() async throws {
        // The server ends what it was doing for them.
        while try await number(
            """
            SELECT count(*) AS n FROM pg_stat_activity
            WHERE datname = current_database() AND usename = 'ghostworks_app' AND state <> 'idle'
            """
        ) > 0 {}
        try await loseCalls()
        while try await SweepCalls(environment)() > 0 {}
    }

    /// The program calls as a visitor does.
    func openStorefront() async throws {
        try await admin("UPDATE tenant_directory SET storefront_enabled = true")
    }

    func states() async throws -> [String] {
        try await fixture.migrated.admin("SELECT state FROM ai_requests ORDER BY id")
            .map { try $0.decode("state") }
    }
}
