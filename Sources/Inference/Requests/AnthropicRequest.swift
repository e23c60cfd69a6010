import Domain

/// Writes requests as Anthropic reads them.
enum AnthropicRequest {
    /// - Throws: a failure that was not sent, for JSON within the request that is none.
    static func body(
        _ model: String,
        _ request: ChatRequest,
        _ configuration: ModelProvider.Configuration
    ) throws(ProviderFailure) -> JSONValue {
        var body: [String: JSONValue] = [
            "model": .string(model),
            "messages": .array(try turns(request.messages)),
            "max_tokens": .integer(request.maxOutputTokens),
        ]
        let system = request.messages.filter { $0.role == .system && !$0.content.isEmpty }
        if !system.isEmpty {
            body["system"] = .string(system.map(\.content).joined(separator: "\n\n"))
        }
        let parameters = request.parameters
        // Its scale ends at 1, where that of others ends at 2.
        body["temperature"] = parameters.temperature.map { .number(min($0, 1)) }
        body["top_p"] = parameters.topP.map { .number($0) }
        if !parameters.stop.isEmpty {
            body["stop_sequences"] = .array(parameters.stop.map { .string($0) })
        }
        if !request.tools.isEmpty { body["tools"] = .array(try tools(request.tools)) }
        if configuration.streams { body["stream"] = .bool(true) }
        return .object(body)
    }

    /// Turns alternate: neighbours of one role become one turn, answers of tools are the user's.
    private static func turns(_ messages: [ChatMessage]) throws(ProviderFailure) -> [JSONValue] {
        var turns: [(role: String, blocks: [JSONValue])] = []
        for message in messages where message.role != .system {
            let role = message.role == .assistant ? "assistant" : "user"
            let blocks = try blocks(message)
            if turns.last?.role == role {
                turns[turns.count - 1].blocks += blocks
            } else if !blocks.isEmpty {
                turns.append((role, blocks))
            }
        }
        return turns.map {
            .object(["role": .string($0.role), "content": .array($0.blocks)])
        }
    }

    private static func blocks(_ message: ChatMessage) throws(ProviderFailure) -> [JSONValue] {
        if message.role == .tool {
            return [
                .object([
                    "type": .string("tool_result"),
                    "tool_use_id": .string(message.toolCallID ?? ""),
                    "content": .string(message.content),
                ])
            ]
        }
        var blocks: [JSONValue] = []
        if !message.content.isEmpty {
            blocks.append(
                .object(["type": .string("text"), "text": .string(message.content)])
            )
        }
        for call in message.toolCalls {
            let arguments = call.arguments.isEmpty ? "{}" : call.arguments
            let input = try? JSONReader.read(Array(arguments.utf8), from: .stored)
            guard let input, input.isObject else {
                throw ProviderFailure(
                    .notSent,
                    .badRequest,
                    message: "The arguments of a function call are no JSON object."
                )
            }
            blocks.append(
                .object([
                    "type": .string("tool_use"), "id": .string(call.id),
                    "name": .string(call.name), "input": input,
                ])
            )
        }
        return blocks
    }

    private static func tools(_ tools: [ChatTool]) throws(ProviderFailure) -> [JSONValue] {
        var values: [JSONValue] = []
        for tool in tools {
            values.append(
                .object([
                    "name": .string(tool.name),
                    "description": .string(tool.description),
                    "input_schema": try tool.parsedSchema(),
                ])
            )
        }
        return values
    }
}
