package import Domain
import Storage

/// Deletes a conversation with all that was said in it.
package struct DeleteConversation: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: Which.
    ///   - principal: As for `FindConversation`.
    /// - Throws: Not found.
    package func callAsFunction(_ id: ConversationID, by principal: CallPrincipal) async throws {
        let tenant = principal.tenant
        try await environment.database.write(ConversationReach.access(principal)) { scope in
            let found = try scope.query(ConversationStore.find(id, in: tenant)).first
            let entry = try ConversationReach.check(
                try found.map(ConversationEntry.init),
                id,
                principal,
                in: scope
            )
            var changes = Changes()
            changes.note("messages", from: .integer(Int64(entry.messageCount)), to: .null)
            let record = AuditEntry(
                action: "ai.conversation.deleted",
                operation: .delete,
                resourceType: "ai_conversation",
                resourceID: id.description,
                requestID: nil,
                changes: changes.canonical
            )
            _ = try scope.last(
                ConversationStore.delete(id, of: entry.owner, in: tenant)
                    + [scope.record(record)]
            )
        }
    }
}
