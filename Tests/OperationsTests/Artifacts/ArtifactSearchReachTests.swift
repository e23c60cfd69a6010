import Domain
import Fixtures
import Operations
import Postgres
import Testing

/// The search looks at the newest artifacts, at more of them, and into its index period by period:
/// whatever it takes, it finds what a look at every row would.
@Suite struct ArtifactSearchReachTests {
    @Test(arguments: [17, 100])
    func `what is found is what matches, whatever was looked at for it`(limit: Int) async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant("acme", by: root)
            let beta = try await fixture.makeTenant("beta", by: root)
            try await fixture.plantYears(1_500, in: acme)
            try await fixture.plantYears(40, in: beta)
            for (filter, matches) in try SearchCase.all(acme.owner.caller.user) {
                let pages = try await fixture.allPages(filter, limit: limit, by: acme.owner)
                let items = pages.flatMap(\.page.items)
                #expect(
                    Set(items.map(\.name)) == Set((1...1_500).filter(matches).map { "no \($0)" }),
                    "\(filter)"
                )
                #expect(Set(items.map(\.id)).count == items.count, "\(filter)")
                let dates = items.dropFirst(250).map(\.createdAt)
                #expect(dates == dates.sorted(by: >), "\(filter)")
            }
        }
    }

    @Test func `another tenant's words are never found, not even below a common mark`() async throws
    {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant("acme", by: root)
            let beta = try await fixture.makeTenant("beta", by: root)
            try await fixture.plantYears(600, in: acme)
            try await fixture.plantYears(600, in: beta)
            // As if both ids ended alike.
            _ = try await fixture.migrated.admin([
                "DROP INDEX artifacts_words_idx",
                """
                CREATE OR REPLACE FUNCTION app.word_mark(tenant uuid, period integer) RETURNS text
                LANGUAGE sql IMMUTABLE AS $$ SELECT lpad(to_hex($2), 4, '0') $$
                """,
                """
                CREATE INDEX artifacts_words_idx ON artifacts
                USING gin (app.marked_words(tenant_id, created_at, words)) WHERE deleted_at IS NULL
                """,
            ])
            let filter = try ArtifactFilter(query: "early")
            let pages = try await fixture.allPages(filter, limit: 100, by: acme.owner)
            let names = pages.flatMap(\.page.items).map(\.name)
            #expect(names.count == 50)
            #expect(Set(names).count == 50)
        }
    }
}

private enum SearchCase {
    /// Filters, and which numbers they should find.
    static func all(
        _ owner: UserID
    ) throws -> [(filter: ArtifactFilter, matches: @Sendable (Int) -> Bool)] {
        let middle = Instant(seconds: PlantedYears.start + 700 * PlantedYears.step)
        let late = Instant(seconds: PlantedYears.start + 1_200 * PlantedYears.step)
        return [
            (try ArtifactFilter(query: "common"), { _ in true }),
            (try ArtifactFilter(query: "early"), { $0 <= 50 }),
            (try ArtifactFilter(query: "ear"), { $0 <= 50 }),
            (try ArtifactFilter(query: "third"), { $0.isMultiple(of: 3) }),
            (try ArtifactFilter(query: "third hundredth"), { $0.isMultiple(of: 300) }),
            (try ArtifactFilter(query: "hundredth"), { $0.isMultiple(of: 100) }),
            (try ArtifactFilter(query: "missing"), { _ in false }),
            (try ArtifactFilter(query: "common", tags: ["red"]), { $0.isMultiple(of: 7) }),
            (
                try ArtifactFilter(query: "early", tags: ["red"]),
                { $0 <= 50 && $0.isMultiple(of: 7) }
            ),
            (
                try ArtifactFilter(query: "third", createdFrom: middle),
                {
                    $0 >= 700 && $0.isMultiple(of: 3)
                }
            ),
            (
                try ArtifactFilter(query: "hundredth", createdFrom: middle, createdTo: late),
                {
                    (700..<1_200).contains($0) && $0.isMultiple(of: 100)
                }
            ),
            (try ArtifactFilter(query: "early", author: owner), { $0 <= 50 }),
        ]
    }
}

/// One artifact a day from here on, over more than four years.
private enum PlantedYears {
    static let start: Int64 = 1_600_000_000
    static let step: Int64 = 86_400
}

extension Fixture {
    /// Plants numbered artifacts, a day apart: all are `common`, the first 50 `early`, every third
    /// and every hundredth say so, and every seventh has the tag `red`.
    fileprivate func plantYears(_ count: Int, in tenant: TestTenant) async throws {
        let owner = tenant.owner.caller.user.uuid
        _ = try await migrated.admin([
            """
            INSERT INTO artifacts (tenant_id, id, name, description, tags, created_by, created_at,
                updated_by, updated_at)
            SELECT \(tenant.id.uuid), gen_random_uuid(), 'no ' || n, concat_ws(' ', 'common',
                    CASE WHEN n <= 50 THEN 'early' END, CASE WHEN n % 3 = 0 THEN 'third' END,
                    CASE WHEN n % 100 = 0 THEN 'hundredth' END),
                CASE WHEN n % 7 = 0 THEN '{red}'::text[] ELSE '{}' END, \(owner),
                to_timestamp(\(PlantedYears.start) + n * \(PlantedYears.step)), \(owner), now()
            FROM generate_series(1::bigint, \(Int64(count))) AS n
            """,
            """
            INSERT INTO artifact_tags (tenant_id, tag, created_at, artifact_id)
            SELECT a.tenant_id, 'red', a.created_at, a.id FROM artifacts AS a
            WHERE a.tenant_id = \(tenant.id.uuid) AND 'red' = ANY (a.tags)
            """,
        ])
    }
}
