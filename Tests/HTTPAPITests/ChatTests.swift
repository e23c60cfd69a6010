import Domain
import Fixtures
import Foundation
import HTTPTypes
import Operations
import Postgres
import Support
import Testing

@testable import HTTPAPI

/// Questions to models over HTTP, with a model server behind it.
struct `A question to a model` {
    @Test func `is answered, charged and written down`() async throws {
        try await ChatAPI.with { chat in
            let reply = try await chat.ask()
            #expect(reply.status == 200, "\(reply.text)")
            let json = try reply.json()
            #expect(json.at("message", "content") == .string("Hello there"))
            #expect(json["finish_reason"] == .string("stop"))
            #expect(json.at("usage", "input_tokens") == .integer(10))
            #expect(json.at("usage", "output_tokens") == .integer(5))
            // 10 tokens at 1,000 nano-USD and 5 at 2,000.
            #expect(json.at("usage", "cost_usd") == .string("0.000020000"))
            #expect(reply.headers[.modelCache] == "miss")
            #expect(reply.headers[.modelCall] == (try reply.text("id")))
            #expect(try await chat.calls() == ["settled 20000"])
            let books = try await chat.books()
            #expect(books.used == 15)
            #expect(books.held == 0)
        }
    }

    @Test func `with stream comes as events that end with done`() async throws {
        try await ChatAPI.with { chat in
            let reply = try await chat.ask(
                "Go",
                #","stream":true"#,
                headers: [.accept: "text/event-stream"]
            )
            #expect(reply.headers[.contentType] == "text/event-stream")
            let events = try reply.events()
            #expect(events.map(\.name) == ["delta", "delta", "usage", "done"])
            #expect(events[0].data["text"] == .string("Hello"))
            #expect(events[2].data["cost_usd"] == .string("0.000020000"))
            #expect(events[3].data["finish_reason"] == .string("stop"))
            #expect(try await chat.books().held == 0)
        }
    }

    @Test func `whose answer breaks off ends with error and pays for what came`() async throws {
        let script: ModelServer.Script = { _, _ in [.stream, .piece("Half an answer"), .cut] }
        try await ChatAPI.with(script: script) { chat in
            let events = try await chat.ask("Go", #","stream":true"#).events()
            #expect(events.map(\.name) == ["delta", "usage", "error"])
            #expect(events[1].data["estimated"] == .bool(true))
            #expect(events[2].data["error"] == .string("provider_error"))
            #expect(events[2].data["partial"] == .bool(true))
            let books = try await chat.books()
            #expect(books.used > 0)
            #expect(books.held == 0)
        }
    }

    @Test(arguments: [(500, 502, "provider_error"), (429, 503, "all_providers_down")])
    func `that a provider refuses is an error and costs nothing`(
        status: Int,
        answer: Int,
        code: String
    ) async throws {
        let script: ModelServer.Script = { _, _ in
            ModelServer.refusal(status, headers: ["Retry-After": "3600"])
        }
        try await ChatAPI.with(script: script) { chat in
            for stream in ["false", "true"] {
                let reply = try await chat.ask("Go", #","stream":\#(stream)"#)
                #expect(reply.status == answer, "\(reply.text)")
                #expect(reply.error == code)
                #expect(!reply.text.contains("Secret words"))
            }
            let books = try await chat.books()
            #expect(books.used == 0)
            #expect(books.held == 0)
        }
    }

    @Test func `to a provider without settings is refused`() async throws {
        try await TestAPI.with { api in
            _ = try await api.fixture.makeTenant(by: try await api.fixture.makeOperator())
            _ = try await api.fixture.migrated.admin([
                "INSERT INTO ai_providers (id, name, kind) VALUES ('far', 'Far', 'openai')",
                """
                INSERT INTO ai_models (id, provider_id, name, context_tokens, max_output_tokens)
                VALUES ('far/m', 'far', 'Far', 1000, 1000)
                """,
            ])
            let reply = try await api.send(
                .post,
                "/api/v1/ai/chat",
                token: try await api.token("owner@acme.test"),
                body: #"{"model":"far/m","messages":[{"role":"user","content":"a"}]}"#
            )
            #expect(reply.status == 503, "\(reply.text)")
            #expect(reply.error == "all_providers_down")
        }
    }

    @Test func `without a model is answered offline`() async throws {
        try await ChatAPI.with { chat in
            let reply = try await chat.send(
                #"{"messages":[{"role":"user","content":"What is there?"}]}"#
            )
            #expect(reply.status == 200, "\(reply.text)")
            #expect(try reply.text("model") == "offline/search")
            #expect(chat.server.requests.isEmpty)
            #expect(try await chat.books().used > 0)
        }
    }

    @Test func `over the budget is refused before anything is sent`() async throws {
        try await ChatAPI.with { chat in
            try await chat.api.fixture.setBudget(.requests, hard: 1, of: chat.acme.id)
            #expect(try await chat.ask().status == 200)
            let reply = try await chat.ask()
            #expect(reply.status == 429)
            #expect(reply.error == "ai_budget_exceeded")
            #expect(chat.server.requests.count == 1)
            #expect(try await chat.books().used == 1)
        }
    }

    @Test func `stops when the budget is used up in the middle`() async throws {
        let text = String(repeating: "x", count: 3_000)
        let script: ModelServer.Script = { _, _ in
            ModelServer.answer([text, text, text], input: 10, output: 3_000)
        }
        try await ChatAPI.with(script: script) { chat in
            try await chat.api.fixture.setBudget(.tokens, hard: 1_500, of: chat.acme.id)
            let events = try await chat.ask("Go", #","stream":true,"max_tokens":4000"#).events()
            #expect(events.map(\.name) == ["delta", "usage", "error"])
            #expect(events.last?.data["error"] == .string("ai_budget_exhausted"))
            let books = try await chat.books()
            #expect(books.used <= 1_500)
            #expect(books.held == 0)
        }
    }

    @Test func `with the key of an earlier one gets its answer`() async throws {
        try await ChatAPI.with { chat in
            let first = try await chat.ask(headers: [.idempotencyKey: "k1"])
            let second = try await chat.ask(headers: [.idempotencyKey: "k1"])
            #expect(second.headers[.replayed] == "true")
            #expect(first.headers[.replayed] == nil)
            #expect(second.text == first.text)
            let streamed = try await chat.ask(
                "What is it?",
                #","stream":true"#,
                headers: [.idempotencyKey: "k1"]
            )
            #expect(try streamed.events().map(\.name) == ["delta", "usage", "done"])
            #expect(chat.server.requests.count == 1)
            let other = try await chat.ask("Another", headers: [.idempotencyKey: "k1"])
            #expect(other.status == 422)
            #expect(other.error == "idempotency_key_reused")
            #expect(try await chat.books().used == 15)
        }
    }

    @Test func `beyond the calls of a minute is refused`() async throws {
        var limits = ChatLimits()
        limits.calls = RateLimit(count: 1, window: .seconds(86_400))
        try await ChatAPI.with(limits: limits) { chat in
            #expect(try await chat.ask().status == 200)
            let reply = try await chat.ask()
            #expect(reply.status == 429)
            #expect(reply.error == "ai_rate_limited")
            #expect(reply.headers[.retryAfter] != nil)
        }
    }

    @Test func `gives back the tokens that it did not need`() async throws {
        var limits = ChatLimits()
        limits.tokens = RateLimit(count: 1_500, window: .seconds(86_400))
        try await ChatAPI.with(limits: limits) { chat in
            // Each takes over a thousand at first, and 15 in the end.
            for _ in 0..<4 { #expect(try await chat.ask().status == 200) }
            let long = String(repeating: "word ", count: 800)
            let refused = try await chat.ask(long)
            #expect(refused.error == "ai_rate_limited")
        }
    }

    @Test func `takes what its model was seen to bill beyond of the tokens of a minute`()
        async throws
    {
        var limits = ChatLimits()
        limits.tokens = RateLimit(count: 1_500, window: .seconds(86_400))
        try await ChatAPI.with(limits: limits) { chat in
            #expect(try await chat.ask().status == 200)
            _ = try await chat.api.fixture.migrated.admin(
                """
                UPDATE ai_models SET reasoning_overhead = 500, overhead_seen_at = now()
                WHERE id = \(Fixture.model)
                """
            )
            // An estimate always looks at the models; a call does so once a second.
            let question = #"{"messages":[{"role":"user","content":"a"}]}"#
            #expect(try await chat.send(question, to: "/api/v1/ai/estimate").status == 200)
            #expect(try await chat.ask().error == "ai_rate_limited")
        }
    }

    @Test(arguments: wrong)
    func `that is wrong is told why`(body: String, status: Int, words: String) async throws {
        try await ChatAPI.with { chat in
            for path in ["/api/v1/ai/chat", "/api/v1/ai/estimate"] {
                let reply = try await chat.send(body, to: path)
                #expect(reply.status == status, "\(reply.text)")
                #expect(reply.text.contains(words), "\(reply.text)")
            }
            #expect(try await chat.calls().isEmpty)
            #expect(chat.server.requests.isEmpty)
        }
    }

    @Test func `of two megabytes, or longer than the model takes, is refused`() async throws {
        try await ChatAPI.with { chat in
            let large = try await chat.ask(String(repeating: "a", count: 2_000_000))
            #expect(large.status == 413)
            let long = try await chat.ask(String(repeating: "long ", count: 20_000))
            #expect(long.status == 422)
            #expect(long.error == "context_too_long")
            // What it is estimated at, and what the model has.
            #expect(long.text.contains("it is estimated at "), "\(long.text)")
            #expect(long.text.contains("the model takes 20000 together with its answer."))
            #expect(try await chat.books().held == 0)
        }
    }

    @Test func `is estimated without asking anybody`() async throws {
        try await ChatAPI.with { chat in
            let reply = try await chat.send(
                #"{"model":"mock/m","max_tokens":100,"messages":[{"role":"user","content":"Hi"}]}"#,
                to: "/api/v1/ai/estimate"
            )
            let json = try reply.json()
            guard case .integer(let input) = json["input_tokens"] else {
                Issue.record("\(reply.text)")
                return
            }
            #expect(input > 0)
            #expect(json["max_output_tokens"] == .integer(100))
            let most = JSON(nanoUSD: input * 1_000 + 200_000)
            #expect(json["max_cost_usd"] == (try JSONReader.read(most.bytes)))
            #expect(chat.server.requests.isEmpty)
            #expect(try await chat.calls().isEmpty)
        }
    }

    @Test func `of one text, and of texts for vectors, is answered too`() async throws {
        try await ChatAPI.with { chat in
            let completion = try await chat.send(
                #"{"model":"mock/m","prompt":"Say hello"}"#,
                to: "/api/v1/ai/completions"
            )
            #expect(try completion.json().at("message", "content") == .string("Hello there"))
            let vectors = try await chat.send(
                #"{"input":["a word","another"]}"#,
                to: "/api/v1/ai/embeddings"
            )
            #expect(vectors.status == 200, "\(vectors.text)")
            guard case .array(let items) = try vectors.json()["embeddings"] else {
                Issue.record("\(vectors.text)")
                return
            }
            #expect(items.count == 2)
            let none = try await chat.send(#"{"input":[]}"#, to: "/api/v1/ai/embeddings")
            #expect(none.status == 422)
            let books = try await chat.books()
            #expect(books.held == 0)
        }
    }
}

/// Bodies that are wrong: the status, and words of the answer.
private let wrong: [(String, Int, String)] = [
    (#"{}"#, 422, "messages is required"),
    (#"{"messages":[]}"#, 422, "messages must be 1 to 500; got 0"),
    (#"{"messages":"hi"}"#, 422, "messages must be a list of objects"),
    (#"{"messages":[{"role":"king","content":"a"}]}"#, 422, "messages[0].role must be one of"),
    (#"{"messages":[{"role":"user"}]}"#, 422, "messages[0].content must not be empty"),
    (#"{"messages":[{"role":"system","content":"a"}]}"#, 422, "not of the system"),
    (#"{"messages":[{"role":"user","content":"a","name":"b"}]}"#, 422, "is not a known field"),
    (message(#","max_tokens":-5"#), 422, "max_tokens must be 1 to 1000000; got -5"),
    (message(#","max_tokens":0"#), 422, "max_tokens must be 1 to 1000000; got 0"),
    (message(#","max_tokens":"many""#), 422, "max_tokens must be a whole number"),
    (message(#","temperature":9"#), 422, "temperature must be 0 to 2"),
    (message(#","model":"none/such""#), 422, #"The model \"none/such\" is not"#),
    (message(#","route":"none""#), 404, "No route"),
    (message(#","model":"a","route":"b""#), 422, "route must not be given beside model"),
    (message(#","purpose":"a b""#), 422, "purpose must have"),
    (message(#","conversation_id":"x""#), 404, "No conversation"),
    ("{\"messages\":[{\"role\":\"user\",\"content\":\"\u{FFFE}\\ud800\"}]}", 400, "surrogate"),
]

/// A body with a good message and more.
private func message(_ more: String) -> String {
    #"{"messages":[{"role":"user","content":"a"}]\#(more)}"#
}
