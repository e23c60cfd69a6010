package import Domain
import Storage

/// Forgets all answers that a tenant keeps to give them again.
package struct ClearResponseCache: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameter caller: Needs `ai.route.manage`.
    /// - Returns: How many there were.
    /// - Throws: The guard's refusal.
    @discardableResult
    package func callAsFunction(by caller: TenantCaller) async throws -> Int {
        try await environment.database.write(.tenant(caller, .aiRouteManage)) { scope in
            let count = try scope.change(ResponseCacheStore.clear(caller.tenant))
            var changes = Changes()
            changes.note("answers", from: .integer(Int64(count)), to: .integer(0))
            let record = AuditEntry(
                action: "ai.cache.cleared",
                operation: .delete,
                resourceType: "ai_cache",
                resourceID: nil,
                requestID: nil,
                changes: changes.canonical
            )
            _ = try scope.last([scope.record(record)])
            return count
        }
    }
}
