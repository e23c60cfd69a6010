import Foundation
import Support
import Testing

/// The doors in the forms of others, used by their own clients.
@Suite(.serialized, DemoPlatform()) struct ModelClientTests {
    @Test(arguments: [
        ("openai_client.py", "/api/v1/ai/openai/v1"),
        ("anthropic_client.py", "/api/v1/ai/anthropic"),
    ])
    func `the official client gets answers, streams and errors`(
        client program: String,
        base: String
    ) async throws {
        let shell = try #require(DemoPlatform.shell)
        let port = try Socket.freePort()
        let server = try RunningProgram(
            shell,
            ["serve", "--port", "\(port)", "--admin-port", "0"]
        )
        try await server.expect("listening on 127.0.0.1:\(port)")
        var client = shell
        client.executable = Self.folder + "/../../../.build/python/bin/python"
        let ending = try client.run([
            "\(Self.folder)/\(program)", "http://127.0.0.1:\(port)\(base)",
            try DemoPlatform.token(port),
        ])
        server.signal(SIGTERM)
        #expect(try await server.exit() == 0)
        #expect(ending.status == 0, "\(ending.output)\(ending.errors)")
        #expect(ending.output.contains("all good"))
    }

    private static let folder =
        (#filePath as NSString).deletingLastPathComponent + "/Contract"
}
