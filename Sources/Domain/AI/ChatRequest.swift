/// What a model is asked, in the terms that all providers share.
package struct ChatRequest: Hashable, Sendable {
    package var messages: [ChatMessage]
    /// The most tokens that the model may write.
    package var maxOutputTokens: Int64
    package var parameters: ChatParameters
    package var tools: [ChatTool]

    package init(
        messages: [ChatMessage],
        maxOutputTokens: Int64,
        parameters: ChatParameters = ChatParameters(),
        tools: [ChatTool] = []
    ) {
        self.messages = messages
        self.maxOutputTokens = maxOutputTokens
        self.parameters = parameters
        self.tools = tools
    }
}

/// How the model chooses its words; nil leaves the provider's own choice.
package struct ChatParameters: Hashable, Sendable {
    package var temperature: Double?
    package var topP: Double?
    package var stop: [String]
    package var seed: Int64?

    package init(
        temperature: Double? = nil,
        topP: Double? = nil,
        stop: [String] = [],
        seed: Int64? = nil
    ) {
        self.temperature = temperature
        self.topP = topP
        self.stop = stop
        self.seed = seed
    }
}

/// A function that the model may ask the caller to run.
package struct ChatTool: Hashable, Sendable {
    package var name: String
    package var description: String
    /// The arguments as a JSON schema, as text.
    package var schema: String

    package init(name: String, description: String, schema: String) {
        self.name = name
        self.description = description
        self.schema = schema
    }
}
