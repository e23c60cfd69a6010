import Domain
import Fixtures
import HTTPTypes
import Operations
import Postgres
import Support
import Testing

@testable import HTTPAPI

/// Answers that end before the model does, and calls that fail: what is said of them, and how they
/// are found again.
struct `A call that ends badly` {
    /// The doors to a model, and what each of them is sent.
    enum Door: CaseIterable, Sendable {
        case own
        case openAI
        case anthropic

        var path: String {
            switch self {
            case .own: "/api/v1/ai/chat"
            case .openAI: "/api/v1/ai/openai/v1/chat/completions"
            case .anthropic: "/api/v1/ai/anthropic/v1/messages"
            }
        }

        /// Where the text of an answer is, and why it ended.
        func essence(_ json: JSONValue) -> (text: JSONValue?, finish: JSONValue?) {
            switch self {
            case .own: (json.at("message", "content"), json["finish_reason"])
            case .openAI:
                (
                    json.at("choices", "0", "message", "content"),
                    json.at("choices", "0", "finish_reason")
                )
            case .anthropic: (json.at("content", "0", "text"), json["stop_reason"])
            }
        }

        func ask(_ chat: ChatAPI, _ more: String = "") async throws -> Reply {
            let body = #"{"model":"mock/m","max_tokens":4000,"messages":[{"role":"user","#
            return try await chat.send(body + #""content":"Go"}]\#(more)}"#, to: path)
        }
    }

    private static let text = String(repeating: "x", count: 3_000)

    @Test(arguments: Door.allCases)
    func `gives what came when the budget is used up in a whole answer`(
        door: Door
    ) async throws {
        let text = Self.text
        let script: ModelServer.Script = { _, _ in
            ModelServer.answer([text, text, text], input: 10, output: 3_000)
        }
        try await ChatAPI.with(script: script) { chat in
            try await chat.api.fixture.setBudget(.tokens, hard: 1_500, of: chat.acme.id)
            let reply = try await door.ask(chat)
            #expect(reply.status == 200, "\(reply.text)")
            let json = try reply.json()
            let (given, finish) = door.essence(json)
            #expect(given == .string(text))
            #expect(finish == .string(door == .anthropic ? "max_tokens" : "length"))
            if door == .own {
                #expect(
                    json["incomplete_details"]
                        == .object(["reason": .string("ai_budget_exhausted")])
                )
                #expect(json.at("usage", "estimated") == .bool(true))
            }
            #expect(reply.headers[.modelCall] != nil)
            let books = try await chat.books()
            #expect(books.used <= 1_500 && books.held == 0)
        }
    }

    @Test func `is refused in true words when nothing came before the budget was used up`()
        async throws
    {
        let text = Self.text + Self.text
        let script: ModelServer.Script = { _, _ in ModelServer.answer([text, text]) }
        try await ChatAPI.with(script: script) { chat in
            try await chat.api.fixture.setBudget(.tokens, hard: 1_500, of: chat.acme.id)
            for door in Door.allCases {
                let reply = try await door.ask(chat)
                #expect(reply.status == 429, "\(reply.text)")
                #expect(reply.headers[.retryAfter] == nil)
                #expect(!reply.text.contains("may be used"))
                guard door == .own else { continue }
                #expect(reply.error == "ai_budget_exhausted")
                let hint = "Nothing of the answer is given; what the model took until then is "
                #expect(reply.text.contains(hint + "charged."), "\(reply.text)")
                #expect(reply.headers[.modelCall] != nil)
            }
        }
    }

    @Test(arguments: Door.allCases)
    func `is named by every answer, and found under its name`(door: Door) async throws {
        let script: ModelServer.Script = { _, _ in ModelServer.refusal(500) }
        try await ChatAPI.with(script: script) { chat in
            for stream in [false, true] {
                let reply = try await door.ask(chat, #","stream":\#(stream)"#)
                #expect(reply.status == 502, "\(reply.text)")
                try await Self.find(reply, chat)
            }
            // So has a call that was refused before anything was sent.
            try await chat.api.fixture.setBudget(.tokens, hard: 5, of: chat.acme.id)
            let refused = try await door.ask(chat)
            #expect(refused.status == 429, "\(refused.text)")
            try await Self.find(refused, chat)
        }
    }

    private static func find(_ reply: Reply, _ chat: ChatAPI) async throws {
        let id = try #require(reply.headers[.modelCall])
        let found = try await chat.api.send(
            .get,
            "/api/v1/ai/requests/\(id)",
            token: chat.token
        )
        #expect(found.status == 200, "\(found.text)")
    }

    @Test func `is named by the error that ends a stream, and its try has failed`() async throws {
        let script: ModelServer.Script = { _, _ in [.stream, .piece("Half an answer"), .cut] }
        try await ChatAPI.with(script: script) { chat in
            let reply = try await chat.ask("Go", #","stream":true"#)
            let id = try #require(reply.headers[.modelCall])
            #expect(try reply.events().last?.data["call_id"] == .string(id))
            let path = "/api/v1/ai/requests/\(id)"
            let call = try await chat.api.send(.get, path, token: chat.token).json()
            let attempt = try #require(call.at("attempts", "0"))
            #expect(attempt["outcome"] == .string("failed"))
            #expect(attempt["failure"] == .string("broken"))
            #expect(attempt["billable"] == .string("yes"))
            #expect(attempt["sent"] == .bool(true))
        }
    }

    @Test(arguments: [400, 404, 429])
    func `was sent to whoever refused it`(status: Int) async throws {
        let script: ModelServer.Script = { _, _ in ModelServer.refusal(status) }
        try await ChatAPI.with(script: script) { chat in
            let id = try #require(try await chat.ask().headers[.modelCall])
            let path = "/api/v1/ai/requests/\(id)"
            let call = try await chat.api.send(.get, path, token: chat.token).json()
            #expect(call.at("attempts", "0", "sent") == .bool(true))
            #expect(call.at("attempts", "0", "billable") == .string("no"))
        }
    }

    @Test func `says what it held when it has ended`() async throws {
        try await ChatAPI.with { chat in
            let reply = try await chat.ask("Go", #","max_tokens":500"#)
            let path = "/api/v1/ai/requests/\(try reply.text("id"))"
            let call = try await chat.api.send(.get, path, token: chat.token).json()
            guard case .integer(let input) = call.at("output", "estimated_input_tokens") else {
                Issue.record("\(call)")
                return
            }
            #expect(call.at("holds", "0", "held") == .integer(input + 500))
            #expect(call.at("holds", "0", "charged") == .integer(15))
        }
    }

    @Test func `has no name where an answer was only given again`() async throws {
        try await ChatAPI.with { chat in
            let first = try await chat.ask("Q", #","cache":true"#)
            #expect(first.headers[.modelCall] != nil)
            let again = try await chat.ask("Q", #","cache":true"#)
            #expect(again.headers[.modelCache] == "hit")
            #expect(again.headers[.modelCall] == nil)
        }
    }

    @Test(arguments: [(401, 240...300), (402, 240...300), (429, 30...60)])
    func `says how long its provider is left alone`(
        status: Int,
        pause: ClosedRange<Int>
    ) async throws {
        let script: ModelServer.Script = { _, _ in
            ModelServer.refusal(status, headers: ["Retry-After": "3600"])
        }
        try await ChatAPI.with(script: script) { chat in
            // Of the refusal itself, and of what is not even sent behind it.
            for _ in 1...2 {
                let reply = try await chat.ask()
                #expect(reply.error == "all_providers_down", "\(reply.text)")
                let seconds = reply.headers[.retryAfter].flatMap { Int($0) } ?? 0
                #expect(pause.contains(seconds), "\(seconds)")
                #expect(!reply.text.contains("in a moment"))
                #expect(reply.text.contains(status == 429 ? "seconds." : "5 minutes."))
            }
            #expect(chat.server.requests.count == 1)
        }
    }

    @Test func `counts alike in an answer and in the books`() throws {
        let tokens = TokenUsage(input: 12, output: 5, cached: 100, cacheWrite: 50, reasoning: 7)
        let use = ChatJSON.use(ChatUse(tokens: tokens, chargeNano: 1, isEstimated: false))
        let told = try JSONReader.read(use.bytes)
        let booked = try JSONReader.read(CallJSON.usage(tokens).bytes)
        for (name, column, count) in [
            ("input_tokens", "tokens_in", 162), ("output_tokens", "tokens_out", 12),
            ("cached_tokens", "tokens_cached", 100),
            ("cache_write_tokens", "tokens_cache_write", 50),
            ("reasoning_tokens", "tokens_reasoning", 7),
        ] as [(String, String, Int64)] {
            #expect(told[name] == .integer(count))
            #expect(booked[column] == .integer(count))
        }
        #expect(told["total_tokens"] == .integer(174))
    }

    @Test func `is a line of the export that says what an answer saved`() async throws {
        try await ChatAPI.with { chat in
            for _ in 1...2 { _ = try await chat.ask("Q", #","cache":true"#) }
            let month = String(Instant.now.rfc3339.prefix(7))
            let end = Instant.now.advanced(by: .seconds(60)).rfc3339
            let path = "/api/v1/ai/usage/export?format=jsonl&from=\(month)-01&to=\(end)"
            let reply = try await chat.api.send(.get, path, token: chat.token)
            let lines = try reply.text.split(separator: "\n").map {
                try JSONReader.read(Array($0.utf8))
            }
            #expect(lines.map { $0["kind"] } == [.string("usage"), .string("cache_hit")])
            #expect(
                lines.map { $0["saved_usd"] }
                    == [.string("0.000000000"), .string("0.000020000")]
            )
        }
    }
}
