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
                    await server.reached("gone")
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
