import Domain
import Fixtures
import FoundationEssentials
import Operations
import Postgres
import Storage

extension Fixture {
    /// Plants artifacts of the tenant's owner: every one has the tag `common` and the word
    /// `common`, every hundredth `rare`.
    func plant(_ count: Int, in tenant: TestTenant) async throws {
        let owner = tenant.owner.caller.user.uuid
        _ = try await migrated.admin([
            """
            INSERT INTO artifacts (tenant_id, id, name, description, tags, created_by, created_at,
                updated_by, updated_at)
            SELECT \(tenant.id.uuid), gen_random_uuid(), 'name ' || n,
                'common word' || n || CASE WHEN n % 100 = 0 THEN ' rare' ELSE '' END,
                CASE WHEN n % 100 = 0 THEN '{common,rare}'::text[] ELSE '{common}' END, \(owner),
                '2026-01-01T00:00:00Z'::timestamptz + n * interval '1 second', \(owner),
                '2026-01-01T00:00:00Z'::timestamptz + n * interval '1 second'
            FROM generate_series(1, \(count)) AS n
            """,
            """
            INSERT INTO artifact_tags (tenant_id, tag, created_at, artifact_id)
            SELECT a.tenant_id, t.tag, a.created_at, a.id
            FROM artifacts AS a CROSS JOIN unnest(a.tags) AS t (tag)
            WHERE a.tenant_id = \(tenant.id.uuid)
            """,
        ])
    }

    /// The plan of a statement as the role of requests gets it, under a member's context.
    func plan(
        _ statement: SQL,
        as caller: TenantCaller,
        _ permission: Permission
    ) async throws
        -> String
    {
        let fetched = try await environment.database.fetch(
            .tenant(caller, permission),
            "EXPLAIN " + statement
        )
        return try fetched.rows.map { try $0.decode("QUERY PLAN") }.joined(separator: "\n")
    }
}
