import Domain
import Fixtures
import FoundationEssentials
import HTTPTypes
import Operations
import Postgres
import Support
import Testing

@testable import HTTPAPI

/// Conversations of people without an account.
struct `A visitor's conversation` {
    private static let storefront = "/api/v1/storefronts/acme"
    private static let base = "\(storefront)/conversations"

    @Test func `goes on with what was said before, and not with what the assistant is told`()
        async throws
    {
        try await Self.with { chat in
            let token = try await Self.visit(chat)
            let id = try await Self.ask(chat, token, "My name is Ada.", #","remember":true"#)
                .text("conversation_id")
            let second = try await Self.ask(chat, token, "Who am I?", Self.goingOn(id))
            #expect(try second.text("conversation_id") == id)
            let sent = try #require(chat.server.requests.last?.body)
            #expect(sent.contains("My name is Ada.") && sent.contains("Hello there"))
            #expect(sent.components(separatedBy: "You answer visitors").count == 2)
            let messages = try await Self.get(chat, "\(Self.base)/\(id)/messages", token)
            #expect(
                try messages.items().map { $0["content"] } == [
                    .string("My name is Ada."), .string("Hello there"), .string("Who am I?"),
                    .string("Hello there"),
                ]
            )
            let found = try await Self.get(chat, "\(Self.base)/\(id)", token)
            #expect(try found.text("title") == "My name is Ada.")
            #expect(try found.json()["user_id"] == .null)
            let list = try await Self.get(chat, Self.base, token)
            #expect(try list.items().map { $0["id"] } == [.string(id)])
        }
    }

    @Test func `is the visitor's own, and the owner's to see`() async throws {
        try await Self.with { chat in
            let (ada, bob) = (try await Self.visit(chat), try await Self.visit(chat))
            let id = try await Self.ask(chat, ada, "Secret", #","remember":true"#)
                .text("conversation_id")
            _ = try await chat.api.fixture.makeMember(
                "m@acme.test",
                role: .member,
                in: chat.acme
            )
            let member = try await chat.api.token("m@acme.test", workspace: "acme")
            let inside = "/api/v1/ai/conversations"
            for (token, count) in [(member, 0), (chat.token, 1)] {
                let list = try await chat.api.send(.get, inside, token: token)
                #expect(try list.items().count == count)
                let found = try await chat.api.send(.get, "\(inside)/\(id)", token: token)
                #expect(found.status == (count == 1 ? 200 : 404))
            }
            let seen = try await chat.api.send(.get, "\(inside)/\(id)", token: chat.token)
            #expect(try seen.json()["user_id"] == .null)
            #expect(try seen.text("visitor").count == 32)
            // Nobody else goes on with it or reads it, not even the owner at the storefront.
            #expect(try await Self.ask(chat, bob, "And?", Self.goingOn(id)).status == 404)
            #expect(try await chat.ask("And?", Self.goingOn(id)).status == 404)
            for path in ["\(Self.base)/\(id)", "\(Self.base)/\(id)/messages"] {
                #expect(try await Self.get(chat, path, bob).status == 404)
                #expect(try await Self.get(chat, path, ada).status == 200)
            }
            #expect(try await Self.get(chat, Self.base, bob).items().isEmpty)
            #expect(try await Self.delete(chat, id, bob).status == 404)
            #expect(try await Self.delete(chat, id, ada).status == 204)
            #expect(try await Self.delete(chat, id, ada).status == 404)
            let rows = try await chat.api.fixture.migrated.admin(
                """
                SELECT e.actor_kind || ' ' || e.action AS line FROM audit_events AS e
                WHERE e.action LIKE 'ai.conversation.%'
                """
            )
            #expect(
                try rows.map { try $0.decode("line", as: String.self) }
                    == ["system ai.conversation.deleted"]
            )
            let left = try await chat.api.fixture.migrated.admin(
                "SELECT count(*) AS left FROM ai_messages"
            )[0]
            #expect(try left.decode("left", as: Int64.self) == 0)
        }
    }

    @Test func `may be deleted by the workspace`() async throws {
        try await Self.with { chat in
            let token = try await Self.visit(chat)
            let id = try await Self.ask(chat, token, "Secret", #","remember":true"#)
                .text("conversation_id")
            let path = "/api/v1/ai/conversations/\(id)"
            #expect(try await chat.api.send(.delete, path, token: chat.token).status == 204)
            #expect(try await Self.get(chat, "\(Self.base)/\(id)", token).status == 404)
        }
    }

    @Test func `goes on in a visit that goes on`() async throws {
        try await Self.with { chat in
            let first = try await Self.visit(chat)
            let id = try await Self.ask(chat, first, "Secret", #","remember":true"#)
                .text("conversation_id")
            let second = try await Self.visit(chat, goingOn: first)
            #expect(second != first)
            #expect(try await Self.ask(chat, second, "And?", Self.goingOn(id)).status == 200)
            for made in ["gwv_AAAA", "", chat.token] {
                let other = try await Self.visit(chat, goingOn: made)
                #expect(try await Self.ask(chat, other, "And?", Self.goingOn(id)).status == 404)
            }
        }
    }

    @Test func `ends thirty days after its last message, and gives a model twenty`() async throws {
        try await Self.with { chat in
            let token = try await Self.visit(chat)
            let id = try await Self.ask(chat, token, "Number 0.", #","remember":true"#)
                .text("conversation_id")
            _ = try await chat.api.fixture.migrated.admin([
                """
                INSERT INTO ai_messages (tenant_id, conversation_id, seq, role, content, request_id)
                SELECT m.tenant_id, m.conversation_id, 2 + n, m.role, 'Number ' || n || '.',
                    m.request_id
                FROM ai_messages AS m CROSS JOIN generate_series(1, 30) AS n
                WHERE m.seq = 1
                """,
                "UPDATE ai_conversations SET message_count = 32, expires_at = now() + interval '1 h'",
            ])
            #expect(try await Self.ask(chat, token, "Last.", Self.goingOn(id)).status == 200)
            let sent = try #require(chat.server.requests.last?.body)
            #expect(!sent.contains("Number 10.") && sent.contains("Number 11."))
            let row = try await chat.api.fixture.migrated.admin(
                """
                SELECT expires_at - updated_at BETWEEN interval '30 days'
                    AND interval '30 days 1 minute' AS is_so
                FROM ai_conversations
                """
            )[0]
            #expect(try row.decode("is_so", as: Bool.self))
            _ = try await chat.api.fixture.migrated.admin(
                "UPDATE ai_conversations SET expires_at = now()"
            )
            #expect(try await Self.get(chat, "\(Self.base)/\(id)", token).status == 404)
            #expect(try await PruneConversations(chat.api.fixture.environment)() == 1)
        }
    }

    @Test func `needs a good token and an open storefront`() async throws {
        try await Self.with { chat in
            let token = try await Self.visit(chat)
            let id = "01000000-0000-7000-8000-000000000000"
            for path in [Self.base, "\(Self.base)/\(id)", "\(Self.base)/\(id)/messages"] {
                for bad in ["", "gwv_AAAA", chat.token] {
                    #expect(try await Self.get(chat, path, bad).status == 401)
                }
            }
            #expect(try await Self.delete(chat, id, "gwv_AAAA").status == 401)
            #expect(try await Self.delete(chat, "x", token).status == 404)
            let malformed = try await Self.ask(chat, token, "And?", Self.goingOn("x"))
            #expect(malformed.status == 404, "\(malformed.text)")
            let cursor = try await Self.get(chat, "\(Self.base)?cursor=x", token)
            #expect(cursor.error == "cursor_invalid", "\(cursor.text)")
            try await ChangeStorefront(chat.api.fixture.environment)(
                isOpen: false,
                by: chat.acme.owner
            )
            #expect(try await Self.get(chat, Self.base, token).status == 404)
        }
    }

    private static func goingOn(_ id: String) -> String { #","conversation_id":"\#(id)""# }

    private static func visit(_ chat: ChatAPI, goingOn token: String? = nil) async throws -> String
    {
        let headers: HTTPFields = token.map { [.visitor: $0] } ?? [:]
        return try await chat.api.send(.post, "\(storefront)/visits", headers: headers)
            .text("token")
    }

    private static func ask(
        _ chat: ChatAPI,
        _ token: String,
        _ text: String,
        _ more: String
    ) async throws -> Reply {
        try await chat.api.send(
            .post,
            "\(storefront)/chat",
            headers: [.visitor: token],
            body: #"{"messages":[{"role":"user","content":"\#(text)"}]\#(more)}"#
        )
    }

    private static func get(_ chat: ChatAPI, _ path: String, _ token: String) async throws -> Reply
    {
        try await chat.api.send(.get, path, headers: [.visitor: token])
    }

    private static func delete(
        _ chat: ChatAPI,
        _ id: String,
        _ token: String
    ) async throws -> Reply {
        try await chat.api.send(.delete, "\(base)/\(id)", headers: [.visitor: token])
    }

    /// With a storefront that is open, and a route for it to the model server.
    private static func with(
        _ body: @Sendable @escaping (ChatAPI) async throws -> Void
    ) async throws {
        try await ChatAPI.with { chat in
            let environment = chat.api.fixture.environment
            try await ChangeStorefront(environment)(isOpen: true, by: chat.acme.owner)
            let plan = try ModelRoutePlan(targets: [Fixture.model], channels: [.public])
            _ = try await PutRoute(environment)("storefront", plan, by: chat.acme.owner)
            try await body(chat)
        }
    }
}
