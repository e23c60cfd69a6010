import Domain
import Fixtures
import HTTPTypes
import Operations
import Postgres
import Support
import Testing

@testable import HTTPAPI

/// Conversations that are kept.
struct `A conversation` {
    private static let base = "/api/v1/ai/conversations"

    @Test func `goes on with what was said before`() async throws {
        try await ChatAPI.with { chat in
            let first = try await chat.ask("My name is Ada.", #","remember":true"#)
            let id = try first.text("conversation_id")
            let second = try await chat.ask("Who am I?", #","conversation_id":"\#(id)""#)
            #expect(try second.text("conversation_id") == id)
            let sent = try #require(chat.server.requests.last?.body)
            #expect(sent.contains("My name is Ada.") && sent.contains("Hello there"))
            #expect(sent.contains("Who am I?"))
            let messages = try await chat.api.send(
                .get,
                "\(Self.base)/\(id)/messages?limit=3",
                token: chat.token
            )
            let roles = try messages.items().map { $0["role"] }
            #expect(roles == [.string("user"), .string("assistant"), .string("user")])
            #expect(try messages.page("has_more") == .bool(true))
            guard case .string(let cursor) = try messages.page("next_cursor") else { return }
            let rest = try await chat.api.send(
                .get,
                "\(Self.base)/\(id)/messages?limit=3&cursor=\(cursor)",
                token: chat.token
            )
            #expect(try rest.items().map { $0["seq"] } == [.integer(4)])
            let found = try await chat.api.send(.get, "\(Self.base)/\(id)", token: chat.token)
            #expect(try found.json()["messages"] == .integer(4))
            #expect(try found.text("title") == "My name is Ada.")
        }
    }

    @Test func `takes with it what was kept for repetitions`() async throws {
        try await ChatAPI.with { chat in
            let key: HTTPFields = [.idempotencyKey: "k"]
            let first = try await chat.ask("Secret", #","remember":true"#, headers: key)
            let other = try await chat.ask("Else", headers: [.idempotencyKey: "other"])
            #expect(other.status == 200)
            let id = try first.text("conversation_id")
            let path = "\(Self.base)/\(id)"
            #expect(try await chat.api.send(.delete, path, token: chat.token).status == 204)
            let rows = try await chat.api.fixture.migrated.admin(
                """
                SELECT r.idempotency_key AS key FROM ai_requests AS r
                JOIN ai_replies AS y ON y.request_id = r.id
                """
            )
            #expect(try rows.map { try $0.decode("key", as: String.self) } == ["other"])
            // Its key stands for nothing any more.
            let again = try await chat.ask("Secret", #","remember":true"#, headers: key)
            #expect(again.headers[.replayed] == nil)
            #expect(try again.text("conversation_id") != id)
        }
    }

    @Test func `is its member's own, and the owner's to see`() async throws {
        try await ChatAPI.with { chat in
            let (ada, bob) = try await Self.members(chat)
            let id = try await chat.ask("Secret", #","remember":true"#, token: ada)
                .text("conversation_id")
            for (token, count) in [(ada, 1), (bob, 0), (chat.token, 1)] {
                let list = try await chat.api.send(.get, Self.base, token: token)
                #expect(try list.items().count == count)
                let status = count == 1 ? 200 : 404
                for path in ["\(Self.base)/\(id)", "\(Self.base)/\(id)/messages"] {
                    #expect(try await chat.api.send(.get, path, token: token).status == status)
                }
            }
            // Nobody goes on with somebody else's, not even the owner.
            for token in [bob, chat.token] {
                let more = #","conversation_id":"\#(id)""#
                #expect(try await chat.ask("And?", more, token: token).status == 404)
            }
            let path = "\(Self.base)/\(id)"
            #expect(try await chat.api.send(.delete, path, token: bob).status == 404)
            #expect(try await chat.api.send(.delete, path, token: ada).status == 204)
            #expect(try await chat.api.send(.get, path, token: ada).status == 404)
            #expect(try await chat.api.send(.delete, path, token: ada).status == 404)
        }
    }

    @Test func `is forgotten with its member`() async throws {
        try await ChatAPI.with { chat in
            let (ada, _) = try await Self.members(chat)
            _ = try await chat.ask("Secret", #","remember":true"#, token: ada)
            _ = try await chat.ask("Secret", #","cache":true"#, token: ada)
            let key: HTTPFields = [.idempotencyKey: "k"]
            _ = try await chat.ask("Secret", headers: key, token: ada)
            let members = try await ListMembers(chat.api.fixture.environment)(
                MemberFilter(search: "ada"),
                page: PageRequest(),
                by: chat.acme.owner
            )
            let member = try #require(members.items.first)
            _ = try await RequestData(chat.api.fixture.environment)(
                .erase,
                of: member.user,
                by: chat.acme.owner
            )
            let left = try await chat.api.fixture.migrated.admin(
                """
                SELECT (SELECT count(*) FROM ai_messages) + (SELECT count(*) FROM ai_conversations)
                    + (SELECT count(*) FROM ai_response_cache) + (SELECT count(*) FROM ai_replies)
                    + (SELECT count(*) FROM ai_requests WHERE idempotency_key IS NOT NULL) AS left
                """
            )[0]
            #expect(try left.decode("left", as: Int64.self) == 0)
        }
    }

    private static func members(_ chat: ChatAPI) async throws -> (String, String) {
        for name in ["ada", "bob"] {
            _ = try await chat.api.fixture.makeMember(
                "\(name)@acme.test",
                role: .member,
                in: chat.acme
            )
        }
        return (
            try await chat.api.token("ada@acme.test", workspace: "acme"),
            try await chat.api.token("bob@acme.test", workspace: "acme")
        )
    }
}
