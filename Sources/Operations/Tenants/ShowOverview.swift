package import Domain
import Storage

/// The platform at a glance, for operators.
package struct ShowOverview: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(by caller: Caller) async throws -> PlatformOverview {
        let fetched = try await environment.database.fetch(
            .platform(caller, .platformTenantsRead),
            TenantDirectory.overview
        )
        guard let row = fetched.rows.first else {
            throw DomainError(.internal, .internalError, "The overview is empty.")
        }
        return try TenantDirectory.overview(row)
    }
}
