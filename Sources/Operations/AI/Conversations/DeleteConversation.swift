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
    ///   - caller: As for `FindConversation`.
    /// - Throws: Not found.
    package func callAsFunction(_ id: ConversationID, by caller: TenantCaller) async throws {
        try await environment.database.write(.tenant(caller, .aiConversationRead)) { scope in
            let found = try scope.query(ConversationStore.find(id, in: caller.tenant))
            let entry = try ConversationReach.check(
                try found.first.map(ConversationEntry.init),
                id,
                try scope.authorization(),
                caller
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
                ConversationStore.delete(id, of: entry.user, in: caller.tenant)
                    + [scope.record(record)]
            )
        }
    }
}
