import Fixtures
import HTTPTypes
import Support
import Testing

@testable import HTTPAPI

/// An idempotency key belongs to the address to which it was sent first.
@Suite struct IdempotencyTests {
    /// The doors to models: a question of one and the same meaning at each that takes questions.
    private static let doors: [(path: String, body: String)] = [
        ("/api/v1/ai/chat", question), ("/api/v1/ai/openai/v1/chat/completions", question),
        ("/api/v1/ai/completions", #"{"model":"mock/m","prompt":"Hi","max_tokens":100}"#),
        ("/api/v1/ai/anthropic/v1/messages", question),
        ("/api/v1/ai/embeddings", #"{"model":"mock/m","input":["Hi"]}"#),
        ("/api/v1/ai/openai/v1/embeddings", #"{"model":"mock/m","input":["Hi"]}"#),
    ]
    private static let question =
        #"{"model":"mock/m","max_tokens":100,"messages":[{"role":"user","content":"Hi"}]}"#
    private static let vectors: [ModelServer.Step] = [
        .json,
        .text(
            #"{"data":[{"index":0,"embedding":[0.5]}],"usage":{"prompt_tokens":1,"total_tokens":1}}"#
        ), .end,
    ]
    private static let script: ModelServer.Script = { request, _ in
        request.path.hasSuffix("/embeddings") ? vectors : ModelServer.answer(["Hello"])
    }

    @Test(arguments: doors.indices)
    func `a key of one door to models is refused at all others`(first: Int) async throws {
        try await ChatAPI.with(script: Self.script) { chat in
            let key: HTTPFields = [.idempotencyKey: "k"]
            func ask(_ number: Int) async throws -> Reply {
                let door = Self.doors[number]
                return try await chat.send(door.body, to: door.path, headers: key)
            }
            let answer = try await ask(first)
            #expect(answer.status == 200, "\(answer.text)")
            for other in Self.doors.indices where other != first {
                let refused = try await ask(other)
                #expect(refused.status == 400 || refused.status == 422, "\(Self.doors[other].path)")
                #expect(refused.text.contains("idempotency_key_reused"), "\(refused.text)")
            }
            let again = try await ask(first)
            #expect(again.headers[.replayed] == "true")
            #expect(chat.server.requests.count == 1)
        }
    }
}
