import Domain
import Fixtures
import FoundationEssentials
import Operations
import Postgres
import Testing

@testable import Storage

@Suite struct RevisionMonthTests {
    @Test(arguments: [
        ("2026-01-31T23:59:59.999999Z", "2026-01-01"), ("2026-02-01T00:00:00Z", "2026-02-01"),
        ("2024-02-29T23:59:59Z", "2024-02-01"), ("2025-12-31T23:59:59.999999Z", "2025-12-01"),
    ])
    func `a revision lies in the UTC month of its time, whatever the session's zone`(
        time: String,
        month: String
    ) async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            try await fixture.plant(1, in: acme)
            let id = try await fixture.migrated.admin("SELECT id FROM artifacts")[0]
                .decode("id", as: UUID.self)
            let rows = try await fixture.migrated.admin([
                "UPDATE artifacts SET updated_at = \(time)::text::timestamptz",
                "SELECT set_config('TimeZone', 'Asia/Tokyo', true)",
                ArtifactStore.insertRevision(
                    .updated,
                    Changes(),
                    of: ArtifactID(id),
                    in: acme.id
                ),
                "SELECT month::text AS month FROM artifact_revisions",
            ])
            #expect(try rows[3].map { try $0.decode("month", as: String.self) } == [month])
        }
    }

    @Test(arguments: [
        ("2026-01-31T23:59:59.999999Z", "2026-01-01"), ("2026-02-01T00:00:00Z", "2026-02-01"),
        ("1969-12-31T23:59:59Z", "1969-12-01"),
    ])
    func `an instant knows its month`(time: String, first: String) throws {
        let month = try #require(Instant(rfc3339: time)).month
        let start = try #require(Instant(rfc3339: first)).date
        #expect(Int(month.days) == start.daysSinceEpoch)
    }
}
