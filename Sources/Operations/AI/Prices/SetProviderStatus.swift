package import Domain
import Storage

/// Lets calls go to a provider's models, or keeps them from all of them; calls in flight finish.
package struct SetProviderStatus: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: The provider's.
    ///   - status: What it shall be; its models keep their own status beside it.
    ///   - caller: An operator who may manage models.
    /// - Returns: The provider; one that was so already as it was, and nothing is recorded.
    /// - Throws: Not found.
    package func callAsFunction(
        _ id: String,
        _ status: CatalogueStatus,
        by caller: Caller
    ) async throws -> AIProvider {
        try await environment.database.write(.platform(caller, .platformAiManage)) { scope in
            let desk = CatalogueDesk(scope: scope)
            let provider = try desk.provider(id)
            let set = CatalogueStore.setProviderStatus(of: id, to: status)
            guard try scope.query(set).first.map(CatalogueStore.isDone) == true else {
                return provider
            }
            var changes = Changes()
            let old: CatalogueStatus = status == .active ? .disabled : .active
            changes.note("status", from: .string(old.rawValue), to: .string(status.rawValue))
            _ = try scope.last([
                desk.record("ai.provider_\(status.rawValue)", .update, id, changes)
            ])
            return AIProvider(
                id: provider.id,
                name: provider.name,
                kind: provider.kind,
                status: status
            )
        }
    }
}
