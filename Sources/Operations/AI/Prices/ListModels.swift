package import Domain
import Storage

/// Lists the models that a member's calls may name, with what they cost now.
package struct ListModels: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameter caller: Needs `ai.use`.
    /// - Returns: The models by id.
    /// - Throws: `DomainError`, when the caller may not or the database cannot.
    package func callAsFunction(by caller: TenantCaller) async throws -> [AIModel] {
        let fetched = try await environment.database.fetch(
            .tenant(caller, .aiUse),
            CatalogueStore.models(disabledToo: false)
        )
        return try fetched.rows.map(CatalogueStore.model)
    }

    /// - Parameter caller: An operator who may manage models; sees the disabled ones too.
    /// - Returns: The models by id.
    /// - Throws: `DomainError`, when the caller may not or the database cannot.
    package func callAsFunction(by caller: Caller) async throws -> [AIModel] {
        let fetched = try await environment.database.fetch(
            .platform(caller, .platformAiManage),
            CatalogueStore.models(disabledToo: true)
        )
        return try fetched.rows.map(CatalogueStore.model)
    }
}
