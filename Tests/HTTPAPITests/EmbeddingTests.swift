import Domain
import Fixtures
import HTTPTypes
import Operations
import Postgres
import Support
import Testing

@testable import HTTPAPI

/// Vectors of texts.
struct `Vectors` {
    private static let path = "/api/v1/ai/embeddings"
    private static let body = #"{"model":"mock/m","input":["one"]}"#

    @Test func `are given again under their idempotency key, without cost`() async throws {
        try await Self.with { chat in
            let key: HTTPFields = [.idempotencyKey: "k"]
            let first = try await chat.send(Self.body, to: Self.path, headers: key)
            #expect(first.status == 200, "\(first.text)")
            #expect(first.headers[.replayed] == nil)
            let again = try await chat.send(Self.body, to: Self.path, headers: key)
            #expect(again.status == 200, "\(again.text)")
            #expect(again.headers[.replayed] == "true")
            #expect(try again.json()["id"] == first.json()["id"])
            #expect(try again.json()["embeddings"] == first.json()["embeddings"])
            #expect(try again.json()["usage"] == first.json()["usage"])
            #expect(chat.server.requests.count == 1)
            #expect(try await chat.calls() == ["settled 3000"])
            let other = #"{"model":"mock/m","input":["two"]}"#
            let reused = try await chat.send(other, to: Self.path, headers: key)
            #expect(reused.error == "idempotency_key_reused")
        }
    }

    @Test func `come in the form of OpenAI's clients, as numbers or as bytes`() async throws {
        try await Self.with { chat in
            let path = "/api/v1/ai/openai/v1/embeddings"
            let plain = try await chat.send(#"{"model":"mock/m","input":"one"}"#, to: path)
            #expect(plain.status == 200, "\(plain.text)")
            let json = try plain.json()
            #expect(json["object"] == .string("list") && json["model"] == .string("mock/m"))
            #expect(json["usage"]?["prompt_tokens"] == .integer(3))
            guard case .array(let data)? = json["data"],
                case .array(let vector)? = data[0]["embedding"]
            else { return #expect(Bool(false), "\(plain.text)") }
            #expect(vector.count == 3 && vector[1] == .number(-1.25))
            let bytes = try await chat.send(
                #"{"model":"mock/m","input":["one"],"encoding_format":"base64","user":"u"}"#,
                to: path
            )
            guard case .array(let coded)? = try bytes.json()["data"] else {
                return #expect(Bool(false), "\(bytes.text)")
            }
            #expect(coded[0]["embedding"] == .string("zczMPQAAoL+wD6E0"))
            for (body, field) in [
                (#"{"model":"mock/m","input":[]}"#, "input"),
                (#"{"model":"mock/m","input":7}"#, "input"),
                (#"{"model":"mock/m","input":[[1,2]]}"#, "input"),
                (#"{"model":"mock/m","input":"x","dimensions":3}"#, "dimensions"),
                (#"{"model":"mock/m","input":"x","encoding_format":"hex"}"#, "encoding_format"),
            ] {
                let reply = try await chat.send(body, to: path)
                #expect(reply.status == 422, "\(reply.text)")
                #expect(try reply.json()["error"]?["param"] == .string(field))
            }
            #expect(chat.server.requests.count == 2)
        }
    }

    @Test func `that are no longer kept are gone`() async throws {
        try await Self.with { chat in
            let key: HTTPFields = [.idempotencyKey: "k"]
            #expect(try await chat.send(Self.body, to: Self.path, headers: key).status == 200)
            _ = try await chat.api.fixture.migrated.admin("DELETE FROM ai_replies")
            let reply = try await chat.send(Self.body, to: Self.path, headers: key)
            #expect(reply.status == 410, "\(reply.text)")
            #expect(chat.server.requests.count == 1)
        }
    }

    @Test func `of a provider that fails cost nothing, and free their key`() async throws {
        let script: ModelServer.Script = { _, number in
            number == 0 ? ModelServer.refusal(400) : Self.answer
        }
        try await Self.with(script: script) { chat in
            let key: HTTPFields = [.idempotencyKey: "k"]
            let failed = try await chat.send(Self.body, to: Self.path, headers: key)
            #expect(failed.status == 502)
            let reply = try await chat.send(Self.body, to: Self.path, headers: key)
            #expect(reply.status == 200, "\(reply.text)")
            #expect(try await chat.calls() == ["released 0", "settled 3000"])
        }
    }

    private static let answer: [ModelServer.Step] = [
        .json,
        .text(
            #"{"data":[{"index":0,"embedding":[0.1,-1.25,3e-7]}],"#
                + #""usage":{"prompt_tokens":3,"total_tokens":3}}"#
        ), .end,
    ]

    private static func with(
        script: @escaping ModelServer.Script = { _, _ in answer },
        _ body: @Sendable @escaping (ChatAPI) async throws -> Void
    ) async throws {
        try await ChatAPI.with(script: script, body)
    }
}
