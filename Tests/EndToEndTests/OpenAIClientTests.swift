import Foundation
import Support
import Testing

/// The door in OpenAI's form, used by OpenAI's own client.
@Suite(.serialized, DemoPlatform()) struct OpenAIClientTests {
    @Test func `the official client gets answers, streams and errors`() async throws {
        let shell = try #require(DemoPlatform.shell)
        let port = try Socket.freePort()
        let program = try RunningProgram(
            shell,
            ["serve", "--port", "\(port)", "--admin-port", "0"]
        )
        try await program.expect("listening on 127.0.0.1:\(port)")
        var client = shell
        client.executable = Self.folder + "/../../../.build/python/bin/python"
        let ending = try client.run([
            Self.folder + "/openai_client.py",
            "http://127.0.0.1:\(port)/api/v1/ai/openai/v1",
            try Self.token(port),
        ])
        program.signal(SIGTERM)
        #expect(try await program.exit() == 0)
        #expect(ending.status == 0, "\(ending.output)\(ending.errors)")
        #expect(ending.output.contains("all good"))
    }

    private static let folder =
        (#filePath as NSString).deletingLastPathComponent + "/Contract"

    private static func token(_ port: Int) throws -> String {
        let body = """
            {"email":"omar@acme-charity.example","password":"\(DemoPlatform.password)"}
            """
        let ask = HTTPAsk("POST", "/api/v1/auth/login", body: body)
        guard case .reply(let reply)? = HTTPConnection(port: port)?.ask(ask) else {
            throw CocoaError(.fileReadUnknown)
        }
        return try #require(reply.object["access_token"] as? String)
    }
}
