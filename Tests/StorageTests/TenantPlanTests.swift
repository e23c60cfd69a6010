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
    func `a page far down the list starts at its position`(
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
            let statement = try TenantDirectory.page(
                TenantFilter(order: order),
                PageRequest(after: PagePosition(keys))
            )
            let plan = try await migrated.database.system(reason: .worker) { scope in
                try scope.query("EXPLAIN " + statement)
                    .map { try $0.decode("QUERY PLAN", as: String.self) }
            }
            #expect(plan.contains { $0.contains("Index Scan using \(index)") })
            #expect(plan.contains { $0.contains("Index Cond: (ROW(") })
            #expect(!plan.contains { $0.contains("Sort") })
        }
    }
}
