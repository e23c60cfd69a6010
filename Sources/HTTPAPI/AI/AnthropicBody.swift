import Domain
import Operations

// DESIGN
//
// 1. What is not understood is passed over, because clients send more than they need; what would
//    make the answer another one than was asked for is refused by name.
// 2. Problems name the place in the client's own body: the system's words and the answers of tools,
//    which are messages of their own here, shift nothing.

/// A body in the form of Anthropic's messages.
enum AnthropicBody {
    static let shape = BodyShape(
        "AnthropicMessagesRequest",
        asked + [
            .required("max_tokens", .integer, "The most to write."),
            .optional("temperature", .number, "0 to 1."),
            .optional("top_p", .number, "0 to 1."),
            .optional("stop_sequences", .texts, "Up to 4 texts before which the answer ends."),
            .optional("stream", .boolean, "Whether to answer with server-sent events."),
        ] + refused.map { .optional($0, .any, "Refused: it is not supported here.") },
        ignoringOthers: true
    )

    /// The same without what concerns the answer.
    static let countShape = BodyShape(
        "AnthropicCountRequest",
        asked + refused.map { .optional($0, .any, "Refused: it is not supported here.") },
        ignoringOthers: true
    )

    private static let asked: [BodyField] = [
        .required("model", .text, "One of GET /ai/models."),
        .required("messages", .objects, "role (user, assistant), content (text, or blocks)."),
        .optional("system", .any, "What the model is told first: a text, or blocks of text."),
        .optional("tools", .objects, "name, description, input_schema; no other types."),
        .optional("tool_choice", .object, "Only of type auto."),
        .optional("thinking", .object, "Only of type disabled."),
    ]

    /// What would make the answer another one, and is nowhere to be had behind this door.
    private static let refused = [
        "top_k", "mcp_servers", "container", "context_management", "output_config",
        "output_format", "inference_geo",
    ]

    static func order(_ body: BodyFields) throws(DomainError) -> ChatOrder {
        try refuse(body)
        var messages: [ChatMessage] = []
        let system = try AnthropicBlocks.text(body["system"], at: "system")
        if !system.isEmpty { messages.append(ChatMessage(.system, system)) }
        for (index, item) in (body.list("messages") ?? []).enumerated() {
            messages += try AnthropicBlocks.messages(item, at: "messages[\(index)]")
        }
        var tools: [ChatTool] = []
        for (index, item) in (body.list("tools") ?? []).enumerated() {
            tools.append(try tool(item, at: "tools[\(index)]"))
        }
        return try ChatOrder(
            model: .named(try body.requiredText("model")),
            messages: messages,
            outputCap: body.integer("max_tokens"),
            parameters: try parameters(body),
            tools: tools
        )
    }

    private static func refuse(_ body: BodyFields) throws(DomainError) {
        var problems = refused.filter { name in
            body[name].map { $0 != .array([]) } ?? false
        }.map { FieldProblem($0, "is not supported here") }
        if let choice = body["tool_choice"],
            choice["type"] != .string("auto")
                || choice["disable_parallel_tool_use"] == .bool(true)
        {
            problems.append(FieldProblem("tool_choice", "must be of type auto"))
        }
        if let thinking = body["thinking"], thinking["type"] != .string("disabled") {
            problems.append(FieldProblem("thinking", "must be of type disabled"))
        }
        guard problems.isEmpty else { throw .invalid(problems) }
    }

    private static func parameters(_ body: BodyFields) throws(DomainError) -> ChatParameters {
        let temperature = body.number("temperature")
        if let temperature, !(0...1).contains(temperature) {
            throw .invalid("temperature", "must be 0 to 1")
        }
        let stop = body.texts("stop_sequences") ?? []
        guard stop.count <= 4, !stop.contains(where: \.isEmpty) else {
            throw .invalid("stop_sequences", "must be at most 4 texts that are not empty")
        }
        return ChatParameters(temperature: temperature, topP: body.number("top_p"), stop: stop)
    }

    private static func tool(_ item: JSONValue, at place: String) throws(DomainError) -> ChatTool {
        if let type = item["type"], type != .null, type != .string("custom") {
            throw .invalid("\(place).type", "must be custom: no tools are run here")
        }
        guard let name = item["name"]?.string else {
            throw .invalid("\(place).name", "is required")
        }
        guard let schema = item["input_schema"], case .object = schema else {
            throw .invalid("\(place).input_schema", "must be an object")
        }
        return ChatTool(
            name: name,
            description: item["description"]?.string ?? "",
            schema: schema.canonical
        )
    }
}

/// The contents of Anthropic's messages: a text, or a list of blocks.
enum AnthropicBlocks {
    /// A text, or blocks of text as paragraphs; nothing is an empty text.
    static func text(_ value: JSONValue?, at place: String) throws(DomainError) -> String {
        switch value {
        case nil, .null: return ""
        case .string(let text): return text
        case .array(let blocks):
            let texts = blocks.compactMap { paragraph($0) }
            guard texts.count == blocks.count else { break }
            return texts.joined(separator: "\n\n")
        default: break
        }
        throw .invalid(place, "must be a text or blocks of type text")
    }

    private static func paragraph(_ block: JSONValue) -> String? {
        block["type"] == .string("text") ? block["text"]?.string : nil
    }

    /// What one message says: its text with its calls of tools, or the answers of tools and a text.
    static func messages(
        _ item: JSONValue,
        at place: String
    ) throws(DomainError) -> [ChatMessage] {
        guard let role = ChatMessage.Role(rawValue: item["role"]?.string ?? ""),
            [.user, .assistant].contains(role)
        else { throw .invalid("\(place).role", "must be user or assistant") }
        var turn = Turn(role: role)
        if case .array(let blocks)? = item["content"] {
            for (index, block) in blocks.enumerated() {
                try turn.read(block, at: "\(place).content[\(index)]")
            }
        } else {
            turn.texts = [try text(item["content"], at: "\(place).content")]
        }
        let messages = turn.messages
        guard !messages.isEmpty else { throw .invalid("\(place).content", "must not be empty") }
        return messages
    }

    private struct Turn {
        let role: ChatMessage.Role
        var texts: [String] = []
        private var calls: [ChatToolCall] = []
        private var answers: [ChatMessage] = []

        init(role: ChatMessage.Role) { self.role = role }

        /// The answers of tools come first: they belong to what the model asked for before.
        var messages: [ChatMessage] {
            let text = texts.joined(separator: "\n\n")
            if text.isEmpty, calls.isEmpty { return answers }
            return answers + [ChatMessage(role, text, toolCalls: calls)]
        }

        mutating func read(_ block: JSONValue, at place: String) throws(DomainError) {
            switch (block["type"]?.string, role) {
            case ("text", _):
                guard let text = AnthropicBlocks.paragraph(block), !text.isEmpty else {
                    throw .invalid("\(place).text", "must not be empty")
                }
                texts.append(text)
            case ("tool_use", .assistant): calls.append(try call(block, at: place))
            case ("tool_result", .user): answers.append(try answer(block, at: place))
            default:
                let known = role == .user ? "text or tool_result" : "text or tool_use"
                throw .invalid("\(place).type", "must be \(known)")
            }
        }

        private func call(
            _ block: JSONValue,
            at place: String
        ) throws(DomainError) -> ChatToolCall {
            guard let id = block["id"]?.string, let name = block["name"]?.string,
                let input = block["input"], case .object = input
            else { throw .invalid(place, "must have id, name and input") }
            return ChatToolCall(id: id, name: name, arguments: input.canonical)
        }

        private func answer(
            _ block: JSONValue,
            at place: String
        ) throws(DomainError) -> ChatMessage {
            guard let id = block["tool_use_id"]?.string else {
                throw .invalid("\(place).tool_use_id", "is required")
            }
            let text = try AnthropicBlocks.text(block["content"], at: "\(place).content")
            // A tool that did its work without a word has answered, too.
            return ChatMessage(.tool, text.isEmpty ? "(nothing)" : text, toolCallID: id)
        }
    }
}
