package import Domain
import Storage

/// Forgets what a model's provider was seen to bill beyond the most that calls may write.
///
/// The next calls hold what they ask for, and the first that takes more teaches it again.
package struct ResetOverhead: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: The model's.
    ///   - caller: An operator who may manage models.
    /// - Returns: The model; one of which nothing was learned as it was, and nothing is recorded.
    /// - Throws: Not found.
    package func callAsFunction(_ id: String, by caller: Caller) async throws -> AIModel {
        try await environment.database.write(.platform(caller, .platformAiManage)) { scope in
            let desk = CatalogueDesk(scope: scope)
            let before = try desk.model(id)
            let reset = CatalogueStore.resetOverhead(of: id)
            guard try scope.query(reset).first.map(CatalogueStore.isDone) == true else {
                return before
            }
            var changes = Changes()
            let old = before.overhead.map { JSONValue.integer($0) } ?? .null
            changes.note("overhead_tokens", from: old, to: .null)
            let after = try desk.model(id)
            _ = try scope.last([desk.record("ai.overhead_reset", .update, id, changes)])
            return after
        }
    }
}
