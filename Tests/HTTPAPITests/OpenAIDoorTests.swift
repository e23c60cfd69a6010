import Domain
import Fixtures
import HTTPTypes
import Operations
import Support
import Testing

@testable import HTTPAPI

/// The door in the form of OpenAI's interface.
struct `The door in OpenAI's form` {
    private static let path = "/api/v1/ai/openai/v1/chat/completions"

    private static func body(_ more: String = "") -> String {
        #"{"model":"mock/m","messages":[{"role":"user","content":"Hi"}],"user":"u"\#(more)}"#
    }

    @Test func `answers whole`() async throws {
        try await ChatAPI.with { chat in
            let json = try await chat.send(Self.body(), to: Self.path).json()
            #expect(json["object"] == .string("chat.completion"))
            #expect(json.at("choices", "0", "message", "content") == .string("Hello there"))
            #expect(json.at("choices", "0", "finish_reason") == .string("stop"))
            #expect(json.at("usage", "prompt_tokens") == .integer(10))
            #expect(json.at("usage", "total_tokens") == .integer(15))
        }
    }

    @Test func `answers in chunks`() async throws {
        try await ChatAPI.with { chat in
            let more = #","stream":true,"stream_options":{"include_usage":true}"#
            let events = try await chat.send(Self.body(more), to: Self.path).events()
            #expect(events.last?.name == "[DONE]")
            let contents = events.compactMap { $0.data.at("choices", "0", "delta", "content") }
            #expect(contents == [.string("Hello"), .string(" there")])
            #expect(events[2].data.at("choices", "0", "finish_reason") == .string("stop"))
            #expect(events[3].data.at("usage", "completion_tokens") == .integer(5))
            #expect(Set(events.dropLast().map { $0.data["object"] }).count == 1)
        }
    }

    @Test func `understands parts, roles and calls of functions`() async throws {
        let script: ModelServer.Script = { _, _ in
            [
                .stream,
                .data(
                    #"{"id":"c","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"#
                        + #""id":"t1","type":"function","function":{"name":"look","#
                        + #""arguments":"{\"a\":1}"}}]},"finish_reason":null}]}"#
                ),
                .finish("tool_calls"), .usage(9, 4), .done, .end,
            ]
        }
        try await ChatAPI.with(script: script) { chat in
            let body = """
                {"model":"mock/m","max_completion_tokens":50,"stop":"END","messages":[
                {"role":"developer","content":[{"type":"text","text":"Be brief."}]},
                {"role":"user","content":"Look"}],
                "tools":[{"type":"function","function":{"name":"look","parameters":{}}}]}
                """
            let json = try await chat.send(body, to: Self.path).json()
            let message = json.at("choices", "0", "message")
            #expect(message?["content"] == .null)
            #expect(message?.at("tool_calls", "0", "function", "name") == .string("look"))
            let sent = try #require(chat.server.requests.last?.body)
            #expect(sent.contains(#""role":"system""#) && sent.contains("Be brief."))
            #expect(sent.contains(#""stop":["END"]"#))
        }
    }

    @Test(arguments: [
        (#"{"model":"none","messages":[{"role":"user","content":"a"}]}"#, 422, "model_not_allowed"),
        (#"{"messages":[]}"#, 422, "validation_error"),
        (#"{"model":"mock/m","messages":[]}"#, 422, "validation_error"),
        (
            #"{"model":"mock/m","n":2,"messages":[{"role":"user","content":"a"}]}"#, 422,
            "validation_error"
        ),
        (
            #"{"model":"mock/m","messages":[{"role":"user","content":[{"type":"image_url"}]}]}"#,
            422,
            "validation_error"
        ),
        (#"{"model":"#, 400, "malformed_request"),
    ])
    func `says what is wrong in OpenAI's words`(
        body: String,
        status: Int,
        code: String
    ) async throws {
        try await ChatAPI.with { chat in
            let reply = try await chat.send(body, to: Self.path)
            #expect(reply.status == status, "\(reply.text)")
            let json = try reply.json()
            #expect(json.at("error", "code") == .string(code), "\(reply.text)")
            #expect(json.at("error", "type") == .string("invalid_request_error"))
            #expect(json["type"] == .string("urn:ghostworks:problem:\(code)"))
        }
    }

    @Test func `says what went wrong in the middle of a stream`() async throws {
        let script: ModelServer.Script = { _, _ in [.stream, .piece("Half"), .cut] }
        try await ChatAPI.with(script: script) { chat in
            let events = try await chat.send(Self.body(#","stream":true"#), to: Self.path)
                .events()
            #expect(events.count == 2)
            #expect(events[1].data.at("error", "code") == .string("provider_error"))
        }
    }

    @Test func `lists the models`() async throws {
        try await ChatAPI.with { chat in
            let reply = try await chat.api.send(
                .get,
                "/api/v1/ai/openai/v1/models",
                token: chat.token
            )
            guard case .array(let models) = try reply.json()["data"] else {
                Issue.record("\(reply.text)")
                return
            }
            let names = models.map { $0["id"] }
            #expect(names == ["mock/m", "offline/search", "offline/writer"].map { .string($0) })
        }
    }

    @Test func `finds a model by its name`() async throws {
        try await ChatAPI.with { chat in
            let path = "/api/v1/ai/openai/v1/models/"
            let reply = try await chat.api.send(.get, path + "mock%2Fm", token: chat.token)
            let json = try reply.json()
            #expect(json["id"] == .string("mock/m"), "\(reply.text)")
            #expect(json["object"] == .string("model"))
            #expect(json["owned_by"] == .string("mock"))
            let other = try await chat.api.send(.get, path + "none", token: chat.token)
            #expect(other.status == 404)
            #expect(try other.json().at("error", "code") == .string("not_found"))
        }
    }
}
