package import Domain
import Storage

/// Reads one conversation, without its messages.
package struct FindConversation: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: Which.
    ///   - caller: Needs `ai.conversation.read`; with a grant for one's own only, another one's
    ///     looks missing.
    /// - Returns: The conversation.
    /// - Throws: Not found for one that is missing, another tenant's, or past its end.
    package func callAsFunction(
        _ id: ConversationID,
        by caller: TenantCaller
    ) async throws -> ConversationEntry {
        let fetched = try await environment.database.fetch(
            .tenant(caller, .aiConversationRead),
            ConversationStore.find(id, in: caller.tenant)
        )
        let entry = try fetched.rows.first.map(ConversationEntry.init)
        return try ConversationReach.check(entry, id, fetched.authorization, caller)
    }
}

/// Whose conversations somebody reaches.
enum ConversationReach {
    /// What people say to a model is their own affair: another one's looks missing.
    static func check(
        _ entry: ConversationEntry?,
        _ id: ConversationID,
        _ authorization: Authorization?,
        _ caller: TenantCaller
    ) throws(DomainError) -> ConversationEntry {
        guard let entry, authorization?.grant != .own || entry.user == caller.caller.user else {
            throw .notFound("conversation", id.description)
        }
        return entry
    }
}
