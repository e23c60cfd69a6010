import Domain
import Fixtures
import Support
import Testing

/// Clients that hang up in the middle of a model's answer.
@Suite struct HungUpClientTests {
    @Test func `stop the model, and leave no hold behind`() async throws {
        let script: ModelServer.Script = { _, _ in
            [.stream, .piece("Begin"), .wait("hung up")]
                + Array(repeating: .piece("more and more and more"), count: 100)
                + [.untilGone("gone")]
        }
        try await Fixture.with { fixture in
            try await fixture.withModel(script: script) { fixture, server in
                let acme = try await fixture.makeTenant(by: fixture.makeOperator())
                try await Service.run(fixture) { service in
                    let client = try await service.signIn("owner@acme.test", workspace: "acme")
                    let socket = try Socket(port: service.port)
                    socket.send(client.ask("POST", "/api/v1/ai/chat", body: Self.question).text)
                    #expect(await Self.reads("Begin", from: socket))
                    socket.close()
                    server.open("hung up")
                    try await server.reached("gone")
                    try await eventually {
                        try await fixture.calls(of: acme.id).first?.hasPrefix("settled ") == true
                    }
                    let books = try await fixture.books(of: acme.id)
                    #expect(books.held == 0)
                    #expect(books.used > 0 && books.used < 1_000)
                }
            }
        }
    }

    /// A call whose client goes before it gets a byte.
    struct Unanswered: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let path: String
        let body: String
        let script: [ModelServer.Step]
    }

    private static let unanswered = [
        Unanswered(
            testDescription: "a stream before its first piece",
            path: "/api/v1/ai/chat",
            body: question,
            script: [.tell("asked"), .untilGone("gone")]
        ),
        Unanswered(
            testDescription: "an answer in one piece before the model's first word",
            path: "/api/v1/ai/chat",
            body: #"{"model":"mock/m","messages":[{"role":"user","content":"Go"}]}"#,
            script: [.tell("asked"), .untilGone("gone")]
        ),
        Unanswered(
            testDescription: "an answer in one piece in the middle of it",
            path: "/api/v1/ai/chat",
            body: #"{"model":"mock/m","messages":[{"role":"user","content":"Go"}]}"#,
            script: [.stream, .piece("Half an answer"), .tell("asked"), .untilGone("gone")]
        ),
        Unanswered(
            testDescription: "an answer in OpenAI's form",
            path: "/api/v1/ai/openai/v1/chat/completions",
            body: #"{"model":"mock/m","messages":[{"role":"user","content":"Go"}]}"#,
            script: [.tell("asked"), .untilGone("gone")]
        ),
        Unanswered(
            testDescription: "vectors",
            path: "/api/v1/ai/embeddings",
            body: #"{"model":"mock/m","input":["Go"]}"#,
            script: [.tell("asked"), .untilGone("gone")]
        ),
    ]

    @Test(arguments: unanswered, [true, false])
    func `are seen before anything is written to them`(
        call: Unanswered,
        closes: Bool
    ) async throws {
        let script: ModelServer.Script = { _, _ in call.script }
        try await Fixture.with { fixture in
            try await fixture.withModel(script: script) { fixture, server in
                let acme = try await fixture.makeTenant(by: fixture.makeOperator())
                try await Service.run(fixture) { service in
                    let client = try await service.signIn("owner@acme.test", workspace: "acme")
                    let socket = try Socket(port: service.port)
                    socket.send(client.ask("POST", call.path, body: call.body).text)
                    try await server.reached("asked")
                    if closes { socket.close() } else { socket.finish() }
                    try await server.reached("gone")
                    try await eventually {
                        try await fixture.calls(of: acme.id).first?.hasPrefix("settled ") == true
                    }
                    if !closes { socket.close() }
                    let books = try await fixture.books(of: acme.id)
                    // The question, and what was written by then: nothing that was not made.
                    #expect(books.held == 0)
                    #expect(books.used > 0 && books.used < 100, "\(books.used)")
                    #expect(server.requests.count == 1)
                }
            }
        }
    }

    private static let question = """
        {"model":"mock/m","stream":true,"messages":[{"role":"user","content":"Go"}]}
        """

    private static func reads(_ text: String, from socket: Socket) async -> Bool {
        await onThread {
            var read = ""
            while !read.contains(text) {
                guard let bytes = socket.read() else { return false }
                read += String(decoding: bytes, as: UTF8.self)
            }
            return true
        }
    }
}
