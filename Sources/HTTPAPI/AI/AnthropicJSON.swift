import Domain
import HTTPTypes
import Operations

/// Answers and errors in the form of Anthropic's messages.
enum AnthropicJSON {
    static func message(_ answer: ChatAnswer) -> JSON {
        var blocks: [JSON] = answer.text.isEmpty ? [] : [text(answer.text)]
        blocks += answer.toolCalls.map { call($0, input: input($0)) }
        return message(
            answer.id,
            answer.model,
            content: blocks,
            reason: .string(reason(answer.finish)),
            usage: usage(answer.use)
        )
    }

    /// The message before anything of it is there.
    static func beginning(_ id: AICallID, model: String) -> JSON {
        let nothing: JSON = ["input_tokens": 0, "output_tokens": 0]
        return message(id, model, content: [], reason: .null, usage: nothing)
    }

    private static func message(
        _ id: AICallID,
        _ model: String,
        content: [JSON],
        reason: JSON,
        usage: JSON
    ) -> JSON {
        [
            "id": .string("msg_\(id)"), "type": "message", "role": "assistant",
            "model": .string(model), "content": .array(content), "stop_reason": reason,
            "stop_sequence": .null, "usage": usage,
        ]
    }

    static func text(_ text: String) -> JSON { ["type": "text", "text": .string(text)] }

    static func call(_ call: ChatToolCall, input: JSON) -> JSON {
        [
            "type": "tool_use", "id": .string(call.id), "name": .string(call.name),
            "input": input,
        ]
    }

    /// What a tool is to be run with; what is no object is kept as its text.
    private static func input(_ call: ChatToolCall) -> JSON {
        let text = call.arguments.isEmpty ? "{}" : call.arguments
        let value = try? JSONReader.read(Array(text.utf8), from: .answer)
        guard let value, case .object = value else {
            return ["INVALID_JSON": .string(call.arguments)]
        }
        return .value(value)
    }

    /// The same as the text of a stream.
    static func inputText(_ call: ChatToolCall) -> String {
        String(decoding: input(call).bytes, as: UTF8.self)
    }

    static func reason(_ finish: ChatEvent.FinishReason) -> String {
        switch finish {
        case .stop: "end_turn"
        case .length: "max_tokens"
        case .toolCalls: "tool_use"
        case .contentFilter: "refusal"
        }
    }

    /// With Anthropic's members, and what it cost.
    static func usage(_ use: ChatUse) -> JSON {
        [
            "input_tokens": .integer(use.tokens.input),
            "cache_creation_input_tokens": .integer(use.tokens.cacheWrite),
            "cache_read_input_tokens": .integer(use.tokens.cached),
            "output_tokens": .integer(use.tokens.written),
            "cost_usd": JSON(nanoUSD: use.chargeNano),
        ]
    }

    /// An error as Anthropic's clients read it; the code is where they look for the cause.
    static func error(
        _ error: DomainError,
        status: HTTPResponse.Status,
        requestID: String
    ) -> JSON {
        [
            "type": "error",
            "error": [
                "type": .string(kind(status)),
                "message": .string(error.hint.map { "\(error.message) \($0)" } ?? error.message),
                "details": ["error_code": .string(error.code.rawValue)],
            ],
            "request_id": .string(requestID),
        ]
    }

    private static func kind(_ status: HTTPResponse.Status) -> String {
        switch status.code {
        case 401: "authentication_error"
        case 402: "billing_error"
        case 403: "permission_error"
        case 404: "not_found_error"
        case 409: "conflict_error"
        case 413: "request_too_large"
        case 429: "rate_limit_error"
        case 503: "overloaded_error"
        case 408, 504: "timeout_error"
        case 500...: "api_error"
        default: "invalid_request_error"
        }
    }
}

extension ProblemShape {
    /// The status that clients of the shape know for an error.
    ///
    /// - Parameters:
    ///   - code: What went wrong.
    ///   - own: The status of it everywhere else.
    /// - Returns: Anthropic's clients take a model that is not there for not found, and whatever is
    ///   wrong in a body for a bad request.
    func status(of code: DomainError.Code, own: HTTPResponse.Status) -> HTTPResponse.Status {
        switch self {
        case .own, .openAI: own
        case .anthropic where code == .modelNotAllowed: .notFound
        case .anthropic: own == .unprocessableContent ? .badRequest : own
        }
    }
}
