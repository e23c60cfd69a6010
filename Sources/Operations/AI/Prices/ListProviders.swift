package import Domain
import Storage

/// Lists the providers of models.
package struct ListProviders: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameter caller: An operator who may manage models.
    /// - Returns: The providers by id.
    /// - Throws: `DomainError`, when the caller may not or the database cannot.
    package func callAsFunction(by caller: Caller) async throws -> [AIProvider] {
        let fetched = try await environment.database.fetch(
            .platform(caller, .platformAiManage),
            CatalogueStore.providers
        )
        return try fetched.rows.map(CatalogueStore.provider)
    }
}
