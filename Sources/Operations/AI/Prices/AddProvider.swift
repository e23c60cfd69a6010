package import Domain
import Storage

/// Lists a provider of models; its address and key are settings under the same id.
package struct AddProvider: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: The provider's name in the settings.
    ///   - name: What people call it; the id when nil.
    ///   - kind: How it is spoken to.
    ///   - caller: An operator who may manage models.
    /// - Returns: The provider.
    /// - Throws: `version_exists` for an id that is listed.
    package func callAsFunction(
        id: String,
        name: String?,
        kind: AIProvider.Kind,
        by caller: Caller
    ) async throws -> AIProvider {
        let id = try CatalogueName.check(id, field: "id", more: "-_", length: 1...50)
        let name = try Validation.text(name ?? id, field: "name", length: 1...100)
        return try await environment.database.write(.platform(caller, .platformAiManage)) {
            let desk = CatalogueDesk(scope: $0)
            try desk.require(CatalogueStore.addProvider(id, name: name, kind: kind), "provider", id)
            var changes = Changes()
            changes.note("name", from: .null, to: .string(name))
            changes.note("kind", from: .null, to: .string(kind.rawValue))
            _ = try $0.last([desk.record("ai.provider_added", .create, id, changes)])
            return AIProvider(id: id, name: name, kind: kind, status: .active)
        }
    }
}
