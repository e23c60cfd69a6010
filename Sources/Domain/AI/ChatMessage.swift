/// One turn of a conversation with a model.
package struct ChatMessage: Hashable, Sendable {
    package var role: Role
    package var content: String
    /// What the model asked to be run; only in its own turns.
    package var toolCalls: [ChatToolCall]
    /// Which of those calls this is the answer to; only in a tool's turn.
    package var toolCallID: String?

    package enum Role: String, CaseIterable, Hashable, Sendable {
        case system
        case user
        case assistant
        case tool
    }

    package init(
        _ role: Role,
        _ content: String,
        toolCalls: [ChatToolCall] = [],
        toolCallID: String? = nil
    ) {
        self.role = role
        self.content = content
        self.toolCalls = toolCalls
        self.toolCallID = toolCallID
    }
}

/// A function that the model asks the caller to run.
package struct ChatToolCall: Hashable, Sendable {
    package var id: String
    package var name: String
    /// JSON, as the model wrote it.
    package var arguments: String

    package init(id: String, name: String, arguments: String) {
        self.id = id
        self.name = name
        self.arguments = arguments
    }
}
