package import Domain
import Storage

// DESIGN
//
// 1. A purge begins with a note on the tenant's row, in one transaction with a line in the
//    platform's trail. Opening the tenant again looks at that note under the lock of the same row.
// 2. Then rows go in batches, each a transaction of its own, table by table in the order of
//    `app.purges`. A process that ends in the middle leaves fewer rows for the next one.
// 3. Calls to models go last, by the way of `PruneCalls`, which keeps the books; the usage log
//    stays.
// 4. When no row is left, that is noted and told to the platform's trail, once.

/// Deletes the data of tenants that were closed long ago.
///
/// The tenant's own trail, its accounts and its owners stay.
package struct PurgeTenants: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// A turn goes on until about so many rows are gone; there may be more.
    package static let most = 5_000

    /// What one turn did.
    package struct Report: Hashable, Sendable {
        package var rows = 0
        /// The tenants of which nothing is left.
        package var finished: [TenantID] = []
    }

    /// - Parameters:
    ///   - days: How long after its closing the data of a tenant goes.
    ///   - batch: So many rows at once, of one table.
    ///   - most: About so many rows altogether.
    /// - Returns: What is gone.
    /// - Throws: A validation error for less than 62 days; when the database cannot.
    package func callAsFunction(
        closedForDays days: Int,
        batch: Int = 500,
        most: Int = Self.most
    ) async throws -> Report {
        let least = PruneCalls.leastDays
        guard (least...36_500).contains(days) else {
            throw DomainError.invalid("days", "must be \(least) to 36500")
        }
        var tenants = try await environment.database.system(reason: .worker) { scope in
            try PurgeStore.tenants(try scope.last([PurgeStore.due(days: days)])[0])
        }
        for tenant in tenants { try await begin(tenant, days) }
        var report = Report()
        // In rounds, so that a large tenant keeps no other waiting.
        while !tenants.isEmpty, report.rows < most {
            var unfinished: [TenantID] = []
            for tenant in tenants {
                guard let gone = try await remove(tenant, batch) else { continue }
                report.rows += gone
                if gone > 0 {
                    unfinished.append(tenant)
                } else if try await finish(tenant) {
                    report.finished.append(tenant)
                }
            }
            tenants = unfinished
        }
        return report
    }

    private func begin(_ tenant: TenantID, _ days: Int) async throws {
        try await environment.database.system(reason: .worker, tenant: tenant) { scope in
            guard try scope.change(PurgeStore.begin(tenant, days: days)) == 1 else { return }
            _ = try scope.last([Self.line("tenant.purge_begun", tenant, scope)])
        }
    }

    /// One batch, of calls to models when nothing else is left.
    ///
    /// Nil when the purge has not begun, or somebody else has it in hand.
    private func remove(_ tenant: TenantID, _ batch: Int) async throws -> Int? {
        let database = environment.database
        let gone = try await database.system(reason: .worker, tenant: tenant) { scope in
            try PurgeStore.gone(try scope.last([PurgeStore.purge(most: batch)])[0])
        }
        guard gone == 0 else { return gone }
        let prune = LedgerUpkeep.prune(days: PruneCalls.leastDays, most: batch)
        return try await database.system(reason: .aiGateway, tenant: tenant) { scope in
            try LedgerUpkeep.count(try scope.last([prune])[0])
        }
    }

    private func finish(_ tenant: TenantID) async throws -> Bool {
        try await environment.database.system(reason: .worker, tenant: tenant) { scope in
            guard try scope.change(PurgeStore.finish(tenant)) == 1 else { return false }
            _ = try scope.last([Self.line("tenant.purged", tenant, scope)])
            return true
        }
    }

    private static func line(_ action: String, _ tenant: TenantID, _ scope: Scope) -> Statement {
        scope.recordPlatform(
            AuditEntry(
                action: action,
                operation: .delete,
                resourceType: "tenant",
                resourceID: tenant.description,
                requestID: nil,
                changes: Changes().canonical
            )
        )
    }
}
