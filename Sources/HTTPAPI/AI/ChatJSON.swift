import Domain
import Operations

/// Answers of models as JSON and as events.
enum ChatJSON {
    static func answer(_ answer: ChatAnswer) -> JSON {
        [
            "id": JSON(answer.id), "model": .string(answer.model),
            "message": [
                "role": "assistant", "content": .string(answer.text),
                "tool_calls": .array(answer.toolCalls.map(call)),
            ],
            "finish_reason": .string(answer.finish.rawValue), "usage": use(answer.use),
            "incomplete_details": answer.cutBy.map { ["reason": .string($0.rawValue)] } ?? .null,
            "conversation_id": JSON(answer.conversation),
        ]
    }

    /// Tokens as the log of use has them: everything that was read and written, and how much of it
    /// was cached, written to a cache, and thought.
    static func use(_ use: ChatUse) -> JSON {
        [
            "input_tokens": .integer(use.tokens.read),
            "cached_tokens": .integer(use.tokens.cached),
            "cache_write_tokens": .integer(use.tokens.cacheWrite),
            "output_tokens": .integer(use.tokens.written),
            "reasoning_tokens": .integer(use.tokens.reasoning),
            "total_tokens": .integer(use.tokens.total),
            "cost_usd": JSON(nanoUSD: use.chargeNano), "estimated": .bool(use.isEstimated),
        ]
    }

    static func call(_ call: ChatToolCall) -> JSON {
        [
            "id": .string(call.id), "name": .string(call.name),
            "arguments": .string(call.arguments),
        ]
    }

    /// A part as events: `delta`, then `usage` and `done`, or `error`.
    static func events(_ part: ChatPart, requestID: String) -> [UInt8] {
        switch part {
        case .waiting: []
        case .text(let text): EventStream.event("delta", ["text": .string(text)])
        case .toolCall(let index, let id, let name, let arguments):
            EventStream.event(
                "delta",
                [
                    "tool_call": [
                        "index": .integer(Int64(index)), "id": JSON(id), "name": JSON(name),
                        "arguments": .string(arguments),
                    ]
                ]
            )
        case .finished(let answer):
            EventStream.event("usage", use(answer.use)) + EventStream.event("done", done(answer))
        case .failed(let error, let partial):
            (partial.map { EventStream.event("usage", use($0.use)) } ?? [])
                + EventStream.event("error", failure(error, requestID: requestID))
        }
    }

    private static func done(_ answer: ChatAnswer) -> JSON {
        [
            "id": JSON(answer.id), "model": .string(answer.model),
            "finish_reason": .string(answer.finish.rawValue),
            "conversation_id": JSON(answer.conversation),
        ]
    }

    /// In the words of a problem; what came before it is all there is.
    private static func failure(_ error: DomainError, requestID: String) -> JSON {
        [
            "error": .string(error.code.rawValue), "message": .string(error.message),
            "hint": JSON(error.hint), "partial": true, "call_id": JSON(error.call),
            "request_id": .string(requestID),
        ]
    }
}
