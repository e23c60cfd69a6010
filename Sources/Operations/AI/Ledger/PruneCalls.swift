import Domain
import Storage

/// Forgets calls to models of long ago, with their tries and what they held of which budget.
///
/// What they were charged stays: the usage log and its sums as they are, and the periods of budgets
/// carry it, so that the books go on to agree.
package struct PruneCalls: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// A turn goes on until it has forgotten about so many; there may be more.
    package static let most = 5_000

    /// Nothing younger is forgotten: as far as the daily reconciliation looks.
    package static let leastDays = 62

    /// Each batch is a transaction of its own.
    ///
    /// Left alone are calls that hold something, that a repeat may still ask for, and those of
    /// somebody under a legal hold.
    ///
    /// - Parameters:
    ///   - days: How old calls become.
    ///   - batch: So many at once, of one tenant.
    /// - Returns: How many it forgot.
    /// - Throws: A validation error for less than 62 days; when the database cannot.
    package func callAsFunction(olderThanDays days: Int, batch: Int = 500) async throws -> Int {
        guard (Self.leastDays...36_500).contains(days) else {
            throw DomainError.invalid("days", "must be \(Self.leastDays) to 36500")
        }
        var tenants = try await environment.database.system(reason: .aiGateway) { scope in
            try LedgerUpkeep.tenants(try scope.last([LedgerUpkeep.tenantsToPrune(days: days)])[0])
        }
        var forgotten = 0
        // In rounds, so that one tenant's past keeps no other waiting.
        while !tenants.isEmpty, forgotten < Self.most {
            var unfinished: [TenantID] = []
            for tenant in tenants {
                let count = try await prune(tenant, days, batch)
                forgotten += count
                if count == batch { unfinished.append(tenant) }
            }
            tenants = unfinished
        }
        return forgotten
    }

    private func prune(_ tenant: TenantID, _ days: Int, _ batch: Int) async throws -> Int {
        let statement = LedgerUpkeep.prune(days: days, most: batch)
        return try await environment.database.system(reason: .aiGateway, tenant: tenant) { scope in
            try LedgerUpkeep.count(try scope.last([statement])[0])
        }
    }
}
