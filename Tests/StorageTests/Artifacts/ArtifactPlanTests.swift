import Domain
import Fixtures
import FoundationEssentials
import Operations
import Postgres
import Storage
import Testing

/// Each hot query finds its index below the wall.
@Suite struct ArtifactPlanTests {
    @Test func `lists of artifacts read their index`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant("acme", by: root)
            let beta = try await fixture.makeTenant("beta", by: root)
            try await fixture.plant(5_000, in: acme)
            try await fixture.plant(500, in: beta)
            _ = try await fixture.migrated.admin("ANALYZE artifacts")
            _ = try await fixture.migrated.admin("ANALYZE artifact_tags")
            for hot in try HotQuery.all(acme) {
                let plan = try await fixture.plan(hot.statement, as: acme.owner, .artifactRead)
                if hot.isBackward { #expect(plan.contains("Backward"), "\(hot.name): \(plan)") }
                for index in hot.indexes {
                    #expect(plan.contains(index), "\(hot.name): \(plan)")
                }
                #expect(!plan.contains("Seq Scan on artifact"), "\(hot.name): \(plan)")
                #expect(hot.sorts || !plan.contains("Sort"), "\(hot.name): \(plan)")
            }
        }
    }

    /// What the search's definer runs, with the role and the rights that it has.
    @Test(arguments: [("common", 0), ("commo", 0), ("rare", 1), ("rar", 1), ("missing", 1)])
    func `the search reads the words of rare ones and the dates of common ones`(
        word: String,
        scans: Int64
    ) async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            try await fixture.plant(20_000, in: acme)
            _ = try await fixture.migrated.admin("ANALYZE artifacts")
            let rows = try await fixture.migrated.admin([
                "SELECT set_config('role', 'ghostworks_search', true)",
                """
                SELECT id FROM app.newest_matches(\(acme.id.uuid), app.search_query(\(word)), NULL,
                    NULL, NULL, NULL, NULL, NULL, 250)
                """,
                """
                SELECT pg_stat_get_xact_numscans('artifacts_words_idx'::regclass) AS words,
                    pg_stat_get_xact_numscans('artifacts'::regclass) AS whole
                """,
            ])
            let expected = ["common": 250, "commo": 250, "rare": 200, "rar": 200][word] ?? 0
            #expect(rows[1].count == expected)
            let counts = try #require(rows[2].first)
            #expect(try counts.decode("words", as: Int64.self) == scans)
            #expect(try counts.decode("whole", as: Int64.self) == 0)
        }
    }
}

private struct HotQuery {
    let name: String
    let statement: SQL
    let indexes: [String]
    var sorts = false
    /// Whether the index is read from its end.
    var isBackward = false

    static func all(_ tenant: TestTenant) throws -> [HotQuery] {
        try lists(tenant) + reversed(tenant) + [
            HotQuery(
                name: "find",
                statement: ArtifactStore.find(ArtifactID(UUID()), in: tenant.id),
                indexes: ["artifacts_pkey"]
            ),
            HotQuery(
                name: "history",
                statement: try ArtifactStore.revisions(
                    of: ArtifactID(UUID()),
                    PageRequest(),
                    in: tenant.id
                ),
                indexes: ["artifacts_pkey", "artifact_revisions_default_pkey"],
                sorts: true
            ),
            HotQuery(
                name: "tags",
                statement: ArtifactStore.tags(prefix: "ra", reachedBy: nil, in: tenant.id),
                indexes: ["artifact_tags_pkey"],
                sorts: true
            ),
        ]
    }

    /// The same orders from the other end.
    private static func reversed(_ tenant: TestTenant) throws -> [HotQuery] {
        let id = UUID().uuidString
        let late = PagePosition(["1767226000000000", id])
        let cases: [(String, ArtifactFilter, PagePosition, String)] = [
            ("oldest", try ArtifactFilter(isReversed: true), late, "artifacts_created_at_idx"),
            (
                "unchanged", try ArtifactFilter(order: .recentlyUpdated, isReversed: true), late,
                "artifacts_updated_at_idx"
            ),
            (
                "last name", try ArtifactFilter(order: .name, isReversed: true),
                PagePosition(["name 3", id]), "artifacts_name_norm_idx"
            ),
        ]
        return try cases.map { name, filter, after, index in
            HotQuery(
                name: name,
                statement: try ArtifactStore.list(
                    filter,
                    PageRequest(after: after),
                    in: tenant.id
                ),
                indexes: [index],
                isBackward: true
            )
        }
    }

    private static func lists(_ tenant: TestTenant) throws -> [HotQuery] {
        let id = UUID().uuidString
        let late = PagePosition(["1767226000000000", id])
        let author = tenant.owner.caller.user
        let cases: [(String, ArtifactFilter, PagePosition?, [String], Bool)] = [
            ("newest", try ArtifactFilter(), nil, ["artifacts_created_at_idx"], false),
            ("newest, later", try ArtifactFilter(), late, ["artifacts_created_at_idx"], false),
            (
                "updated", try ArtifactFilter(order: .recentlyUpdated), late,
                ["artifacts_updated_at_idx"], false
            ),
            (
                "name", try ArtifactFilter(order: .name), PagePosition(["name 3", id]),
                ["artifacts_name_norm_idx"], false
            ),
            (
                "range",
                try ArtifactFilter(
                    createdFrom: Instant(seconds: 1_767_225_700),
                    createdTo: Instant(seconds: 1_767_225_800)
                ), nil, ["artifacts_created_at_idx"], false
            ),
            ("author", try ArtifactFilter(author: author), late, ["artifacts_"], false),
            (
                "deleted", try ArtifactFilter(deleted: true), late, ["artifacts_deleted_at_idx"],
                true
            ),
            (
                "tag", try ArtifactFilter(tags: ["common"]), late,
                ["artifact_tags_pkey", "artifacts_pkey"], false
            ),
            (
                "tags", try ArtifactFilter(tags: ["common", "rare"]), late,
                ["artifact_tags_pkey", "artifacts_pkey"], true
            ),
            ("search", try ArtifactFilter(query: "rare"), nil, ["artifacts_pkey"], true),
        ]
        return try cases.map { name, filter, after, indexes, sorts in
            HotQuery(
                name: name,
                statement: try ArtifactStore.list(
                    filter,
                    PageRequest(after: after),
                    in: tenant.id
                ),
                indexes: indexes,
                sorts: sorts
            )
        }
    }
}
