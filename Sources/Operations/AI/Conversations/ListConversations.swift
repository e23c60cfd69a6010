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
    ///   - principal: A member needs `ai.conversation.read`, and with a grant for one's own only
    ///     sees the ones that they began, as a visitor does.
    /// - Returns: One page.
    /// - Throws: The guard's refusal.
    package func callAsFunction(
        page: PageRequest,
        by principal: CallPrincipal
    ) async throws -> Page<ConversationEntry> {
        let reached: Fetched
        switch principal {
        case .member(let caller):
            reached = try await environment.fetch(.aiConversationRead, by: caller) { user in
                try ConversationStore.page(
                    page,
                    of: user.map(ConversationOwner.member),
                    in: caller.tenant
                )
            }
        case .visitor:
            reached = try await environment.database.fetch(
                principal.access,
                ConversationStore.page(page, of: principal.owner, in: principal.tenant)
            )
        }
        return Page(
            surplus: try reached.rows.map(ConversationEntry.init),
            request: page,
            position: \.position
        )
    }
}
