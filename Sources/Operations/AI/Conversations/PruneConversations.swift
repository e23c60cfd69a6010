import Domain
import Storage

/// Deletes conversations and kept answers that are past their end.
package struct PruneConversations: Sendable {
    private static let batch = 500

    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Returns: How many were deleted; there may be more.
    @discardableResult
    package func callAsFunction() async throws -> Int {
        try await environment.database.system(reason: .worker) { scope in
            let rows = try scope.last([ConversationStore.prune(batch: Self.batch)])[0]
            return try rows.first.map(ConversationStore.pruned) ?? 0
        }
    }
}
