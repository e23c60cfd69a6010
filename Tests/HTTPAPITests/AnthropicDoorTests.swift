import Domain
import Fixtures
import HTTPTypes
import Operations
import Support
import Testing

@testable import HTTPAPI

/// The door in the form of Anthropic's interface.
struct `The door in Anthropic's form` {
    private static let path = "/api/v1/ai/anthropic/v1/messages"

    private static func body(_ more: String = "") -> String {
        #"{"model":"mock/m","max_tokens":50,"messages":[{"role":"user","content":"Hi"}],"#
            + #""metadata":{"user_id":"u"}\#(more)}"#
    }

    @Test func `answers whole, and is in the books`() async throws {
        try await ChatAPI.with { chat in
            let reply = try await chat.send(Self.body(), to: Self.path + "?beta=true")
            let json = try reply.json()
            #expect(json["type"] == .string("message"), "\(reply.text)")
            #expect(json["role"] == .string("assistant"))
            #expect(json["model"] == .string("mock/m"))
            #expect(json.at("content", "0", "type") == .string("text"))
            #expect(json.at("content", "0", "text") == .string("Hello there"))
            #expect(json.at("content", "1") == nil)
            #expect(json["stop_reason"] == .string("end_turn"))
            #expect(json.at("usage", "input_tokens") == .integer(10))
            #expect(json.at("usage", "output_tokens") == .integer(5))
            let books = try await chat.books()
            #expect(books.used > 0 && books.held == 0)
        }
    }

    @Test func `answers in Anthropic's events`() async throws {
        try await ChatAPI.with { chat in
            let events = try await chat.send(Self.body(#","stream":true"#), to: Self.path)
                .events()
            #expect(
                events.map(\.name) == [
                    "message_start", "content_block_start", "content_block_delta",
                    "content_block_delta", "content_block_stop", "message_delta", "message_stop",
                ]
            )
            for (name, data) in events { #expect(data["type"] == .string(name)) }
            let start = events[0].data["message"]
            #expect(start?["content"] == .array([]) && start?["stop_reason"] == .null)
            #expect(events[1].data.at("content_block", "type") == .string("text"))
            let texts = events[2...3].map { $0.data.at("delta", "text") }
            #expect(texts == [.string("Hello"), .string(" there")])
            #expect(events[5].data.at("delta", "stop_reason") == .string("end_turn"))
            #expect(events[5].data.at("usage", "input_tokens") == .integer(10))
            #expect(events[5].data.at("usage", "output_tokens") == .integer(5))
        }
    }

    @Test func `counts tokens as the estimate and the hold do, and sends nothing`() async throws {
        try await ChatAPI.with { chat in
            let count = Self.path + "/count_tokens"
            let body =
                #"{"model":"mock/m","system":"Be brief.","stream":true,"messages":[{"role":"user","#
                + #""content":[{"type":"text","text":"Hi"}]}]}"#
            let reply = try await chat.send(body, to: count + "?beta=true")
            let tokens = try reply.json()["input_tokens"]
            let estimate = try await chat.send(
                #"{"model":"mock/m","messages":[{"role":"system","content":"Be brief."},"#
                    + #"{"role":"user","content":"Hi"}]}"#,
                to: "/api/v1/ai/estimate"
            )
            #expect(try tokens == estimate.json()["input_tokens"], "\(reply.text)")
            #expect(chat.server.requests.isEmpty)
            #expect(try await chat.calls() == [])
            // More than the model takes is counted, too.
            let long = String(repeating: "long ", count: 60_000)
            let most = try await chat.send(
                #"{"model":"mock/m","messages":[{"role":"user","content":"\#(long)"}]}"#,
                to: count
            )
            guard case .integer(let number) = try most.json()["input_tokens"] else {
                Issue.record("\(most.text.prefix(300))")
                return
            }
            #expect(number > 20_000)
        }
    }

    @Test(arguments: [
        (#"{"model":"none","messages":[{"role":"user","content":"a"}]}"#, 404, "not_found_error"),
        (#"{"model":"mock/m"}"#, 400, "invalid_request_error"),
        (#"{"model":"mock/m","messages":[]}"#, 400, "invalid_request_error"),
        (
            #"{"model":"mock/m","top_k":1,"messages":[{"role":"user","content":"a"}]}"#, 400,
            "invalid_request_error"
        ),
    ])
    func `counts nothing that would not be answered`(
        body: String,
        status: Int,
        kind: String
    ) async throws {
        try await ChatAPI.with { chat in
            let reply = try await chat.send(body, to: Self.path + "/count_tokens")
            #expect(reply.status == status, "\(reply.text)")
            #expect(try reply.json().at("error", "type") == .string(kind))
        }
    }

    @Test(arguments: [
        ("", ["mock/m", "offline/search", "offline/writer"], false),
        ("?limit=2", ["mock/m", "offline/search"], true),
        ("?limit=2&after_id=offline/search", ["offline/writer"], false),
        ("?after_id=offline%2Fwriter", [], false),
        ("?limit=1&before_id=offline/writer", ["offline/search"], true),
        ("?before_id=mock/m", [], false),
        ("?lifecycle%5B%5D=retired", [], false),
        ("?lifecycle%5B%5D=retired&lifecycle%5B%5D=active&beta=true&limit=1", ["mock/m"], true),
    ])
    func `lists the models by page`(query: String, ids: [String], hasMore: Bool) async throws {
        try await ChatAPI.with { chat in
            let path = "/api/v1/ai/anthropic/v1/models" + query
            let reply = try await chat.api.send(.get, path, token: chat.token)
            let json = try reply.json()
            guard case .array(let models) = json["data"] else {
                Issue.record("\(reply.text)")
                return
            }
            #expect(models.map { $0["id"] } == ids.map { .string($0) })
            #expect(json["has_more"] == .bool(hasMore))
            #expect(json["first_id"] == (ids.first.map { .string($0) } ?? .null))
            #expect(json["last_id"] == (ids.last.map { .string($0) } ?? .null))
        }
    }

    @Test(arguments: [
        "limit=0", "limit=1001", "limit=x", "after_id=none", "after_id=mock/m&before_id=mock/m",
    ])
    func `lists no page that there is not`(query: String) async throws {
        try await ChatAPI.with { chat in
            let path = "/api/v1/ai/anthropic/v1/models?" + query
            let reply = try await chat.api.send(.get, path, token: chat.token)
            #expect(reply.status == 400, "\(reply.text)")
            #expect(try reply.json().at("error", "type") == .string("invalid_request_error"))
        }
    }

    @Test func `finds a model by its name`() async throws {
        try await ChatAPI.with { chat in
            let path = "/api/v1/ai/anthropic/v1/models/"
            let reply = try await chat.api.send(.get, path + "mock%2Fm", token: chat.token)
            let json = try reply.json()
            #expect(json["type"] == .string("model"), "\(reply.text)")
            #expect(json["id"] == .string("mock/m"))
            #expect(json["display_name"] == .string("Mock"))
            #expect(json["created_at"] == .string("2025-01-01T00:00:00.000000Z"))
            #expect(json["max_input_tokens"] == .integer(20_000))
            #expect(json["max_tokens"] == .integer(8_000))
            let other = try await chat.api.send(.get, path + "none", token: chat.token)
            #expect(other.status == 404)
            #expect(try other.json().at("error", "type") == .string("not_found_error"))
        }
    }

    /// A model that wants a tool to be run.
    private static let looking: ModelServer.Script = { _, _ in
        [
            .stream,
            .data(
                #"{"id":"c","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"#
                    + #""id":"t2","type":"function","function":{"name":"look","#
                    + #""arguments":"{\"a\":1}"}}]},"finish_reason":null}]}"#
            ),
            .finish("tool_calls"), .usage(9, 4), .done, .end,
        ]
    }

    private static let conversation = """
        {"model":"mock/m","max_tokens":50,"system":[{"type":"text","text":"Be brief.",
        "cache_control":{"type":"ephemeral"}}],"stop_sequences":["END"],"temperature":1,
        "messages":[
        {"role":"user","content":[{"type":"text","text":"Look"},{"type":"text","text":"twice"}]},
        {"role":"assistant","content":[{"type":"text","text":"So I do."},
        {"type":"tool_use","id":"t1","name":"look","input":{"a":0}}]},
        {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1",
        "content":[{"type":"text","text":"Fog"}]},{"type":"text","text":"And?"}]}],
        "tools":[{"name":"look","description":"Looks.","input_schema":{"type":"object"}}],
        "tool_choice":{"type":"auto"},"thinking":{"type":"disabled"}
        """

    @Test func `understands blocks, the system's words and calls of tools`() async throws {
        try await ChatAPI.with(script: Self.looking) { chat in
            let json = try await chat.send(Self.conversation + "}", to: Self.path).json()
            #expect(json.at("content", "0", "type") == .string("tool_use"))
            #expect(json.at("content", "0", "name") == .string("look"))
            #expect(json.at("content", "0", "input", "a") == .integer(1))
            #expect(json["stop_reason"] == .string("tool_use"))
            let sent = try #require(chat.server.requests.last?.body)
            let asked = try JSONReader.read(Array(sent.utf8))
            #expect(asked.at("messages", "0", "role") == .string("system"))
            #expect(asked.at("messages", "0", "content") == .string("Be brief."))
            #expect(asked.at("messages", "1", "content") == .string("Look\n\ntwice"))
            let call = asked.at("messages", "2", "tool_calls", "0", "function")
            #expect(call?["arguments"] == .string(#"{"a":0}"#))
            #expect(asked.at("messages", "3", "role") == .string("tool"))
            #expect(asked.at("messages", "3", "content") == .string("Fog"))
            #expect(asked.at("messages", "4", "content") == .string("And?"))
            #expect(asked.at("tools", "0", "function", "name") == .string("look"))
            #expect(asked["stop"] == .array([.string("END")]))
        }
    }

    @Test func `sends a call of a tool as a block of its own`() async throws {
        try await ChatAPI.with(script: Self.looking) { chat in
            let body = Self.conversation + #","stream":true}"#
            let events = try await chat.send(body, to: Self.path).events()
            #expect(
                events.map(\.name) == [
                    "message_start", "content_block_start", "content_block_delta",
                    "content_block_stop", "message_delta", "message_stop",
                ]
            )
            #expect(events[1].data.at("content_block", "id") == .string("t2"))
            #expect(events[1].data.at("content_block", "input") == .object([:]))
            #expect(events[2].data.at("delta", "partial_json") == .string(#"{"a":1}"#))
            #expect(events[4].data.at("delta", "stop_reason") == .string("tool_use"))
        }
    }

    @Test(arguments: [
        ("", 400, "malformed_request"),
        (#","max_tokens":50"#, 400, "malformed_request"),
        (#","temperature":1.5"#, 400, "validation_error"),
        (#","top_k":5"#, 400, "validation_error"),
        (#","tool_choice":{"type":"any"}"#, 400, "validation_error"),
        (#","thinking":{"type":"enabled","budget_tokens":9000}"#, 400, "validation_error"),
        (#","stop_sequences":["a","b","c","d","e"]"#, 400, "validation_error"),
        (#","system":[{"type":"image"}]"#, 400, "validation_error"),
        (#","mcp_servers":[{"url":"https://far.example"}]"#, 400, "validation_error"),
        (
            #","tools":[{"type":"web_search_20250305","name":"web_search"}]"#, 400,
            "validation_error"
        ),
        (#","tools":[{"name":"look"}]"#, 400, "validation_error"),
    ])
    func `refuses by name what it does not support`(
        more: String,
        status: Int,
        code: String
    ) async throws {
        try await ChatAPI.with { chat in
            let body = more.isEmpty ? "{" : Self.body(more)
            let reply = try await chat.send(body, to: Self.path)
            try Self.expect(reply, status, "invalid_request_error", code)
            let field = more.prefix { $0 != ":" }.filter { $0.isLetter || $0 == "_" }
            if code == "validation_error" { #expect(reply.text.contains(field), "\(reply.text)") }
            #expect(chat.server.requests.isEmpty)
        }
    }

    private static func expect(
        _ reply: Reply,
        _ status: Int,
        _ kind: String,
        _ code: String
    ) throws {
        #expect(reply.status == status, "\(reply.text)")
        let json = try reply.json()
        #expect(json["type"] == .string("error"))
        #expect(json.at("error", "type") == .string(kind), "\(reply.text)")
        #expect(json.at("error", "details", "error_code") == .string(code), "\(reply.text)")
        #expect(json["request_id"] == reply.headers[.requestID].map { .string($0) })
    }

    @Test(arguments: [
        (#"{"role":"system","content":"Hi"}"#, "messages[1].role"),
        (#"{"role":"user","content":""}"#, "messages[1].content"),
        (#"{"role":"user","content":[]}"#, "messages[1].content"),
        (#"{"role":"user","content":7}"#, "messages[1].content"),
        (#"{"role":"user","content":[{"type":"text","text":""}]}"#, "messages[1].content[0].text"),
        (
            #"{"role":"user","content":[{"type":"image","source":{}}]}"#,
            "messages[1].content[0].type must be text or tool_result"
        ),
        (
            #"{"role":"assistant","content":[{"type":"tool_result","tool_use_id":"t"}]}"#,
            "messages[1].content[0].type must be text or tool_use"
        ),
        (
            #"{"role":"user","content":[{"type":"tool_result","content":"a"}]}"#,
            "messages[1].content[0].tool_use_id is required"
        ),
        (
            #"{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"n"}]}"#,
            "messages[1].content[0] must have id, name and input"
        ),
    ])
    func `names the place of what is wrong in a message`(
        message: String,
        words: String
    ) async throws {
        try await ChatAPI.with { chat in
            let body = """
                {"model":"mock/m","max_tokens":50,"system":"Be brief.",
                "messages":[{"role":"user","content":"Hi"},\(message)]}
                """
            let reply = try await chat.send(body, to: Self.path)
            try Self.expect(reply, 400, "invalid_request_error", "validation_error")
            #expect(reply.text.contains(words), "\(reply.text)")
        }
    }

    @Test func `has Anthropic's types and statuses for what goes wrong`() async throws {
        try await ChatAPI.with { chat in
            let unlimited = Self.body().replacing(#""max_tokens":50,"#, with: "")
            let missing = try await chat.send(unlimited, to: Self.path)
            try Self.expect(missing, 400, "invalid_request_error", "validation_error")
            #expect(missing.text.contains("max_tokens is required"))
            let unknown = Self.body().replacing("mock/m", with: "none")
            try Self.expect(
                try await chat.send(unknown, to: Self.path),
                404,
                "not_found_error",
                "model_not_allowed"
            )
            let stranger = try await chat.send(Self.body(), to: Self.path, token: "nobody")
            try Self.expect(stranger, 401, "authentication_error", "unauthenticated")
            try await chat.api.fixture.setBudget(.requests, hard: 0, of: chat.acme.id)
            let poor = try await chat.send(Self.body(), to: Self.path)
            try Self.expect(poor, 429, "rate_limit_error", "ai_budget_exceeded")
            #expect(chat.server.requests.isEmpty)
        }
    }

    @Test func `says what went wrong in the middle of a stream`() async throws {
        let script: ModelServer.Script = { _, _ in [.stream, .piece("Half"), .cut] }
        try await ChatAPI.with(script: script) { chat in
            let events = try await chat.send(Self.body(#","stream":true"#), to: Self.path)
                .events()
            #expect(
                events.map(\.name) == [
                    "message_start", "content_block_start", "content_block_delta", "error",
                ]
            )
            let error = events[3].data
            #expect(error["type"] == .string("error"))
            #expect(error.at("error", "type") == .string("api_error"))
            #expect(error.at("error", "details", "error_code") == .string("provider_error"))
        }
    }

    @Test func `repeats an answer for the same key, also as events`() async throws {
        try await ChatAPI.with { chat in
            let key: HTTPFields = [.idempotencyKey: "k1"]
            let first = try await chat.send(Self.body(), to: Self.path, headers: key)
            let second = try await chat.send(Self.body(), to: Self.path, headers: key)
            #expect(second.headers[.replayed] == "true" && second.text == first.text)
            let body = Self.body(#","stream":true"#)
            let events = try await chat.send(body, to: Self.path, headers: key).events()
            #expect(events[2].data.at("delta", "text") == .string("Hello there"))
            #expect(chat.server.requests.count == 1)
            let other = Self.body().replacing("Hi", with: "Ho")
            let refused = try await chat.send(other, to: Self.path, headers: key)
            try Self.expect(refused, 400, "invalid_request_error", "idempotency_key_reused")
        }
    }

    @Test func `takes a key in the header of Anthropic's clients, here alone`() async throws {
        try await ChatAPI.with { chat in
            let issued = try await CreateAPIKey(chat.api.fixture.environment)(
                name: "Key",
                scopes: ["ai.use"],
                by: chat.acme.owner
            )
            for shown in [issued.text, chat.token] {
                let reply = try await chat.api.send(
                    .post,
                    Self.path,
                    headers: [.apiKey: shown],
                    body: Self.body()
                )
                #expect(reply.status == 200, "\(reply.text)")
            }
            let elsewhere = try await chat.api.send(
                .post,
                "/api/v1/ai/openai/v1/chat/completions",
                headers: [.apiKey: issued.text],
                body: Self.body()
            )
            #expect(elsewhere.status == 401)
            for wrong in ["", "gwk_nothing", "nothing"] {
                let reply = try await chat.api.send(
                    .post,
                    Self.path,
                    headers: [.apiKey: wrong],
                    body: Self.body()
                )
                #expect(reply.status == 401, "\(wrong): \(reply.text)")
            }
        }
    }

    @Test func `keeps the calls of several tools apart, however their pieces came`() throws {
        let id = try #require(AICallID("01900000-0000-7000-8000-000000000001"))
        var stream = AnthropicStream(id: id, model: "m", requestID: "r")
        let calls = [
            ChatToolCall(id: "a", name: "one", arguments: #"{"x":1}"#),
            ChatToolCall(id: "b", name: "two", arguments: "no JSON"),
        ]
        let answer = ChatAnswer(
            id: id,
            model: "m",
            text: "So",
            toolCalls: calls,
            finish: .toolCalls,
            use: .nothing
        )
        let parts: [ChatPart] = [
            .waiting, .text("So"), .toolCall(index: 0, id: "a", name: "one", arguments: #"{"x""#),
            .toolCall(index: 1, id: "b", name: "two", arguments: "no"),
            .toolCall(index: 0, id: nil, name: nil, arguments: ":1}"),
            .toolCall(index: 1, id: nil, name: nil, arguments: " JSON"), .finished(answer),
        ]
        let text = String(decoding: parts.flatMap { stream.events($0) }, as: UTF8.self)
        let events = try Reply(status: 200, headers: [:], text: text).events()
        #expect(events.first?.name == "ping")
        let blocks = events.filter { $0.name.hasPrefix("content_block") }
        let places: [Int64] = [0, 0, 0, 1, 1, 1, 2, 2, 2]
        #expect(blocks.compactMap { $0.data["index"] } == places.map { JSONValue.integer($0) })
        let inputs = blocks.compactMap { $0.data.at("delta", "partial_json") }
        #expect(inputs == [.string(#"{"x":1}"#), .string(#"{"INVALID_JSON":"no JSON"}"#)])
        #expect(events.last?.name == "message_stop")
    }
}
