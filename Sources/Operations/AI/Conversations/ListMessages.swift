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
    ///   - caller: As for `FindConversation`.
    /// - Returns: One page.
    /// - Throws: Not found.
    package func callAsFunction(
        of id: ConversationID,
        page: PageRequest,
        by caller: TenantCaller
    ) async throws -> Page<KeptMessage> {
        let access = Access.tenant(caller, .aiConversationRead)
        let messages = try ConversationStore.messages(of: id, page, in: caller.tenant)
        return try await environment.database.read(access) { scope in
            let rows = try scope.batch([ConversationStore.find(id, in: caller.tenant), messages])
            let entry = try rows[0].first.map(ConversationEntry.init)
            _ = try ConversationReach.check(entry, id, try scope.authorization(), caller)
            return Page(
                surplus: try rows[1].map(KeptMessage.init),
                request: page,
                position: \.position
            )
        }
    }
}
