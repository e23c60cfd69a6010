import Domain
import Fixtures
import FoundationEssentials
import Postgres
import Storage
import Testing

@Suite struct TenantPlanTests {
    @Test(arguments: [
        (TenantFilter.Order.newest, "tenant_directory_created_at_idx"),
        (.name, "tenant_directory_name_norm_idx"),
    ])
    func `a page far down the list starts at its position, whichever end is first`(
        order: TenantFilter.Order,
        index: String
    ) async throws {
        try await MigratedDatabase.with { migrated in
            _ = try await migrated.admin(
                """
                INSERT INTO tenant_directory (slug, tenant_id, name, plan_id, created_at)
                SELECT 't-' || n, gen_random_uuid(), 'Name ' || n, 'free',
                    timestamptz '2026-01-01' + make_interval(mins => n)
                FROM generate_series(1, 5000) AS n
                """
            )
            _ = try await migrated.admin("ANALYZE tenant_directory")
            let id = UUID().uuidString
            let keys = order == .newest ? ["1767225700000000", id] : ["name 4", id]
            for isReversed in [false, true] {
                let statement = try TenantDirectory.page(
                    TenantFilter(order: order, isReversed: isReversed),
                    PageRequest(after: PagePosition(keys))
                )
                let plan = try await migrated.database.system(reason: .worker) { scope in
                    try scope.query("EXPLAIN " + statement)
                        .map { try $0.decode("QUERY PLAN", as: String.self) }
                }
                let way = isReversed ? " Backward" : ""
                #expect(plan.contains { $0.contains("Index Scan\(way) using \(index)") })
                #expect(plan.contains { $0.contains("Index Cond: (ROW(") })
                #expect(!plan.contains { $0.contains("Sort") })
            }
        }
    }

    @Test func `the tenants that cost most are found by an index`() async throws {
        try await MigratedDatabase.with { migrated in
            _ = try await migrated.admin(
                """
                WITH t AS (INSERT INTO tenant_directory (slug, tenant_id, name, plan_id)
                    SELECT 't-' || n, gen_random_uuid(), 'Name ' || n, 'free'
                    FROM generate_series(1, 5000) AS n RETURNING tenant_id)
                INSERT INTO tenant_stats (tenant_id, plan_id, ai_cost_nano)
                SELECT t.tenant_id, 'free', row_number() OVER () FROM t
                """
            )
            _ = try await migrated.admin("ANALYZE tenant_directory")
            _ = try await migrated.admin("ANALYZE tenant_stats")
            try await migrated.database.system(reason: .worker) { scope in
                let plan = try scope.query("EXPLAIN " + TenantDirectory.dearest(15))
                    .map { try $0.decode("QUERY PLAN", as: String.self) }
                #expect(plan.contains { $0.contains("Index Scan using tenant_stats_cost_idx") })
                #expect(!plan.contains { $0.contains("Sort") })
                let costs = try scope.query(TenantDirectory.dearest(15))
                    .map { try TenantDirectory.summary($0).figures?.aiCostNano }
                #expect(costs == (4_986...5_000).reversed().map { Int64($0) })
            }
        }
    }
}
