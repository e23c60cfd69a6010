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
    ///   - principal: A member needs `ai.conversation.read`; with a grant for one's own only, and
    ///     for a visitor, another one's looks missing.
    /// - Returns: The conversation.
    /// - Throws: Not found for one that is missing, another tenant's, or past its end.
    package func callAsFunction(
        _ id: ConversationID,
        by principal: CallPrincipal
    ) async throws -> ConversationEntry {
        let fetched = try await environment.database.fetch(
            ConversationReach.access(principal),
            ConversationStore.find(id, in: principal.tenant)
        )
        let entry = try fetched.rows.first.map(ConversationEntry.init)
        let reachesAll = fetched.authorization.map { $0.grant != .own } ?? false
        return try ConversationReach.check(entry, id, principal, reachesAll: reachesAll)
    }
}

/// Whose conversations somebody reaches.
enum ConversationReach {
    /// As whom somebody comes to the tables.
    static func access(_ principal: CallPrincipal) -> Access {
        switch principal {
        case .member(let caller): .tenant(caller, .aiConversationRead)
        case .visitor: principal.access
        }
    }

    /// What people say to a model is their own affair: another one's looks missing.
    static func check(
        _ entry: ConversationEntry?,
        _ id: ConversationID,
        _ principal: CallPrincipal,
        reachesAll: Bool
    ) throws(DomainError) -> ConversationEntry {
        guard let entry, reachesAll || entry.owner == principal.owner else {
            throw .notFound("conversation", id.description)
        }
        return entry
    }

    /// The same inside a transaction.
    static func check(
        _ entry: ConversationEntry?,
        _ id: ConversationID,
        _ principal: CallPrincipal,
        in scope: Scope
    ) throws -> ConversationEntry {
        let reachesAll = try principal.member != nil && scope.authorization().grant != .own
        return try check(entry, id, principal, reachesAll: reachesAll)
    }
}
