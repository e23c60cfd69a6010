package import Domain
import Storage

/// Lists a model; it needs a price before calls under a cost budget may use it.
package struct AddModel: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - new: The model's id, provider and sizes.
    ///   - caller: An operator who may manage models.
    /// - Returns: The model, without a price.
    /// - Throws: `version_exists` for an id that is listed, a validation error for a provider that
    ///   is not.
    package func callAsFunction(_ new: NewModel, by caller: Caller) async throws -> AIModel {
        try await environment.database.write(.platform(caller, .platformAiManage)) { scope in
            let providers = try scope.query(CatalogueStore.providers).map(CatalogueStore.provider)
            guard providers.contains(where: { $0.id == new.provider }) else {
                let known = providers.map(\.id).joined(separator: ", ")
                throw DomainError.invalid("provider", "must be one of \(known)")
            }
            let desk = CatalogueDesk(scope: scope)
            try desk.require(CatalogueStore.addModel(new), "model", new.id)
            var changes = Changes()
            changes.note("provider", from: .null, to: .string(new.provider))
            changes.note("context_tokens", from: .null, to: .integer(new.contextTokens))
            changes.note("max_output_tokens", from: .null, to: .integer(new.maxOutputTokens))
            let model = try desk.model(new.id)
            _ = try scope.last([desk.record("ai.model_added", .create, new.id, changes)])
            return model
        }
    }
}
