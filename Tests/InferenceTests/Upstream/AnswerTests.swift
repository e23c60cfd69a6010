import Domain
import Inference
import Support
import Testing

@Suite struct AnswerTests {
    @Test func `a stream arrives whole, with the provider's count`() async throws {
        try await ModelServer.with(ModelServer.answer(["Hello", " there"])) { server in
            let outcome = try await server.provider().ask()
            #expect(outcome.failure == nil)
            #expect(outcome.text == "Hello there")
            #expect(outcome.usage == TokenUsage(input: 10, output: 5))
            #expect(outcome.events.first == .started(providerRequest: "chatcmpl-1"))
            #expect(server.billed == 15)
        }
    }

    @Test func `what is sent is what OpenAI expects`() async throws {
        try await ModelServer.with(ModelServer.answer(["x"])) { server in
            let request = ChatRequest(
                messages: [
                    ChatMessage(.system, "Be brief."), ChatMessage(.user, "Look \"up\"\n"),
                    ChatMessage(
                        .assistant,
                        "",
                        toolCalls: [ChatToolCall(id: "t", name: "look", arguments: "{}")]
                    ),
                    ChatMessage(.tool, "found", toolCallID: "t"),
                ],
                maxOutputTokens: 7,
                parameters: ChatParameters(temperature: 0.5, topP: 1, stop: ["END"], seed: 3),
                tools: [ChatTool(name: "look", description: "Looks.", schema: #"{"a":1}"#)]
            )
            _ = try await server.provider().ask(request)
            let sent = try #require(server.requests.first)
            #expect(sent.path == "/v1/chat/completions")
            #expect(sent.headers["authorization"] == "Bearer sk-test")
            #expect(sent.headers["accept"] == "text/event-stream")
            #expect(
                sent.body == #"{"max_tokens":7,"messages":["#
                    + #"{"content":"Be brief.","role":"system"},"#
                    + #"{"content":"Look \"up\"\n","role":"user"},"#
                    + #"{"content":null,"role":"assistant","tool_calls":[{"function":"#
                    + #"{"arguments":"{}","name":"look"},"id":"t","type":"function"}]},"#
                    + #"{"content":"found","role":"tool","tool_call_id":"t"}],"#
                    + #""model":"m","seed":3,"stop":["END"],"stream":true,"#
                    + #""stream_options":{"include_usage":true},"temperature":0.5,"#
                    + #""tools":[{"function":{"description":"Looks.","name":"look","#
                    + #""parameters":{"a":1}},"type":"function"}],"top_p":1}"#
            )
        }
    }

    @Test func `what is sent is what Anthropic expects`() async throws {
        try await ModelServer.with(Self.message) { server in
            let request = ChatRequest(
                messages: [
                    ChatMessage(.system, "Be brief."), ChatMessage(.user, "Look up"),
                    ChatMessage(
                        .assistant,
                        "",
                        toolCalls: [ChatToolCall(id: "t", name: "look", arguments: "{}")]
                    ),
                    ChatMessage(.tool, "found", toolCallID: "t"), ChatMessage(.user, "And?"),
                ],
                maxOutputTokens: 7,
                parameters: ChatParameters(temperature: 1.5, stop: ["END"]),
                tools: [ChatTool(name: "look", description: "Looks.", schema: #"{"a":1}"#)]
            )
            let outcome = try await server.provider(.anthropic, id: "anthropic")
                .ask(request, model: "anthropic/claude")
            #expect(outcome.text == "Hi")
            #expect(outcome.usage == TokenUsage(input: 9, output: 5))
            #expect(outcome.events.first == .started(providerRequest: "req-1"))
            let sent = try #require(server.requests.first)
            #expect(sent.path == "/v1/messages")
            #expect(sent.headers["x-api-key"] == "sk-test")
            #expect(sent.headers["anthropic-version"] == "2023-06-01")
            #expect(sent.headers["authorization"] == nil)
            #expect(
                sent.body == #"{"max_tokens":7,"messages":["#
                    + #"{"content":[{"text":"Look up","type":"text"}],"role":"user"},"#
                    + #"{"content":[{"id":"t","input":{},"name":"look","type":"tool_use"}],"#
                    + #""role":"assistant"},"#
                    + #"{"content":[{"content":"found","tool_use_id":"t","type":"tool_result"},"#
                    + #"{"text":"And?","type":"text"}],"role":"user"}],"#
                    + #""model":"claude","stop_sequences":["END"],"stream":true,"#
                    + #""system":"Be brief.","temperature":1,"tools":[{"description":"Looks.","#
                    + #""input_schema":{"a":1},"name":"look"}]}"#
            )
        }
    }

    private static let message: [ModelServer.Step] = [
        .head(200, ["Content-Type": "text/event-stream; charset=utf-8", "request-id": "req-1"]),
        .event(
            "message_start",
            #"{"type":"message_start","message":{"id":"m","usage":{"input_tokens":9}}}"#
        ),
        .event(
            "content_block_delta",
            #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}"#
        ),
        .event(
            "message_delta",
            #"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"#
                + #""usage":{"output_tokens":5}}"#
        ),
        .event("message_stop", #"{"type":"message_stop"}"#), .end,
    ]

    @Test func `a provider that does not stream answers in one piece`() async throws {
        try await ModelServer.with(ModelServer.wholeAnswer("Hello")) { server in
            let provider = try server.provider(streams: false)
            #expect(!provider.canStream)
            let outcome = await provider.ask()
            #expect(outcome.text == "Hello")
            #expect(outcome.usage == TokenUsage(input: 10, output: 5))
            #expect(server.requests.first?.body.contains("stream") == false)
        }
    }

    @Test func `a server that ignores the wish for a stream is understood`() async throws {
        try await ModelServer.with(ModelServer.wholeAnswer("Hello")) { server in
            let outcome = try await server.provider().ask()
            #expect(outcome.text == "Hello")
        }
    }

    @Test func `a server of one's own wants no key`() async throws {
        try await ModelServer.with(ModelServer.answer(["Hi"])) { server in
            let outcome = try await server.provider(key: nil).ask()
            #expect(outcome.text == "Hi")
            #expect(server.requests.first?.headers["authorization"] == nil)
        }
    }

    @Test(arguments: [1, 2, 7, 64])
    func `a stream may be split anywhere`(size: Int) async throws {
        let steps = ModelServer.split(ModelServer.answer(["H\u{E9}llo", " 😀"]), every: size)
        try await ModelServer.with(steps) { server in
            let outcome = try await server.provider().ask()
            #expect(outcome.text == "H\u{E9}llo 😀")
            #expect(outcome.usage == TokenUsage(input: 10, output: 5))
        }
    }

    @Test func `bytes that are no UTF-8 do not end an answer that is paid for`() async throws {
        let broken =
            Array(#"data: {"choices":[{"delta":{"content":"a"#.utf8) + [0xFF]
            + Array("b\"}}]}\n\n".utf8)
        let steps: [ModelServer.Step] = [.stream, .bytes(broken), .finish(), .done, .end]
        try await ModelServer.with(steps) { server in
            let outcome = try await server.provider().ask()
            #expect(outcome.text == "a\u{FFFD}b")
        }
    }

    @Test func `counts that come late, twice or never are told apart`() async throws {
        let never: [ModelServer.Step] = [.stream, .piece("Hi"), .finish(), .done, .end]
        try await ModelServer.with(never) { server in
            let outcome = try await server.provider().ask()
            #expect(outcome.usage == nil)
        }
        let twice: [ModelServer.Step] = [
            .stream, .usage(1, 1), .piece("Hi"), .finish(), .usage(3, 2), .usage(3, 2), .done, .end,
        ]
        try await ModelServer.with(twice) { server in
            let outcome = try await server.provider().ask()
            #expect(outcome.usage == TokenUsage(input: 3, output: 2))
        }
    }

    @Test func `what is repeated behind the end is not read`() async throws {
        let answer = ModelServer.answer(["Hi"]).dropLast()
        let steps = Array(answer) + answer.dropFirst(2) + [.end]
        try await ModelServer.with(steps) { server in
            let outcome = try await server.provider().ask()
            #expect(outcome.text == "Hi")
        }
    }

    @Test func `a connection is used again after an answer`() async throws {
        try await ModelServer.with(ModelServer.answer(["Hi"])) { server in
            let provider = try server.provider()
            // Not each of them: the next call does not wait for the end of the last connection.
            for _ in 0..<20 { #expect(await provider.ask().text == "Hi") }
            #expect(server.connections < 20)
        }
    }

    @Test func `many answers at once arrive whole, though their neighbours leave early`()
        async throws
    {
        let pieces = (0..<50).map { "word\($0) " }
        try await ModelServer.with(ModelServer.answer(pieces)) { server in
            let provider = try server.provider()
            let texts = try await withThrowingTaskGroup(of: String?.self) { group in
                for number in 0..<48 {
                    group.addTask {
                        if number % 3 > 0 { return await provider.ask().text }
                        var iterator = try await provider.begun().makeAsyncIterator()
                        for _ in 0..<number { _ = try await iterator.next() }
                        return nil
                    }
                }
                return try await group.reduce(into: [String?]()) { $0.append($1) }
            }
            #expect(texts.compactMap { $0 } == Array(repeating: pieces.joined(), count: 32))
            #expect(server.billed == 48 * 15)
        }
    }

    @Test func `vectors come in the order of the texts`() async throws {
        let body =
            #"{"data":[{"index":1,"embedding":[0,1]},{"index":0,"embedding":[1,0.5]}],"#
            + #""usage":{"prompt_tokens":4,"total_tokens":4}}"#
        try await ModelServer.with([.json, .text(body), .end]) { server in
            let provider = try server.provider()
            let answer = try await provider.embed("openai/e", ["a", "b"], .now + .seconds(60))
            #expect(answer.vectors == [[1, 0.5], [0, 1]])
            #expect(answer.usage == TokenUsage(input: 4))
            #expect(!answer.isEstimated)
            #expect(server.requests.first?.path == "/v1/embeddings")
            #expect(
                server.requests.first?.body
                    == #"{"encoding_format":"float","input":["a","b"],"model":"e"}"#
            )
        }
    }

    @Test(arguments: [
        #"{"data":[{"index":0,"embedding":[1]}]}"#, #"{"data":[]}"#, "{}", "no",
        #"{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}"#,
        #"{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1,2]}]}"#,
        #"{"data":[{"index":0,"embedding":["a"]},{"index":1,"embedding":[1]}]}"#,
    ])
    func `vectors that do not fit the texts are refused`(body: String) async throws {
        try await ModelServer.with([.json, .text(body), .end]) { server in
            let provider = try server.provider()
            let failure = await #expect(throws: ProviderFailure.self) {
                try await provider.embed("openai/e", ["a", "b"], .now + .seconds(60))
            }
            #expect(failure?.stage == .maybeBilled)
            #expect(failure?.reason == .broken)
        }
    }
}
