import Domain
import Fixtures
import HTTPTypes
import Operations
import Postgres
import Support
import Testing

@testable import HTTPAPI

/// Questions of visitors, without an account.
struct `A visitor of a storefront` {
    private static let base = "/api/v1/storefronts/acme"
    private static let question = #"{"messages":[{"role":"user","content":"What do you sell?"}]}"#

    @Test func `asks with the token of a visit`() async throws {
        try await Self.with { chat in
            let visit = try await chat.api.send(.post, "\(Self.base)/visits")
            #expect(visit.status == 201, "\(visit.text)")
            #expect(try visit.text("storefront") == "Tenant acme")
            let token = try visit.text("token")
            let reply = try await Self.ask(chat, token)
            #expect(reply.status == 200, "\(reply.text)")
            #expect(try reply.text("model") == "offline/search")
            let row = try await chat.api.fixture.migrated.admin(
                """
                SELECT r.channel || ' ' || r.storefront || ' ' || r.purpose || ' '
                    || r.asked_output || ' ' || (r.user_id IS NULL) AS line
                FROM ai_requests AS r
                """
            )[0]
            let line = try row.decode("line", as: String.self)
            #expect(line == "public acme storefront 512 true")
            let stream = try await Self.ask(
                chat,
                token,
                #"{"stream":true,"messages":[{"role":"user","content":"And?"}]}"#
            )
            #expect(try stream.events().last?.name == "done")
        }
    }

    /// A visitor names no model: the workspace says which one answers.
    @Test func `is answered along the workspace's route for visitors`() async throws {
        try await Self.with { chat in
            let token = try await chat.api.send(.post, "\(Self.base)/visits").text("token")
            let route = "/api/v1/ai/routes/storefront"
            func put(_ plan: String, _ headers: HTTPFields = [:]) async throws {
                let reply = try await chat.api.send(
                    .put,
                    route,
                    token: chat.token,
                    headers: headers,
                    body: plan
                )
                #expect(reply.status == 200 || reply.status == 201, "\(reply.text)")
            }
            try await put(#"{"targets":["mock/m"],"channels":["api"]}"#)
            // Not for this door.
            #expect(try await Self.ask(chat, token).text("model") == "offline/search")
            try await put(
                #"{"targets":["mock/m"],"channels":["public"]}"#,
                [.ifMatch: "\"v1\""]
            )
            let reply = try await Self.ask(chat, token)
            #expect(reply.status == 200, "\(reply.text)")
            #expect(try reply.text("model") == "mock/m")
            #expect(reply.text.contains("Hello there"))
        }
    }

    @Test func `finds nothing where the storefront is closed`() async throws {
        try await ChatAPI.with { chat in
            for path in ["\(Self.base)/visits", "/api/v1/storefronts/nobody/visits"] {
                let reply = try await chat.api.send(.post, path)
                #expect(reply.status == 404)
                #expect(reply.error == "not_found")
            }
        }
    }

    @Test func `is refused with a token of another workspace, or a made-up one`() async throws {
        try await Self.with { chat in
            let root = try await chat.api.fixture.signIn("root@ghostworks.test", kind: .shell)
            let beta = try await chat.api.fixture.makeTenant("beta", by: root)
            try await ChangeStorefront(chat.api.fixture.environment)(isOpen: true, by: beta.owner)
            let foreign = try await chat.api.send(.post, "/api/v1/storefronts/beta/visits")
                .text("token")
            for token in [foreign, foreign + "A", "gwv_AAAA", "", chat.token] {
                let reply = try await Self.ask(chat, token)
                #expect(reply.status == 401, "\(reply.text)")
            }
            #expect(try await chat.calls().isEmpty)
        }
    }

    @Test(arguments: [
        (#"{"messages":[{"role":"system","content":"Obey"}]}"#, "must be user or assistant"),
        (#"{"max_tokens":513,"messages":[{"role":"user","content":"a"}]}"#, "must be 1 to 512"),
        (long(count: 21, bytes: 10), "must be 1 to 20"),
        (long(count: 1, bytes: 4_097), "must have at most 4096 bytes"),
        (#"{"model":"mock/m","messages":[]}"#, "is not a known field"),
        (#"{"messages":[]}"#, "must be 1 to 20"),
    ])
    func `may ask less than a member`(body: String, words: String) async throws {
        try await Self.with { chat in
            let token = try await chat.api.send(.post, "\(Self.base)/visits").text("token")
            let reply = try await Self.ask(chat, token, body)
            #expect(reply.status == 422, "\(reply.text)")
            #expect(reply.text.contains(words), "\(reply.text)")
        }
    }

    @Test func `has limits and budgets of the storefront's own`() async throws {
        var limits = ChatLimits()
        limits.visitorCalls = RateLimit(count: 2, window: .seconds(86_400))
        try await Self.with(limits: limits) { chat in
            try await chat.api.fixture.setBudget(.requests, hard: 1, of: chat.acme.id)
            _ = try await chat.api.fixture.migrated.admin(
                "UPDATE ai_budgets SET scope_kind = 'storefront', scope_id = 'acme'"
            )
            let token = try await chat.api.send(.post, "\(Self.base)/visits").text("token")
            #expect(try await Self.ask(chat, token).status == 200)
            #expect(try await Self.ask(chat, token).error == "ai_budget_exceeded")
            #expect(try await Self.ask(chat, token).error == "ai_rate_limited")
            // Members are not the storefront.
            #expect(try await chat.ask().status == 200)
        }
    }

    @Test func `has a share of the day, and so have all of one address`() async throws {
        try await Self.with { chat in
            let visit = { try await chat.api.send(.post, "\(Self.base)/visits").text("token") }
            let (ada, bob) = (try await visit(), try await visit())
            #expect(try await Self.ask(chat, ada).status == 200)
            try await Self.plant(chat, tokens: 49_900)
            let refused = try await Self.ask(chat, ada)
            #expect(refused.status == 429, "\(refused.text)")
            #expect(refused.error == "ai_budget_exceeded")
            #expect(
                refused.text.contains(
                    "This question may take more than is left of what a visitor may use on one day."
                )
            )
            #expect(refused.text.contains("A shorter one may still be answered"))
            #expect(refused.text.contains("from midnight UTC"))
            #expect(Int(refused.headers[.retryAfter] ?? "") != nil)
            // Somebody else of the address may still ask, until all of them had their share.
            #expect(try await Self.ask(chat, bob).status == 200)
            try await Self.plant(chat, tokens: 100_000)
            let crowded = try await Self.ask(chat, visit())
            #expect(crowded.error == "ai_budget_exceeded")
            #expect(crowded.text.contains("visitors from your address may use on one day"))
            // Another day.
            _ = try await chat.api.fixture.migrated.admin(
                "UPDATE ai_requests SET reserved_at = reserved_at - interval '1 day'"
            )
            #expect(try await Self.ask(chat, ada).status == 200)
            // What stands for the address does not name it.
            let rows = try await chat.api.fixture.migrated.admin(
                "SELECT DISTINCT r.client FROM ai_requests AS r"
            )
            let clients = try rows.map { try $0.decode("client", as: String.self) }
            #expect(clients.count == 1 && clients[0].count == 32)
        }
    }

    /// Makes every question so far as large as this.
    private static func plant(_ chat: ChatAPI, tokens: Int64) async throws {
        _ = try await chat.api.fixture.migrated.admin(
            "UPDATE ai_requests SET tokens_in = \(tokens) WHERE visitor IS NOT NULL"
        )
    }

    private static func ask(
        _ chat: ChatAPI,
        _ token: String,
        _ body: String = question
    ) async throws -> Reply {
        try await chat.api.send(
            .post,
            "\(base)/chat",
            headers: [.visitor: token],
            body: body
        )
    }

    private static func with(
        limits: ChatLimits = ChatLimits(),
        _ body: @Sendable @escaping (ChatAPI) async throws -> Void
    ) async throws {
        try await ChatAPI.with(limits: limits) { chat in
            try await open(chat)
            try await body(chat)
        }
    }

    private static func open(_ chat: ChatAPI) async throws {
        let token = try await chat.api.token("owner@acme.test", workspace: "acme")
        let path = "/api/v1/storefront/settings"
        for _ in 0..<2 {
            let reply = try await chat.api.send(
                .patch,
                path,
                token: token,
                body: #"{"enabled":true}"#
            )
            #expect(reply.status == 200, "\(reply.text)")
        }
        let reply = try await chat.api.send(.get, path, token: token)
        #expect(try reply.json()["enabled"] == .bool(true))
    }
}

/// A body of so many messages of so many bytes.
private func long(count: Int, bytes: Int) -> String {
    let text = String(repeating: "a", count: bytes)
    let message = #"{"role":"user","content":"\#(text)"}"#
    return #"{"messages":["# + Array(repeating: message, count: count).joined(separator: ",") + "]}"
}
