package import Domain
import Storage

/// The limits of the caller's workspace and what is taken of them.
package struct ListQuotas: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(by caller: TenantCaller) async throws -> [Quota] {
        let fetched = try await environment.database.fetch(
            .tenant(caller, .quotaRead),
            QuotaStore.list(caller.tenant)
        )
        return try fetched.rows.map(QuotaStore.quota)
    }
}
