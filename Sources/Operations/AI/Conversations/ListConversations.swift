package import Domain
import Storage

/// One page of the conversations that were kept, the newest first.
package struct ListConversations: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - page: Which part.
    ///   - caller: Needs `ai.conversation.read`; with a grant for one's own only, sees only the
    ///     ones that one began.
    /// - Returns: One page.
    /// - Throws: The guard's refusal.
    package func callAsFunction(
        page: PageRequest,
        by caller: TenantCaller
    ) async throws -> Page<ConversationEntry> {
        let reached = try await environment.fetch(.aiConversationRead, by: caller) { user in
            try ConversationStore.page(page, of: user, in: caller.tenant)
        }
        return Page(
            surplus: try reached.rows.map(ConversationEntry.init),
            request: page,
            position: \.position
        )
    }
}
