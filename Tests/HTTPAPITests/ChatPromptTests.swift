import Domain
import Fixtures
import HTTPTypes
import Operations
import Support
import Testing

@testable import HTTPAPI

/// Questions that begin with a prompt of the workspace.
struct `A question with a prompt` {
    @Test func `is rendered into the call, and its version is explained`() async throws {
        try await Self.with { chat in
            let body = Self.body(#"{"name":"greeting","variables":{"who":"{{Ada}}"}}"#)
            let reply = try await chat.send(body)
            #expect(reply.status == 200, "\(reply.text)")
            let sent = try #require(chat.server.requests.last?.body)
            #expect(sent.contains("Be kind to {{Ada}}.") && sent.contains("Greet {{Ada}}!"))
            let call = try await chat.api.send(
                .get,
                "/api/v1/ai/requests/\(reply.text("id"))",
                token: chat.token
            )
            #expect(try call.json()["prompt_version"] == .integer(2))
            guard case .string = try call.json()["prompt_id"] else {
                Issue.record("\(call.text)")
                return
            }
        }
    }

    @Test(arguments: [
        (#"{"name":"greeting","label":"stable","variables":{"who":"Ada"}}"#, "Hello Ada"),
        (#"{"name":"greeting","version":1,"variables":{"who":"Ada"}}"#, "Hello Ada"),
        (#"{"name":"greeting","label":"latest","variables":{"who":"Ada"}}"#, "Greet Ada!"),
    ])
    func `has the version that it names, before its own messages`(
        prompt: String,
        words: String
    ) async throws {
        try await Self.with { chat in
            let reply = try await chat.ask("Go on.", #","prompt":\#(prompt)"#)
            #expect(reply.status == 200, "\(reply.text)")
            let sent = try #require(chat.server.requests.last?.body)
            let places = [words, "Go on."].compactMap { sent.firstRange(of: $0)?.lowerBound }
            #expect(places.count == 2 && places == places.sorted(), "\(sent)")
        }
    }

    @Test func `keeps what it asks, and not what the model is told`() async throws {
        try await Self.with { chat in
            let prompt = #"{"name":"greeting","variables":{"who":"Ada"}}"#
            let reply = try await chat.send(Self.body(prompt, #","remember":true"#))
            let id = try reply.text("conversation_id")
            let kept = try await chat.api.send(
                .get,
                "/api/v1/ai/conversations/\(id)/messages",
                token: chat.token
            )
            #expect(try kept.items().map { $0["role"] } == [.string("user"), .string("assistant")])
            #expect(kept.text.contains("Greet Ada!") && !kept.text.contains("Be kind"))
        }
    }

    @Test(arguments: [
        (#"{"name":"greeting"}"#, 422, "is required by the prompt"),
        (#"{"name":"greeting","variables":{"who":"a","x":"b"}}"#, 422, "is not known"),
        (#"{"name":"greeting","variables":{"who":1}}"#, 422, "must be a text"),
        (#"{"variables":{}}"#, 422, "prompt.name"),
        (#"{"name":"greeting","label":"stable","version":1}"#, 422, "beside label"),
        (#"{"name":"greeting","version":0,"variables":{}}"#, 422, "must be 1 or more"),
        (#"{"name":"greeting","shout":true}"#, 422, "is not a known field"),
        (#"{"name":"greeting","version":9,"variables":{"who":"a"}}"#, 404, "has no version 9"),
        (#"{"name":"greeting","label":"none","variables":{}}"#, 404, #"has the label \"none\""#),
        (#"{"name":"nobody"}"#, 404, "prompt"),
    ])
    func `that is wrong is refused, and nothing is sent`(
        prompt: String,
        status: Int,
        words: String
    ) async throws {
        try await Self.with { chat in
            let reply = try await chat.send(Self.body(prompt))
            #expect(reply.status == status, "\(reply.text)")
            #expect(reply.text.contains(words), "\(reply.text)")
            #expect(chat.server.requests.isEmpty)
            #expect(try await chat.calls().isEmpty)
        }
    }

    @Test func `is another one under the same idempotency key with other values`() async throws {
        try await Self.with { chat in
            let key: HTTPFields = [.idempotencyKey: "k"]
            let ada = Self.body(#"{"name":"greeting","variables":{"who":"Ada"}}"#)
            let bob = Self.body(#"{"name":"greeting","variables":{"who":"Bob"}}"#)
            let first = try await chat.send(ada, headers: key)
            #expect(first.status == 200, "\(first.text)")
            #expect(try await chat.send(ada, headers: key).headers[.replayed] == "true")
            #expect(try await chat.send(bob, headers: key).error == "idempotency_key_reused")
        }
    }

    @Test func `is needed where there are no messages`() async throws {
        try await Self.with { chat in
            let reply = try await chat.send(#"{"model":"mock/m"}"#)
            #expect(reply.status == 422)
            #expect(reply.text.contains("messages"))
        }
    }

    private static func body(_ prompt: String, _ more: String = "") -> String {
        #"{"model":"mock/m","prompt":\#(prompt)\#(more)}"#
    }

    /// With a prompt of two versions; `stable` is the first.
    private static func with(
        _ body: @Sendable @escaping (ChatAPI) async throws -> Void
    )
        async throws
    {
        try await ChatAPI.with { chat in
            let environment = chat.api.fixture.environment
            let new = try NewPrompt(
                name: "greeting",
                description: "",
                shareable: false,
                system: "",
                user: "Hello {{who}}"
            )
            let prompt = try await CreatePrompt(environment)(new, by: chat.acme.owner)
            _ = try await AddPromptVersion(environment)(
                PromptText(system: "Be kind to {{who}}.", user: "Greet {{who}}!"),
                number: 2,
                to: prompt.id,
                by: chat.acme.owner
            )
            _ = try await LabelPrompt(environment)(
                "stable",
                at: 1,
                of: prompt.id,
                by: chat.acme.owner
            )
            try await body(chat)
        }
    }
}
