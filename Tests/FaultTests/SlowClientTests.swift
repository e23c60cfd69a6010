import Fixtures
import Foundation
import HTTPAPI
import Support
import Testing

/// F19: clients that send a byte now and then, or never read.
@Suite struct SlowClientTests {
    /// What is slow.
    enum Manner: CaseIterable, Sendable {
        case head
        case body
        case reading
    }

    private static let count = FaultScale.choose(25, full: 200)

    @Test(arguments: Manner.allCases)
    func `slow clients are closed in time, and others are served meanwhile`(
        manner: Manner
    ) async throws {
        try await Fixture.with { fixture in
            _ = try await fixture.makeTenant(by: fixture.makeOperator())
            var deadlines = APIDeadlines()
            deadlines.idle = .seconds(2)
            deadlines.body = .seconds(2)
            deadlines.response = .seconds(2)
            try await Service.run(fixture, deadlines: deadlines) { service in
                let client = try await service.signIn("owner@acme.test", workspace: "acme")
                let sockets = try (1...Self.count).map { _ in
                    try Socket(port: service.port, receiveBuffer: 4_096)
                }
                defer { for socket in sockets { socket.close() } }
                for socket in sockets { socket.send(Self.beginning(manner, client)) }
                try await eventually {
                    // One more byte each: whoever goes by the last byte would wait for ever.
                    if manner != .reading { for socket in sockets { socket.send("x") } }
                    let reply = try await client.get("/api/v1/me")
                    #expect(reply.status == 200)
                    return Self.open(to: service.port) == 0
                }
                #expect(try await client.get("/livez").status == 200)
            }
        }
    }

    private static func beginning(_ manner: Manner, _ client: Client) -> String {
        switch manner {
        case .head: "GET /livez HTTP/1.1\r\nHost: a\r\nX-Slow: "
        case .body:
            "POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Content-Length: 100000\r\n\r\n{"
        case .reading:
            // More answers than the buffers between can hold.
            String(repeating: "GET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n", count: 60)
        }
    }

    /// The server's connections that are still there, as the kernel lists them.
    private static func open(to port: Int) -> Int {
        let table = (try? String(contentsOfFile: "/proc/net/tcp", encoding: .utf8)) ?? ""
        let local = ":" + String(format: "%04X", port)
        return table.split(separator: "\n").dropFirst().filter { line in
            let columns = line.split(separator: " ")
            let established = "01"
            return columns.count > 3 && columns[1].hasSuffix(local) && columns[3] == established
        }.count
    }
}
