import Domain
import Operations

/// A body in the form of OpenAI's chat completions.
///
/// What is not understood is passed over, because clients send more than they need; what would
/// make the answer another one than was asked for is refused.
enum OpenAIBody {
    static let shape = BodyShape(
        "OpenAIChatRequest",
        [
            .required("model", .text, "One of GET /ai/models."),
            .required("messages", .objects, "role, content (text, or parts of text), …"),
            .optional("max_tokens", .integer, "The most to write; 1024 unless told."),
            .optional("max_completion_tokens", .integer, "The newer name of max_tokens."),
            .optional("temperature", .number, "0 to 2."),
            .optional("top_p", .number, "0 to 1."),
            .optional("n", .integer, "1."),
            .optional("stop", .any, "A text, or up to 4 texts."),
            .optional("seed", .integer, "For providers that can repeat themselves."),
            .optional("stream", .boolean, "Whether to answer with server-sent events."),
            .optional("stream_options", .object, "include_usage."),
            .optional("tools", .objects, "Functions that the model may ask to be run."),
            .optional("response_format", .object, "Only of type text."),
        ],
        ignoringOthers: true
    )

    static func order(_ body: BodyFields) throws(DomainError) -> ChatOrder {
        try refuse(body)
        var messages: [ChatMessage] = []
        for (index, item) in (body.list("messages") ?? []).enumerated() {
            messages.append(try message(item, at: "messages[\(index)]"))
        }
        var tools: [ChatTool] = []
        for (index, item) in (body.list("tools") ?? []).enumerated() {
            tools.append(try tool(item, at: "tools[\(index)]"))
        }
        return try ChatOrder(
            model: .named(try body.requiredText("model")),
            messages: messages,
            outputCap: body.integer("max_completion_tokens") ?? body.integer("max_tokens"),
            parameters: ChatParameters(
                temperature: body.number("temperature"),
                topP: body.number("top_p"),
                stop: try stop(body["stop"]),
                seed: body.integer("seed")
            ),
            tools: tools
        )
    }

    static func wantsUsage(_ body: BodyFields) -> Bool {
        body["stream_options"]?["include_usage"] == .bool(true)
    }

    private static func refuse(_ body: BodyFields) throws(DomainError) {
        if let count = body.integer("n"), count != 1 {
            throw .invalid("n", "must be 1: a request has one answer")
        }
        if let format = body["response_format"]?["type"], format != .string("text") {
            throw .invalid("response_format", "must be of type text")
        }
    }

    private static func stop(_ value: JSONValue?) throws(DomainError) -> [String] {
        switch value {
        case nil: return []
        case .string(let text): return [text]
        case .array(let items):
            let texts = items.compactMap(\.string)
            guard texts.count == items.count else { break }
            return texts
        default: break
        }
        throw .invalid("stop", "must be a text or a list of texts")
    }

    private static func message(
        _ item: JSONValue,
        at place: String
    ) throws(DomainError) -> ChatMessage {
        var calls: [ChatToolCall] = []
        if case .array(let items) = item["tool_calls"] {
            for item in items { calls.append(try call(item, at: place)) }
        }
        return ChatMessage(
            try role(item["role"], at: place),
            try text(item["content"], at: place),
            toolCalls: calls,
            toolCallID: item["tool_call_id"]?.string
        )
    }

    private static func role(
        _ value: JSONValue?,
        at place: String
    ) throws(DomainError) -> ChatMessage.Role {
        // The newer name of what the application says.
        if value == .string("developer") { return .system }
        guard let role = value?.string.flatMap(ChatMessage.Role.init) else {
            throw .invalid("\(place).role", "must be system, user, assistant or tool")
        }
        return role
    }

    private static func text(_ value: JSONValue?, at place: String) throws(DomainError) -> String {
        switch value {
        case nil, .null: return ""
        case .string(let text): return text
        case .array(let parts):
            let texts = parts.compactMap { part in
                part["type"] == .string("text") ? part["text"]?.string : nil
            }
            guard texts.count == parts.count else { break }
            return texts.joined()
        default: break
        }
        throw .invalid("\(place).content", "must be a text or parts of type text")
    }

    private static func call(
        _ item: JSONValue,
        at place: String
    ) throws(DomainError) -> ChatToolCall {
        guard let id = item["id"]?.string, let name = item["function"]?["name"]?.string,
            let arguments = item["function"]?["arguments"]?.string
        else { throw .invalid("\(place).tool_calls", "must have id, function.name and .arguments") }
        return ChatToolCall(id: id, name: name, arguments: arguments)
    }

    private static func tool(_ item: JSONValue, at place: String) throws(DomainError) -> ChatTool {
        guard let name = item["function"]?["name"]?.string else {
            throw .invalid("\(place).function.name", "is required")
        }
        return ChatTool(
            name: name,
            description: item["function"]?["description"]?.string ?? "",
            schema: (item["function"]?["parameters"] ?? .object([:])).canonical
        )
    }
}
