package import Domain
import Storage

/// A model that may be asked.
package struct ChatModelEntry: Hashable, Sendable {
    package let id: String
    package let provider: String
    /// Since when its price of now is its price.
    package let since: Instant
}

/// The models that may be asked.
package struct ListChatModels: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameter caller: Needs `ai.use`.
    /// - Returns: The offline provider's first, then by name.
    /// - Throws: The guard's refusal.
    package func callAsFunction(by caller: TenantCaller) async throws -> [ChatModelEntry] {
        let fetched = try await environment.database.fetch(
            .tenant(caller, .aiUse),
            ChatModelStore.active
        )
        return try fetched.rows.map(ChatModel.init).map { model in
            ChatModelEntry(id: model.id, provider: model.provider, since: model.since)
        }
    }
}
