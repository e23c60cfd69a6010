package import Domain
import Storage

/// Lets calls name a model, or keeps them from it; calls in flight finish.
package struct SetModelStatus: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: The model's.
    ///   - status: What it shall be.
    ///   - caller: An operator who may manage models.
    /// - Returns: The model; one that was so already as it was, and nothing is recorded.
    /// - Throws: Not found.
    package func callAsFunction(
        _ id: String,
        _ status: CatalogueStatus,
        by caller: Caller
    ) async throws -> AIModel {
        try await environment.database.write(.platform(caller, .platformAiManage)) { scope in
            let desk = CatalogueDesk(scope: scope)
            let before = try desk.model(id)
            let set = CatalogueStore.setStatus(of: id, to: status)
            guard let line = try desk.set(set, "model", id, status) else { return before }
            let after = try desk.model(id)
            _ = try scope.last([line])
            return after
        }
    }
}
