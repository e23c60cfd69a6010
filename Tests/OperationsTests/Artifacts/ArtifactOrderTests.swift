import Domain
import Fixtures
import Operations
import Postgres
import Testing

/// The orders of artifacts in both directions, beside a look at every row.
@Suite struct ArtifactOrderTests {
    @Test(arguments: ArtifactOrder.allCases, [1, 4, 7, 100])
    func `pages from both ends are what a look at every row gives`(
        order: ArtifactOrder,
        limit: Int
    ) async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            try await Self.plant(24, in: acme, fixture)
            for isReversed in [false, true] {
                for (deleted, tags) in [(false, []), (false, ["red"]), (true, []), (true, ["red"])]
                {
                    let filter = try ArtifactFilter(
                        tags: tags,
                        deleted: deleted,
                        order: order,
                        isReversed: isReversed
                    )
                    let pages = try await fixture.allPages(filter, limit: limit, by: acme.owner)
                    let seen = pages.flatMap(\.page.items).map { $0.id.description }
                    let all = try await Self.everything(filter, in: acme, fixture)
                    #expect(seen == all, "\(filter)")
                    #expect(!seen.isEmpty)
                }
            }
        }
    }

    /// Three share a moment of creation, four one of their change, five or so a name; every sixth
    /// was deleted, three at a time.
    private static func plant(
        _ count: Int,
        in tenant: TestTenant,
        _ fixture: Fixture
    ) async throws {
        let owner = tenant.owner.caller.user.uuid
        _ = try await fixture.migrated.admin([
            """
            INSERT INTO artifacts (tenant_id, id, name, tags, created_by, created_at, updated_by,
                updated_at, deleted_at)
            SELECT \(tenant.id.uuid), gen_random_uuid(), 'Name ' || n % 5,
                CASE WHEN n % 2 = 0 THEN '{red}'::text[] ELSE '{}' END, \(owner),
                timestamptz '2026-01-01' + n / 3 * interval '1 day', \(owner),
                timestamptz '2026-03-01' - n / 4 * interval '1 day',
                CASE WHEN n % 6 < 3 THEN timestamptz '2026-04-01' + n / 6 * interval '1 day' END
            FROM generate_series(1, \(Int32(count))) AS n
            """,
            """
            INSERT INTO artifact_tags (tenant_id, tag, created_at, artifact_id)
            SELECT a.tenant_id, 'red', a.created_at, a.id FROM artifacts AS a
            WHERE a.tenant_id = \(tenant.id.uuid) AND 'red' = ANY (a.tags)
              AND a.deleted_at IS NULL
            """,
        ])
    }

    /// Every row that fits, read at once and sorted here.
    private static func everything(
        _ filter: ArtifactFilter,
        in tenant: TestTenant,
        _ fixture: Fixture
    ) async throws -> [String] {
        let rows = try await fixture.migrated.admin(
            """
            SELECT id::text AS id, name_norm, created_at::text AS created,
                updated_at::text AS updated, deleted_at::text AS deleted
            FROM artifacts
            WHERE tenant_id = \(tenant.id.uuid) AND (deleted_at IS NOT NULL) = \(filter.deleted)
              AND tags @> \(filter.tags)
            """
        )
        let field =
            switch filter.order {
            case _ where filter.deleted: "deleted"
            case .newest: "created"
            case .recentlyUpdated: "updated"
            case .name: "name_norm"
            }
        let keys = try rows.map {
            (try $0.decode(field, as: String.self), try $0.decode("id", as: String.self))
        }
        let ids = keys.sorted(by: <).map(\.1)
        let startsSmall = (field == "name_norm") != filter.isReversed
        return startsSmall ? ids : ids.reversed()
    }
}
