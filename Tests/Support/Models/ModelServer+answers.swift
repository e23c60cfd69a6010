extension ModelServer.Step {
    /// The head of a stream.
    public static let stream = ModelServer.Step.head(200, ["Content-Type": "text/event-stream"])
    /// The head of an answer in one piece.
    public static let json = ModelServer.Step.head(200, ["Content-Type": "application/json"])

    /// One event of a stream of chat completions, with JSON as it stands.
    public static func data(_ json: String) -> ModelServer.Step {
        .text("data: \(json)\n\n")
    }

    /// One event of a stream of messages, with a name.
    public static func event(_ name: String, _ json: String) -> ModelServer.Step {
        .text("event: \(name)\ndata: \(json)\n\n")
    }

    /// A piece of a chat completion; the text must need no escapes.
    public static func piece(_ text: String) -> ModelServer.Step {
        .data(
            #"{"id":"chatcmpl-1","choices":[{"index":0,"delta":{"content":"\#(text)"},"#
                + #""finish_reason":null}],"usage":null}"#
        )
    }

    /// The end of a chat completion.
    public static func finish(_ reason: String = "stop") -> ModelServer.Step {
        .data(
            #"{"id":"chatcmpl-1","choices":[{"index":0,"delta":{},"finish_reason":"\#(reason)"}]}"#
        )
    }

    /// The count behind a chat completion.
    public static func usage(_ input: Int, _ output: Int) -> ModelServer.Step {
        .data(
            #"{"id":"chatcmpl-1","choices":[],"usage":{"prompt_tokens":\#(input),"#
                + #""completion_tokens":\#(output),"total_tokens":\#(input + output)}}"#
        )
    }

    /// Nothing follows.
    public static let done = ModelServer.Step.text("data: [DONE]\n\n")
}

extension ModelServer {
    /// A good stream of chat completions, which is billed.
    public static func answer(
        _ pieces: [String],
        input: Int = 10,
        output: Int = 5
    ) -> [Step] {
        [.stream, .bill(input + output)] + pieces.map { .piece($0) }
            + [.finish(), .usage(input, output), .done, .end]
    }

    /// A good answer in one piece, which is billed.
    public static func wholeAnswer(_ text: String, input: Int = 10, output: Int = 5) -> [Step] {
        let body =
            #"{"id":"chatcmpl-1","choices":[{"index":0,"message":{"role":"assistant","#
            + #""content":"\#(text)"},"finish_reason":"stop"}],"usage":{"#
            + #""prompt_tokens":\#(input),"completion_tokens":\#(output)}}"#
        return [.json, .bill(input + output), .text(body), .end]
    }

    /// A refusal as OpenAI words it.
    public static func refusal(
        _ status: Int,
        code: String = "some_error",
        headers: [String: String] = [:]
    ) -> [Step] {
        let all = headers.merging(["Content-Type": "application/json"]) { first, _ in first }
        return [
            .head(status, all),
            .text(#"{"error":{"message":"Secret words of a caller","code":"\#(code)"}}"#),
            .end,
        ]
    }

    /// The steps with their texts in pieces of so many bytes.
    public static func split(_ steps: [Step], every size: Int) -> [Step] {
        steps.flatMap { step -> [Step] in
            guard case .text(let text) = step else { return [step] }
            let bytes = Array(text.utf8)
            return stride(from: 0, to: bytes.count, by: size).map {
                .bytes(Array(bytes[$0..<min($0 + size, bytes.count)]))
            }
        }
    }
}
