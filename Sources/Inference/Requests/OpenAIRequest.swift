import Domain

/// Writes requests as OpenAI and the servers that follow it read them.
enum OpenAIRequest {
    /// - Throws: a failure that was not sent, for a tool whose schema is no JSON.
    static func body(
        _ model: String,
        _ request: ChatRequest,
        _ configuration: ModelProvider.Configuration
    ) throws(ProviderFailure) -> JSONValue {
        var body: [String: JSONValue] = [
            "model": .string(model),
            "messages": .array(request.messages.map(message)),
            configuration.limitField: .integer(request.maxOutputTokens),
        ]
        let parameters = request.parameters
        body["temperature"] = parameters.temperature.map { .number($0) }
        body["top_p"] = parameters.topP.map { .number($0) }
        body["seed"] = parameters.seed.map { .integer($0) }
        if !parameters.stop.isEmpty {
            body["stop"] = .array(parameters.stop.map { .string($0) })
        }
        if !request.tools.isEmpty { body["tools"] = .array(try tools(request.tools)) }
        if configuration.streams {
            body["stream"] = .bool(true)
            body["stream_options"] = .object(["include_usage": .bool(true)])
        }
        return .object(body)
    }

    private static func message(_ message: ChatMessage) -> JSONValue {
        var fields: [String: JSONValue] = ["role": .string(message.role.rawValue)]
        let saysNothing = message.content.isEmpty && !message.toolCalls.isEmpty
        fields["content"] = saysNothing ? .null : .string(message.content)
        fields["tool_call_id"] = message.toolCallID.map { .string($0) }
        if !message.toolCalls.isEmpty {
            fields["tool_calls"] = .array(
                message.toolCalls.map { call in
                    .object([
                        "id": .string(call.id),
                        "type": .string("function"),
                        "function": .object([
                            "name": .string(call.name), "arguments": .string(call.arguments),
                        ]),
                    ])
                }
            )
        }
        return .object(fields)
    }

    private static func tools(_ tools: [ChatTool]) throws(ProviderFailure) -> [JSONValue] {
        var values: [JSONValue] = []
        for tool in tools {
            values.append(
                .object([
                    "type": .string("function"),
                    "function": .object([
                        "name": .string(tool.name),
                        "description": .string(tool.description),
                        "parameters": try tool.parsedSchema(),
                    ]),
                ])
            )
        }
        return values
    }
}

extension ChatTool {
    /// - Throws: a failure that was not sent, for what is no JSON object.
    func parsedSchema() throws(ProviderFailure) -> JSONValue {
        let schema = try? JSONReader.read(Array(schema.utf8), from: .stored)
        guard let schema, schema.isObject else {
            throw ProviderFailure(
                .notSent,
                .badRequest,
                message: "The schema of a function is no JSON object."
            )
        }
        return schema
    }
}
