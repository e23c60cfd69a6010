package import Domain
import Storage

/// Finds one of the models that a member's calls may name.
package struct FindModel: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: As `ListModels` tells it.
    ///   - caller: Needs `ai.use`.
    /// - Returns: The model with what it costs now.
    /// - Throws: Not found, also for a model that is disabled; the guard's refusal.
    package func callAsFunction(_ id: String, by caller: TenantCaller) async throws -> AIModel {
        let fetched = try await environment.database.fetch(
            .tenant(caller, .aiUse),
            CatalogueStore.models(named: [id])
        )
        guard let model = try fetched.rows.first.map(CatalogueStore.model), model.status == .active
        else { throw DomainError.notFound("model", Validation.quotable(id)) }
        return model
    }
}
