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
            guard let line = try desk.set(set, "provider", id, status) else { return provider }
            let after = try desk.provider(id)
            _ = try scope.last([line])
            return after
        }
    }
}
