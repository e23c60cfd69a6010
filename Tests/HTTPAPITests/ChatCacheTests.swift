import Domain
import Fixtures
import HTTPTypes
import Postgres
import Support
import Testing

@testable import HTTPAPI
@testable import Operations

/// Answers that are given again.
struct `An answer that is kept` {
    @Test func `is given again to who got it, free of charge`() async throws {
        try await ChatAPI.with { chat in
            let first = try await chat.ask("Q", #","cache":true"#)
            #expect(first.headers[.modelCache] == "miss")
            let second = try await chat.ask("Q", #","cache":true"#)
            #expect(second.headers[.modelCache] == "hit")
            #expect(try second.json().at("message", "content") == .string("Hello there"))
            #expect(try second.json().at("usage", "cost_usd") == .string("0.000000000"))
            let streamed = try await chat.ask("Q", #","cache":true,"stream":true"#)
            #expect(try streamed.events().map(\.name) == ["delta", "usage", "done"])
            #expect(chat.server.requests.count == 1)
            #expect(try await chat.books().used == 15)
            let saved = try await chat.api.fixture.migrated.admin(
                """
                SELECT count(*) AS hits, sum(u.saved_nano)::bigint AS saved
                FROM ai_usage_log AS u WHERE u.kind = 'cache_hit'
                """
            )[0]
            #expect(try saved.decode("hits", as: Int64.self) == 2)
            #expect(try saved.decode("saved", as: Int64.self) == 40_000)
        }
    }

    @Test(arguments: [
        ("Other", #","cache":true"#), ("Q", #","cache":true,"max_tokens":7"#),
        ("Q", #","cache":true,"temperature":1"#), ("Q", ""), ("Q", #","cache":true,"seed":1"#),
        ("Q", #","cache":true,"remember":true"#),
    ])
    func `is not the answer to another question`(question: String, more: String) async throws {
        try await ChatAPI.with { chat in
            _ = try await chat.ask("Q", #","cache":true"#)
            let reply = try await chat.ask(question, more)
            #expect(reply.headers[.modelCache] == "miss")
            #expect(chat.server.requests.count == 2)
        }
    }

    @Test func `is nobody else's, and can be forgotten`() async throws {
        try await ChatAPI.with { chat in
            _ = try await chat.ask("Q", #","cache":true"#)
            _ = try await chat.api.fixture.makeMember("m@acme.test", role: .member, in: chat.acme)
            let member = try await chat.api.token("m@acme.test", workspace: "acme")
            let other = try await chat.ask("Q", #","cache":true"#, token: member)
            #expect(other.headers[.modelCache] == "miss")
            let refused = try await chat.api.send(.delete, "/api/v1/ai/cache", token: member)
            #expect(refused.status == 403)
            let cleared = try await chat.api.send(.delete, "/api/v1/ai/cache", token: chat.token)
            #expect(cleared.status == 204)
            let again = try await chat.ask("Q", #","cache":true"#)
            #expect(again.headers[.modelCache] == "miss")
        }
    }

    @Test func `is not given to a key of who got it, whose rights end sooner`() async throws {
        try await ChatAPI.with { chat in
            _ = try await chat.ask("Q", #","cache":true"#)
            let key = try await CreateAPIKey(chat.api.fixture.environment)(
                name: "Asks only",
                scopes: ["ai.use"],
                by: chat.acme.owner
            )
            let reply = try await chat.ask("Q", #","cache":true"#, token: key.text)
            #expect(reply.headers[.modelCache] == "miss")
            let kept = try await chat.ask("Q", #","remember":true"#)
            let more = #","conversation_id":"\#(try kept.text("conversation_id"))""#
            let refused = try await chat.ask("And?", more, token: key.text)
            #expect(refused.status == 403)
        }
    }

    @Test func `is waited for by who asks the same meanwhile`() async throws {
        let script: ModelServer.Script = { _, _ in
            [.tell("asked"), .wait("go")] + ModelServer.answer(["Once"])
        }
        try await ChatAPI.with(script: script) { chat in
            async let first = chat.ask("Q", #","cache":true"#)
            try await chat.server.reached("asked")
            async let second = chat.ask("Q", #","cache":true"#)
            let desk = chat.api.fixture.environment.desk
            while desk.flights.waiting == 0 { await Task.yield() }
            chat.server.open("go")
            let replies = try await [first, second]
            #expect(replies.map { $0.headers[.modelCache] } == ["miss", "hit"])
            #expect(chat.server.requests.count == 1)
        }
    }

    @Test func `that does not come is asked for by all who waited, at once`() async throws {
        let script: ModelServer.Script = { _, number in
            number == 0
                ? [.tell("asked"), .wait("go")] + ModelServer.refusal(400)
                : [.wait("all")] + ModelServer.answer(["Mine"])
        }
        try await ChatAPI.with(script: script) { chat in
            async let first = chat.ask("Q", #","cache":true"#)
            try await chat.server.reached("asked")
            async let second = chat.ask("Q", #","cache":true"#)
            async let third = chat.ask("Q", #","cache":true"#)
            let flights = chat.api.fixture.environment.desk.flights
            while flights.waiting < 2 { await Task.yield() }
            chat.server.open("go")
            #expect(try await first.status == 502)
            // Nobody waits behind somebody who waited.
            while chat.server.requests.count < 2 { await Task.yield() }
            while chat.server.requests.count < 3, flights.waiting == 0 { await Task.yield() }
            #expect(chat.server.requests.count == 3)
            chat.server.open("all")
            let replies = try await [second, third]
            #expect(replies.map { $0.headers[.modelCache] } == ["miss", "miss"])
        }
    }

    @Test func `is deleted when its time is over`() async throws {
        try await ChatAPI.with { chat in
            _ = try await chat.ask("Q", #","cache":true"#)
            _ = try await chat.ask("Q", #","remember":true"#)
            _ = try await chat.api.fixture.migrated.admin([
                "UPDATE ai_response_cache SET expires_at = now()",
                "UPDATE ai_conversations SET expires_at = now()",
            ])
            let environment = chat.api.fixture.environment
            #expect(try await PruneConversations(environment)() == 2)
            #expect(try await PruneConversations(environment)() == 0)
            let left = try await chat.api.fixture.migrated.admin(
                """
                SELECT (SELECT count(*) FROM ai_messages) + (SELECT count(*) FROM ai_conversations)
                    + (SELECT count(*) FROM ai_response_cache) AS left
                """
            )[0]
            #expect(try left.decode("left", as: Int64.self) == 0)
        }
    }
}
