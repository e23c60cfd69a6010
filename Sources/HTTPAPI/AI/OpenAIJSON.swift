import Domain
import HTTPTypes
import Operations

/// How a route's errors look.
enum ProblemShape: Sendable {
    /// As everywhere here.
    case own
    /// As clients of OpenAI's interface expect them, with the members of a problem beside them.
    case openAI
    /// As clients of Anthropic's interface expect them, with their statuses.
    case anthropic
}

/// Answers in the form of OpenAI's chat completions.
enum OpenAIJSON {
    static func completion(_ answer: ChatAnswer, at now: Instant) -> JSON {
        [
            "id": .string(name(answer.id)), "object": "chat.completion",
            "created": .integer(now.seconds), "model": .string(answer.model),
            "choices": [
                [
                    "index": 0,
                    "message": message(answer),
                    "logprobs": .null,
                    "finish_reason": .string(answer.finish.rawValue),
                ]
            ],
            "usage": usage(answer.use),
        ]
    }

    private static func message(_ answer: ChatAnswer) -> JSON {
        let text: JSON = [
            "role": "assistant",
            "content": answer.text.isEmpty && !answer.toolCalls.isEmpty
                ? .null : .string(answer.text),
            "refusal": .null,
        ]
        guard !answer.toolCalls.isEmpty else { return text }
        return text.adding([("tool_calls", .array(answer.toolCalls.map(call)))])
    }

    private static func call(_ call: ChatToolCall) -> JSON {
        [
            "id": .string(call.id), "type": "function",
            "function": ["name": .string(call.name), "arguments": .string(call.arguments)],
        ]
    }

    /// With OpenAI's members, and what it cost.
    static func usage(_ use: ChatUse) -> JSON {
        [
            "prompt_tokens": .integer(use.tokens.read),
            "completion_tokens": .integer(use.tokens.written),
            "total_tokens": .integer(use.tokens.total),
            "prompt_tokens_details": ["cached_tokens": .integer(use.tokens.cached)],
            "completion_tokens_details": ["reasoning_tokens": .integer(use.tokens.reasoning)],
            "cost_usd": JSON(nanoUSD: use.chargeNano),
        ]
    }

    static func name(_ id: AICallID) -> String { "chatcmpl-\(id)" }

    static func model(_ model: AIModel) -> JSON {
        [
            "id": .string(model.id), "object": "model",
            "created": .integer(model.madeAt.seconds),
            "owned_by": .string(model.provider),
        ]
    }

    /// An error as OpenAI's clients read it; `own` is the same as a problem.
    static func problem(_ problem: Problem, beside own: JSON) -> JSON {
        guard case .object(let members) = own else { return own }
        let others = members.filter { $0.0 != "error" }
        return .object([("error", error(problem.error, status: problem.status))] + others)
    }

    static func error(_ error: DomainError, status: HTTPResponse.Status) -> JSON {
        var field: String?
        if case .invalid(let problems) = error.kind { field = problems.first?.field }
        return [
            "message": .string(error.hint.map { "\(error.message) \($0)" } ?? error.message),
            "type": .string(kind(error, status)), "param": JSON(field),
            "code": .string(error.code.rawValue),
        ]
    }

    private static func kind(_ error: DomainError, _ status: HTTPResponse.Status) -> String {
        switch status.code {
        case 401: "authentication_error"
        case 403: "permission_error"
        case 429 where [.aiBudgetExceeded, .aiBudgetExhausted].contains(error.code):
            "insufficient_quota"
        case 429: "rate_limit_error"
        case 500...: "server_error"
        default: "invalid_request_error"
        }
    }
}

/// The pieces of one streamed answer, in the form of OpenAI's chunks.
struct OpenAIChunks: Sendable {
    let id: AICallID
    /// As the client named it, until it is known which one answers.
    let model: String
    let created: Instant
    /// Whether a chunk with the use was asked for.
    let withUsage: Bool

    /// What ends every stream that did not fail.
    private static let done = Array("data: [DONE]\n\n".utf8)

    func events(_ part: ChatPart) -> [UInt8] {
        switch part {
        case .waiting: []
        case .text(let text): chunk(["role": "assistant", "content": .string(text)])
        case .toolCall(let index, let id, let name, let arguments):
            chunk([
                "role": "assistant",
                "tool_calls": [Self.call(index, id, name, arguments)],
            ])
        case .finished(let answer): ending(answer)
        case .failed(let error, _):
            EventStream.data([
                "error": OpenAIJSON.error(error, status: Problem.status(of: error))
            ])
        }
    }

    private static func call(
        _ index: Int,
        _ id: String?,
        _ name: String?,
        _ arguments: String
    ) -> JSON {
        let function: JSON = ["arguments": .string(arguments)]
        let call: JSON = [
            "index": .integer(Int64(index)),
            "function": name.map { function.adding([("name", .string($0))]) } ?? function,
        ]
        return id.map { call.adding([("id", .string($0)), ("type", "function")]) } ?? call
    }

    private func ending(_ answer: ChatAnswer) -> [UInt8] {
        var bytes = chunk([:], finish: answer.finish.rawValue)
        if withUsage {
            bytes += EventStream.data(
                head.adding([("choices", []), ("usage", OpenAIJSON.usage(answer.use))])
            )
        }
        return bytes + Self.done
    }

    private func chunk(_ delta: JSON, finish: String? = nil) -> [UInt8] {
        let choice: JSON = [
            "index": 0, "delta": delta, "logprobs": .null, "finish_reason": JSON(finish),
        ]
        return EventStream.data(head.adding([("choices", [choice])]))
    }

    private var head: JSON {
        [
            "id": .string(OpenAIJSON.name(id)), "object": "chat.completion.chunk",
            "created": .integer(created.seconds), "model": .string(model),
        ]
    }
}
