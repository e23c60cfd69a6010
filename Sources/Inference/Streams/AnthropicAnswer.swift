import Domain

/// Reads messages as Anthropic writes them.
struct AnthropicAnswer: AnswerDecoder {
    private(set) var isComplete = false
    private var usage: TokenUsage?
    /// The place of each block among the function calls.
    private var calls: [Int64: Int] = [:]

    mutating func read(
        _ event: ServerSentEvents.Event,
        into events: inout [ChatEvent]
    ) throws(AnswerFault) {
        let value = try JSONValue.answer(event.data)
        switch value["type"]?.text {
        case "message_start":
            events.append(.started(providerRequest: value["message"]?["id"]?.text))
            readUsage(value["message"]?["usage"], into: &events)
        case "content_block_start":
            guard let index = value["index"]?.tokens, let block = value["content_block"] else {
                throw Self.nameless
            }
            try start(block, at: index, arguments: "", into: &events)
        case "content_block_delta": try readDelta(value, into: &events)
        case "message_delta":
            readUsage(value["usage"], into: &events)
            Self.readEnd(value["delta"]?["stop_reason"], into: &events)
        case "message_stop": isComplete = true
        case "error": throw AnswerFault(error: value["error"] ?? .null)
        default: break
        }
    }

    mutating func read(
        whole answer: JSONValue,
        into events: inout [ChatEvent]
    ) throws(AnswerFault) {
        if let error = answer["error"] { throw AnswerFault(error: error) }
        guard case .array(let blocks)? = answer["content"] else {
            throw AnswerFault(.broken, "The provider's answer holds no message.")
        }
        events.append(.started(providerRequest: answer["id"]?.text))
        for (index, block) in blocks.enumerated() {
            let input = block["input"]?.canonical ?? "{}"
            try start(block, at: Int64(index), arguments: input, into: &events)
        }
        readUsage(answer["usage"], into: &events)
        Self.readEnd(answer["stop_reason"], into: &events)
        isComplete = true
    }

    private static let nameless = AnswerFault(
        .broken,
        "The provider names no block of its answer."
    )

    private mutating func start(
        _ block: JSONValue,
        at index: Int64,
        arguments: String,
        into events: inout [ChatEvent]
    ) throws(AnswerFault) {
        switch block["type"]?.text {
        case "text":
            if let text = block["text"]?.text { events.append(.text(text)) }
        case "tool_use":
            guard calls.count < 128 else {
                throw AnswerFault(.broken, "The provider sends too many function calls.")
            }
            let place = calls[index] ?? calls.count
            calls[index] = place
            events.append(
                .toolCall(
                    index: place,
                    id: block["id"]?.text,
                    name: block["name"]?.text,
                    arguments: arguments
                )
            )
        default: break
        }
    }

    private func readDelta(
        _ value: JSONValue,
        into events: inout [ChatEvent]
    ) throws(AnswerFault) {
        guard let index = value["index"]?.tokens, let delta = value["delta"] else {
            throw Self.nameless
        }
        if let text = delta["text"]?.text, delta["type"]?.text == "text_delta" {
            events.append(.text(text))
        }
        if let piece = delta["partial_json"]?.text, let place = calls[index] {
            events.append(.toolCall(index: place, id: nil, name: nil, arguments: piece))
        }
    }

    /// Counts come in parts: what a later part leaves out stays as it was.
    ///
    /// A part that cannot be believed is left out, all of it.
    private mutating func readUsage(_ value: JSONValue?, into events: inout [ChatEvent]) {
        let names = [
            "input_tokens", "output_tokens", "cache_read_input_tokens",
            "cache_creation_input_tokens",
        ]
        guard let value, value.isObject,
            names.allSatisfy({ JSONValue.tokens(value[$0]) != nil })
        else { return }
        var sum = usage ?? TokenUsage()
        sum.input = value["input_tokens"]?.tokens ?? sum.input
        sum.output = value["output_tokens"]?.tokens ?? sum.output
        sum.cached = value["cache_read_input_tokens"]?.tokens ?? sum.cached
        sum.cacheWrite = value["cache_creation_input_tokens"]?.tokens ?? sum.cacheWrite
        guard sum.total > 0 else { return }
        usage = sum
        events.append(.usage(sum))
    }

    private static func readEnd(_ word: JSONValue?, into events: inout [ChatEvent]) {
        switch word?.text {
        case nil: break
        case "max_tokens", "model_context_window_exceeded": events.append(.finished(.length))
        case "tool_use": events.append(.finished(.toolCalls))
        case "refusal": events.append(.finished(.contentFilter))
        default: events.append(.finished(.stop))
        }
    }
}
