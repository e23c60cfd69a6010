import Domain

/// Reads chat completions as OpenAI and the many servers that follow it write them.
struct OpenAIAnswer: AnswerDecoder {
    private(set) var isComplete = false

    mutating func read(
        _ event: ServerSentEvents.Event,
        into events: inout [ChatEvent]
    ) throws(AnswerFault) {
        if event.data.elementsEqual("[DONE]".utf8) {
            isComplete = true
            return
        }
        let chunk = try JSONValue.answer(event.data)
        try Self.refuseError(in: chunk)
        events.append(.started(providerRequest: chunk["id"]?.text))
        if let choice = Self.choice(of: chunk) {
            try Self.read(choice["delta"] ?? .null, into: &events)
            Self.readEnd(of: choice, into: &events)
        }
        if let usage = Self.usage(chunk["usage"]) { events.append(.usage(usage)) }
    }

    mutating func read(
        whole answer: JSONValue,
        into events: inout [ChatEvent]
    ) throws(AnswerFault) {
        try Self.refuseError(in: answer)
        guard let choice = Self.choice(of: answer), let message = choice["message"] else {
            throw AnswerFault(.broken, "The provider's answer holds no message.")
        }
        events.append(.started(providerRequest: answer["id"]?.text))
        try Self.read(message, into: &events)
        if let usage = Self.usage(answer["usage"]) { events.append(.usage(usage)) }
        Self.readEnd(of: choice, into: &events)
        isComplete = true
    }

    private static func refuseError(in chunk: JSONValue) throws(AnswerFault) {
        guard let error = chunk["error"], error != .null else { return }
        throw AnswerFault(error: error)
    }

    /// One answer is asked for, so others are none of ours.
    private static func choice(of chunk: JSONValue) -> JSONValue? {
        chunk["choices"]?.items.first { ($0["index"] ?? .integer(0)) == .integer(0) }
    }

    private static func read(
        _ message: JSONValue,
        into events: inout [ChatEvent]
    ) throws(AnswerFault) {
        for text in [message["content"]?.text, message["refusal"]?.text] {
            if let text { events.append(.text(text)) }
        }
        for (place, call) in (message["tool_calls"]?.items ?? []).enumerated() {
            let index = call["index"].map(\.tokens) ?? Int64(place)
            guard let index, (0..<128).contains(index) else {
                throw AnswerFault(.broken, "The provider numbers its function calls wrongly.")
            }
            events.append(
                .toolCall(
                    index: Int(index),
                    id: call["id"]?.text,
                    name: call["function"]?["name"]?.text,
                    arguments: call["function"]?["arguments"]?.text ?? ""
                )
            )
        }
    }

    private static func readEnd(of choice: JSONValue, into events: inout [ChatEvent]) {
        guard let word = choice["finish_reason"]?.text else { return }
        let reason = ChatEvent.FinishReason(rawValue: word)
        events.append(.finished(reason ?? (word == "function_call" ? .toolCalls : .stop)))
    }

    /// The provider's count, each kind once; nil for no count, or one that says nothing or cannot be
    /// believed.
    static func usage(_ value: JSONValue?) -> TokenUsage? {
        guard let value, let prompt = value["prompt_tokens"]?.tokens,
            let written = JSONValue.tokens(value["completion_tokens"]),
            let cached = JSONValue.tokens(value["prompt_tokens_details"]?["cached_tokens"]),
            let thought = JSONValue.tokens(
                value["completion_tokens_details"]?["reasoning_tokens"]
            ),
            prompt > 0 || written > 0
        else { return nil }
        // Most servers count thoughts among what was written, a few beside it.
        let isBeside =
            thought > written || value["total_tokens"]?.tokens == prompt + written + thought
        return TokenUsage(
            input: prompt - min(cached, prompt),
            output: isBeside ? written : written - thought,
            cached: min(cached, prompt),
            reasoning: thought
        )
    }
}
