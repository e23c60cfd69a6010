package import Domain
import Storage

/// One page of what was said in a conversation, from the beginning.
package struct ListMessages: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: Of which conversation.
    ///   - page: Which part.
    ///   - principal: As for `FindConversation`.
    /// - Returns: One page.
    /// - Throws: Not found.
    package func callAsFunction(
        of id: ConversationID,
        page: PageRequest,
        by principal: CallPrincipal
    ) async throws -> Page<KeptMessage> {
        let tenant = principal.tenant
        let messages = try ConversationStore.messages(of: id, page, in: tenant)
        return try await environment.database.read(ConversationReach.access(principal)) { scope in
            let rows = try scope.batch([ConversationStore.find(id, in: tenant), messages])
            let entry = try rows[0].first.map(ConversationEntry.init)
            _ = try ConversationReach.check(entry, id, principal, in: scope)
            return Page(
                surplus: try rows[1].map(KeptMessage.init),
                request: page,
                position: \.position
            )
        }
    }
}
