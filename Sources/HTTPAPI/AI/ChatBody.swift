import Domain
import HTTPTypes
import Operations

/// What a client asks of a model, as a body.
enum ChatBody {
    static let shape = BodyShape(
        "ChatRequest",
        [
            .optional(
                "messages",
                .objects,
                "What was said: role (system, user, assistant, tool), content, tool_calls, "
                    + "tool_call_id. Required without a prompt."
            ),
            .optional(
                "prompt",
                .object,
                "A prompt of the workspace: name, label or version (the newest unless told), and "
                    + "variables, a text for each."
            ),
        ] + common + [
            .optional("tools", .objects, "Functions: name, description, parameters (a schema).")
        ] + conversing
    )

    static let conversing: [BodyField] = [
        .optional("conversation_id", .text, "Goes on with a conversation that is kept."),
        .optional("remember", .boolean, "Keeps this as the first turn of a conversation."),
    ]

    static let completion = BodyShape(
        "CompletionRequest",
        [.required("prompt", .text, "The text that is to be answered.")] + common
    )

    private static let common: [BodyField] = [
        .optional("model", .text, "One of GET /ai/models; the usual one unless told."),
        .optional("route", .text, "A route of the workspace, in place of a model."),
        .optional("max_tokens", .integer, "The most to write; 1024 unless told."),
        .optional("temperature", .number, "0 to 2."),
        .optional("top_p", .number, "0 to 1."),
        .optional("stop", .texts, "Up to 4 texts before which the answer ends."),
        .optional("seed", .integer, "For providers that can repeat themselves."),
        .optional("purpose", .text, "A heading of the bill; chat unless told."),
        .optional("stream", .boolean, "Whether to answer with server-sent events."),
        .optional("cache", .boolean, "Whether an earlier answer to the same question will do."),
        .optional(
            "on_disconnect",
            .choice(ChatOptions.LeavePolicy.allCases.map(\.rawValue)),
            "What becomes of the call when the client goes; as the route says unless told, or cancel."
        ),
    ]

    static func order(_ body: BodyFields) throws(DomainError) -> ChatOrder {
        guard body["messages"] != nil || body["prompt"] != nil else {
            throw .invalid("messages", "is required")
        }
        var messages: [ChatMessage] = []
        for (index, item) in (body.list("messages") ?? []).enumerated() {
            messages.append(try message(item, at: "messages[\(index)]"))
        }
        var named: PromptOrder?
        if let item = body["prompt"] { named = try prompt(item) }
        return try order(body, messages: messages, prompt: named)
    }

    /// A text without a conversation.
    static func completion(_ body: BodyFields) throws(DomainError) -> ChatOrder {
        try order(body, messages: [ChatMessage(.user, try body.requiredText("prompt"))])
    }

    private static func order(
        _ body: BodyFields,
        messages: [ChatMessage],
        prompt: PromptOrder? = nil
    ) throws(DomainError) -> ChatOrder {
        var tools: [ChatTool] = []
        for (index, item) in (body.list("tools") ?? []).enumerated() {
            tools.append(try tool(item, at: "tools[\(index)]"))
        }
        return try ChatOrder(
            model: try model(body),
            messages: messages,
            prompt: prompt,
            outputCap: body.integer("max_tokens"),
            parameters: ChatParameters(
                temperature: body.number("temperature"),
                topP: body.number("top_p"),
                stop: body.texts("stop") ?? [],
                seed: body.integer("seed")
            ),
            tools: tools,
            purpose: body.text("purpose"),
            options: try options(body)
        )
    }

    private static func prompt(_ item: JSONValue) throws(DomainError) -> PromptOrder {
        let fields = try promptShape.check(item, at: "prompt")
        return try PromptOrder(
            name: fields.requiredText("name"),
            label: fields.text("label"),
            version: fields.integer("version"),
            values: PromptValues.read(fields["variables"], at: "prompt.variables")
        )
    }

    private static let promptShape = BodyShape(
        "ChatRequestPrompt",
        [
            .required("name", .text, "The prompt's."),
            .optional("label", .text, "The version that a label points at."),
            .optional("version", .integer, "The number of a version."),
            .optional("variables", .object, "A text for each variable of the version."),
        ]
    )

    private static func model(_ body: BodyFields) throws(DomainError) -> ChatOrder.ModelChoice {
        switch (body.text("model"), body.text("route")) {
        case (nil, nil): .usual
        case (let model?, nil): .named(model)
        case (nil, let route?): .route(route)
        case (_?, _?): throw .invalid("route", "must not be given beside model")
        }
    }

    static func conversation(
        _ body: BodyFields
    ) throws(DomainError) -> ChatOptions.Conversing {
        guard let text = body.text("conversation_id") else {
            return body.boolean("remember") == true ? .new : .none
        }
        guard let id = ConversationID(text) else {
            throw .notFound("conversation", String(text.prefix(100)))
        }
        return .continued(id)
    }

    private static func options(_ body: BodyFields) throws(DomainError) -> ChatOptions {
        ChatOptions(
            conversation: try conversation(body),
            usesCache: body.boolean("cache") ?? false,
            whenLeft: try body.choice("on_disconnect")
        )
    }

    /// One message: nothing but what is known may be in it.
    static func message(_ item: JSONValue, at place: String) throws(DomainError) -> ChatMessage {
        let fields = try messageShape.check(item, at: place)
        guard let role = ChatMessage.Role(rawValue: fields.text("role") ?? "") else {
            throw .invalid("\(place).role", "must be system, user, assistant or tool")
        }
        var calls: [ChatToolCall] = []
        for item in fields.list("tool_calls") ?? [] {
            guard let call = ChatToolCall(item) else {
                throw .invalid("\(place).tool_calls", "must have id, name and arguments as texts")
            }
            calls.append(call)
        }
        return ChatMessage(
            role,
            fields.text("content") ?? "",
            toolCalls: calls,
            toolCallID: fields.text("tool_call_id")
        )
    }

    private static let messageShape = BodyShape(
        "ChatRequestMessage",
        [
            .required("role", .choice(ChatMessage.Role.allCases.map(\.rawValue)), "Who says it."),
            .optional("content", .text, "What."),
            .optional("tool_calls", .objects, "What the model asked to be run."),
            .optional("tool_call_id", .text, "Which of those this answers."),
        ]
    )

    private static func tool(_ item: JSONValue, at place: String) throws(DomainError) -> ChatTool {
        let fields = try toolShape.check(item, at: place)
        return ChatTool(
            name: try fields.requiredText("name"),
            description: fields.text("description") ?? "",
            schema: (fields["parameters"] ?? .object([:])).canonical
        )
    }

    private static let toolShape = BodyShape(
        "ChatRequestTool",
        [
            .required("name", .text, "Its name."),
            .optional("description", .text, "What it does."),
            .optional("parameters", .object, "Its arguments as a JSON schema."),
        ]
    )
}

extension BodyShape {
    /// Holds a value inside a body against the shape; problems name where it is.
    fileprivate func check(_ value: JSONValue, at place: String) throws(DomainError) -> BodyFields {
        do {
            return try check(value)
        } catch {
            guard case .invalid(let problems) = error.kind else { throw error }
            throw .invalid(problems.map { FieldProblem("\(place).\($0.field)", $0.problem) })
        }
    }
}
