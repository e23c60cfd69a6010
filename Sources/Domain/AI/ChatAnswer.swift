/// A whole answer and what it took: what is shown, kept for a repetition, and cached.
package struct ChatAnswer: Hashable, Sendable {
    package var id: AICallID
    package var model: String
    package var text: String
    package var toolCalls: [ChatToolCall]
    package var finish: ChatEvent.FinishReason
    package var use: ChatUse
    package var conversation: ConversationID?
    /// Why it is not whole, where it ended before the model did.
    package var cutBy: DomainError.Code?

    package init(
        id: AICallID,
        model: String,
        text: String,
        toolCalls: [ChatToolCall] = [],
        finish: ChatEvent.FinishReason,
        use: ChatUse,
        conversation: ConversationID? = nil
    ) {
        self.id = id
        self.model = model
        self.text = text
        self.toolCalls = toolCalls
        self.finish = finish
        self.use = use
        self.conversation = conversation
    }
}

/// What a call took and cost.
package struct ChatUse: Hashable, Sendable {
    package var tokens: TokenUsage
    /// Nano-USD charged to the tenant.
    package var chargeNano: Int64
    /// Whether we counted because the provider did not.
    package var isEstimated: Bool

    package init(tokens: TokenUsage, chargeNano: Int64, isEstimated: Bool) {
        self.tokens = tokens
        self.chargeNano = chargeNano
        self.isEstimated = isEstimated
    }

    package static let nothing = ChatUse(tokens: TokenUsage(), chargeNano: 0, isEstimated: false)
}

/// What a reader of an answer gets, in order; `finished` or `failed` is the last one.
package enum ChatPart: Hashable, Sendable {
    case text(String)
    /// Nothing yet; the call goes on.
    case waiting
    /// The next piece of a function call: the first piece of an index has id and name.
    case toolCall(index: Int, id: String?, name: String?, arguments: String)
    case finished(ChatAnswer)
    /// `partial` is what was given until then, and what was paid for it; nil where nothing was.
    case failed(DomainError, partial: ChatAnswer?)

    /// Whether nothing follows.
    package var isLast: Bool {
        switch self {
        case .finished, .failed: true
        case .text, .toolCall, .waiting: false
        }
    }
}

extension ChatAnswer {
    /// The answer as it is stored.
    package var json: JSONValue {
        .object([
            "id": .string(id.description), "model": .string(model), "text": .string(text),
            "tool_calls": .array(toolCalls.map(\.json)), "finish": .string(finish.rawValue),
            "input": .integer(use.tokens.input), "output": .integer(use.tokens.output),
            "cached": .integer(use.tokens.cached),
            "cache_write": .integer(use.tokens.cacheWrite),
            "reasoning": .integer(use.tokens.reasoning), "charge": .integer(use.chargeNano),
            "estimated": .bool(use.isEstimated),
            "conversation": conversation.map { .string($0.description) } ?? .null,
        ])
    }

    /// Reads what `json` wrote; nil for anything else.
    package init?(_ json: JSONValue) {
        guard case .string(let id) = json["id"], let id = AICallID(id),
            case .string(let model) = json["model"], case .string(let text) = json["text"],
            case .string(let finish) = json["finish"],
            let finish = ChatEvent.FinishReason(rawValue: finish),
            case .array(let calls) = json["tool_calls"],
            let use = ChatUse(json)
        else { return nil }
        self.init(
            id: id,
            model: model,
            text: text,
            toolCalls: calls.compactMap(ChatToolCall.init),
            finish: finish,
            use: use,
            conversation: Self.conversation(json["conversation"])
        )
    }

    private static func conversation(_ json: JSONValue?) -> ConversationID? {
        if case .string(let text) = json { ConversationID(text) } else { nil }
    }
}

extension ChatUse {
    fileprivate init?(_ json: JSONValue) {
        func number(_ name: String) -> Int64? {
            if case .integer(let number) = json[name] { number } else { nil }
        }
        guard let input = number("input"), let output = number("output"),
            let cached = number("cached"), let cacheWrite = number("cache_write"),
            let reasoning = number("reasoning"), let charge = number("charge"),
            case .bool(let estimated) = json["estimated"]
        else { return nil }
        self.init(
            tokens: TokenUsage(
                input: input,
                output: output,
                cached: cached,
                cacheWrite: cacheWrite,
                reasoning: reasoning
            ),
            chargeNano: charge,
            isEstimated: estimated
        )
    }
}

extension ChatToolCall {
    /// The call as it is stored.
    package var json: JSONValue {
        .object(["id": .string(id), "name": .string(name), "arguments": .string(arguments)])
    }

    package init?(_ json: JSONValue) {
        guard case .string(let id) = json["id"], case .string(let name) = json["name"],
            case .string(let arguments) = json["arguments"]
        else { return nil }
        self.init(id: id, name: name, arguments: arguments)
    }
}
