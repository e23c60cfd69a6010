import Domain
import Fixtures
import Operations
import Postgres
import Storage
import Testing

/// A provider's own export beside the usage log.
@Suite(.withinOneDay) struct CompareUsageTests {
    @Test func `every day on which a provider counted otherwise is named`() async throws {
        try await LedgerHouse.with { house in
            let root = try await house.fixture.signIn("root@ghostworks.test", kind: .shell)
            for _ in 1...2 {
                let ticket = try #require(try await house.hold(house.draft()))
                _ = try await SettleCall(house.environment)(ticket, house.outcome())
            }
            let now = house.environment.database.clock.now()
            let day = String(now.rfc3339.prefix(10))
            let compare = CompareUsage(house.environment)
            let same = try Self.export("\(day)T00:00:00+00:00,search-2026-01-31,2000,200")
            #expect(try await compare(same, of: "offline", by: root) == [])
            let other = try Self.export(
                "\(day)T00:00:00+00:00,search,2001,150",
                "\(day)T00:00:00+00:00,writer,7,0"
            )
            let found = try await compare(other, of: "offline", by: root)
            #expect(
                found == [
                    .init(
                        day: now.date,
                        model: "search",
                        kind: .read,
                        logged: 2_000,
                        exported: 2_001
                    ),
                    .init(
                        day: now.date,
                        model: "search",
                        kind: .written,
                        logged: 200,
                        exported: 150
                    ),
                    .init(day: now.date, model: "writer", kind: .read, logged: 0, exported: 7),
                ]
            )
            #expect(found.map { $0.isBeyond(percent: 1) } == [false, true, true])
            // What the export does not tell of is asked of nobody.
            let early = try Self.export("2025-01-01T00:00:00Z,search,1,1")
            #expect(try await compare(early, of: "offline", by: root).count == 2)
            let none = await #expect(throws: DomainError.self) {
                try await compare(same, of: "nobody", by: root)
            }
            #expect(none?.kind == .notFound)
            let long = try Self.export(
                "2020-01-01T00:00:00Z,search,1,1",
                "2026-01-01T00:00:00Z,search,1,1"
            )
            let tooLong = await #expect(throws: DomainError.self) {
                try await compare(long, of: "offline", by: root)
            }
            #expect(tooLong?.code == .validationError)
            let error = await #expect(throws: DomainError.self) {
                try await compare(same, of: "offline", by: house.tenant.owner.caller)
            }
            #expect(error?.kind == .forbidden)
        }
    }

    private static func export(_ rows: String...) throws -> UsageExport {
        let text =
            "start_time_iso,model,input_tokens,output_tokens\n" + rows.joined(separator: "\n")
        return try UsageExport(csv: Array(text.utf8))
    }
}
