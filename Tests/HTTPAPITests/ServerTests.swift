import Fixtures
import ServiceLifecycle
import Support
import Testing

@testable import HTTPAPI

/// The server on a real socket.
struct `The server` {
    @Test(arguments: [
        ("GARBAGE\r\n\r\n", "400"),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: \u{0}\r\n\r\n", "400"),
        ("GET /livez HTTP/1.1\r\n\r\n", "400"),
        ("GET /livez HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400"),
        ("GET /livez HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", "400"),
        ("GET /\u{7F} HTTP/1.1\r\nHost: a\r\n\r\n", "400"),
        (
            "POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"
        ),
        (
            "POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                + "Content-Length: 6\r\n\r\nhello", "400"
        ),
        (
            "POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
            "400"
        ),
        (
            "POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", "400"
        ),
        (
            "GET /livez HTTP/1.1\r\nHost: a\r\nX-Big: "
                + String(repeating: "b", count: 1_000_000) + "\r\n\r\n", "431"
        ),
        (
            "GET /livez HTTP/1.1\r\nHost: a\r\n"
                + (1...2_000).map { "X-\($0): y\r\n" }.joined() + "\r\n", "431"
        ),
    ])
    func `answers what is no HTTP with a problem`(request: String, status: String) async throws {
        try await Self.run { port, _ in
            let socket = try Socket(port: port)
            defer { socket.close() }
            socket.send(request)
            let answer = await socket.readAll()
            #expect(answer.hasPrefix("HTTP/1.1 \(status)"), "\(answer.prefix(300))")
            #expect(answer.contains("application/problem+json"))
            #expect(answer.contains("X-Content-Type-Options"))
        }
    }

    @Test(arguments: [
        ("1.1", "gzip, chunked", 501), ("1.1", "gzip\r\nTransfer-Encoding: chunked", 501),
        ("1.1", "identity", 400), ("1.1", "xchunked", 400), ("1.1", "chunked, chunked", 400),
        ("1.1", "chunked\r\nTransfer-Encoding: chunked", 400), ("1.1", "chunked, gzip", 400),
        ("1.1", "chunked, identity", 400), ("1.1", "chunked;q=1", 400), ("1.1", "\"chunked\"", 400),
        ("1.1", "\u{0B}chunked", 400), ("1.1", "", 400), ("1.0", "chunked", 400),
        ("1.1", "chunked\r\nContent-Length: 5", 400), ("1.1", "chunked\r\n Content-Length: 5", 400),
    ])
    func `takes no body whose end another may see in another place`(
        version: String,
        coding: String,
        status: Int
    ) async throws {
        try await Self.run { port, _ in
            let socket = try Socket(port: port)
            defer { socket.close() }
            socket.send(
                "POST /api/v1/auth/login HTTP/\(version)\r\nHost: a\r\n"
                    + "Content-Type: application/json\r\nTransfer-Encoding: \(coding)\r\n\r\n"
                    + "0\r\n\r\nGET /livez HTTP/1.1\r\nHost: a\r\n\r\n"
            )
            let answer = await socket.readAll()
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
            #expect(answer.contains("application/problem+json"))
            #expect(answer.contains("\"status\":\(status)"))
            #expect(answer.ranges(of: "HTTP/1.1 ").count == 1, "\(answer)")
        }
    }

    @Test func `knows chunked in any letters`() async throws {
        try await Self.run { port, _ in
            let socket = try Socket(port: port)
            defer { socket.close() }
            socket.send(
                "POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nTransfer-Encoding: Chunked \r\n\r\n"
                    + "2\r\n{}\r\n0\r\n\r\n"
            )
            let answer = await socket.readAll()
            #expect(answer.hasPrefix("HTTP/1.1 422"), "\(answer)")
        }
    }

    @Test(arguments: [("1.1", "HTTP/1.1 417"), ("1.0", "HTTP/1.1 200")])
    func `refuses an expectation that it does not know, but not of a client that has none`(
        version: String,
        beginning: String
    ) async throws {
        try await Self.run { port, _ in
            let socket = try Socket(port: port)
            defer { socket.close() }
            let head = "GET /livez HTTP/\(version)\r\nHost: a\r\nConnection: close\r\n"
            socket.send(head + "Expect: 200-foo\r\n\r\n")
            let answer = await socket.readAll()
            #expect(answer.hasPrefix(beginning), "\(answer)")
        }
    }

    @Test(arguments: [
        "HTTP/1.0\r\n\r\n", "HTTP/1.0\r\nHost: a\r\n\r\n",
        "HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n",
    ])
    func `closes behind its answer when the client does not stay`(head: String) async throws {
        try await Self.run { port, _ in
            let socket = try Socket(port: port)
            defer { socket.close() }
            socket.send("GET /livez \(head)GET /livez \(head)")
            let answer = await socket.readAll()
            #expect(answer.ranges(of: "200 OK").count == 1, "\(answer)")
        }
    }

    @Test func `keeps an HTTP/1.0 connection open when it is asked to`() async throws {
        try await Self.run { port, _ in
            let socket = try Socket(port: port)
            defer { socket.close() }
            socket.send("GET /livez HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")
            socket.send("GET /livez HTTP/1.0\r\n\r\n")
            let answer = await socket.readAll()
            #expect(answer.ranges(of: "200 OK").count == 2, "\(answer)")
        }
    }

    @Test(arguments: [
        "/livez HTTP/1.1\r\nHost: a\r\nX-Big: \(String(repeating: "b", count: 20_000))",
        "/livez HTTP/1.1\r\nHost: a" + String(repeating: "\r\nX-Y: z", count: 150),
        "/\(String(repeating: "a", count: 20_000)) HTTP/1.1\r\nHost: a",
    ])
    func `says that a header is a little too large`(head: String) async throws {
        try await Self.run { port, _ in
            let socket = try Socket(port: port)
            defer { socket.close() }
            socket.send("GET \(head)\r\n\r\n")
            let answer = await socket.readAll()
            #expect(answer.hasPrefix("HTTP/1.1 431"), "\(answer.prefix(300))")
            #expect(answer.contains("At most 16384 bytes and 100 fields are taken."))
        }
    }

    @Test func `asks for the body that a client holds back`() async throws {
        try await Self.run { port, _ in
            let socket = try Socket(port: port)
            defer { socket.close() }
            socket.send(
                "POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 2\r\n"
                    + "Expect: 100-continue\r\n\r\n{}"
            )
            let answer = await socket.readAll()
            #expect(answer.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 422"), "\(answer)")
        }
    }

    @Test func `does not ask for a body that is too large`() async throws {
        try await Self.run { port, _ in
            let socket = try Socket(port: port)
            defer { socket.close() }
            socket.send(
                "POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 99999999\r\n"
                    + "Expect: 100-continue\r\n\r\n"
            )
            let answer = await socket.readAll()
            #expect(answer.hasPrefix("HTTP/1.1 413"), "\(answer)")
        }
    }

    @Test func `refuses a body that does not come`() async throws {
        var deadlines = APIDeadlines.patient
        deadlines.body = .milliseconds(200)
        try await Self.run(deadlines: deadlines) { port, _ in
            let socket = try Socket(port: port)
            defer { socket.close() }
            socket.send(
                "POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
            )
            let answer = await socket.readAll()
            #expect(answer.hasPrefix("HTTP/1.1 408"), "\(answer)")
            #expect(answer.contains("application/problem+json"))
        }
    }

    @Test func `closes a connection on which nothing happens`() async throws {
        var deadlines = APIDeadlines.patient
        deadlines.idle = .milliseconds(200)
        try await Self.run(deadlines: deadlines) { port, _ in
            let socket = try Socket(port: port)
            defer { socket.close() }
            socket.send("GET /livez HTTP/1.1\r\nHo")
            #expect(await socket.readAll().isEmpty)
        }
    }

    @Test func `gives up a request that takes too long`() async throws {
        var deadlines = APIDeadlines.patient
        deadlines.request = .milliseconds(200)
        let never: @Sendable () async -> Readiness = {
            // Ends by the deadline's cancellation.
            for await _ in AsyncStream<Never>.makeStream().stream {}
            return .ready
        }
        try await Self.run(deadlines: deadlines, readiness: never) { port, _ in
            let socket = try Socket(port: port)
            defer { socket.close() }
            socket.send("GET /readyz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(await socket.readAll().hasPrefix("HTTP/1.1 504"))
        }
    }

    @Test func `ends open requests before it stops`() async throws {
        let (entered, enter) = AsyncStream<Void>.makeStream()
        let (released, release) = AsyncStream<Void>.makeStream()
        let readiness: @Sendable () async -> Readiness = {
            enter.finish()
            for await _ in released {}
            return .ready
        }
        try await Self.run(readiness: readiness) { port, group in
            let open = try Socket(port: port)
            let idle = try Socket(port: port)
            defer {
                open.close()
                idle.close()
            }
            open.send("GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n")
            for await _ in entered {}
            await group.triggerGracefulShutdown()
            // An idle connection is closed at once: shutdown has begun.
            #expect(await idle.readAll().isEmpty)
            #expect(throws: Socket.Failure.self) { try Socket(port: port) }
            release.finish()
            let answer = await open.readAll()
            #expect(answer.hasPrefix("HTTP/1.1 200"), "\(answer)")
        }
    }

    @Test func `does not wait for ever for open requests`() async throws {
        var deadlines = APIDeadlines.patient
        deadlines.drain = .milliseconds(200)
        let (entered, enter) = AsyncStream<Void>.makeStream()
        let never: @Sendable () async -> Readiness = {
            enter.finish()
            for await _ in AsyncStream<Never>.makeStream().stream {}
            return .ready
        }
        try await Self.run(deadlines: deadlines, readiness: never) { port, group in
            let open = try Socket(port: port)
            defer { open.close() }
            open.send("GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n")
            for await _ in entered {}
            await group.triggerGracefulShutdown()
            _ = await open.readAll()
        }
    }

    @Test func `shows its metrics on another address only`() async throws {
        let admin = try Socket.freePort()
        try await Self.run(admin: admin) { port, _ in
            let path = "GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            let outside = try Socket(port: port)
            let inside = try Socket(port: admin)
            defer {
                outside.close()
                inside.close()
            }
            outside.send(path)
            inside.send(path)
            let refused = await outside.readAll()
            let page = await inside.readAll()
            #expect(refused.hasPrefix("HTTP/1.1 404"))
            #expect(page.hasPrefix("HTTP/1.1 200"), "\(page)")
            #expect(page.contains("http_requests_in_flight"))
        }
    }

    @Test func `speaks TLS when it has a certificate`() async throws {
        let files = try TemporaryCertificate()
        defer { files.remove() }
        try await Self.run(tls: files.files) { port, _ in
            let answer = try await files.ask(port: port, path: "/livez")
            #expect(answer.hasPrefix("HTTP/1.1 200"), "\(answer)")
            let plain = try Socket(port: port)
            defer { plain.close() }
            plain.send("GET /livez HTTP/1.1\r\nHost: a\r\n\r\n")
            let nothing = await plain.readAll()
            #expect(!nothing.contains("HTTP/1.1 200"))
        }
    }

    /// Runs a server and then a body with its port; returns when the server has stopped.
    private static func run(
        admin: Int? = nil,
        tls: TLSFiles? = nil,
        deadlines: APIDeadlines = .patient,
        readiness: @escaping @Sendable () async -> Readiness = { .ready },
        _ body: @Sendable (Int, ServiceGroup) async throws -> Void
    ) async throws {
        try await Fixture.with { fixture in
            var configuration = APIConfiguration.local(deadlines: deadlines)
            configuration.adminAddress = admin.map { ListenAddress(host: "127.0.0.1", port: $0) }
            configuration.tls = tls
            try await ServedAPI.run(
                configuration,
                fixture.environment,
                readiness: readiness
            ) { api in
                try await body(api.port, api.group)
            }
        }
    }
}
