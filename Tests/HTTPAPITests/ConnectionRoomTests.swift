import Domain
import Fixtures
import Support
import Testing

@testable import HTTPAPI

/// Connections that want more than their share.
@Suite struct ConnectionRoomTests {
    private static let ask = "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test func `an address has its places, and gets them back`() {
        let room = ConnectionRoom(limit: 2, proxies: TrustedProxies())
        let first = room.enter("192.0.2.1")
        #expect(first == .counted("192.0.2.1"))
        #expect(room.enter("192.0.2.1") == first)
        #expect(room.enter("192.0.2.1") == .refused)
        #expect(room.enter("192.0.2.2") == .counted("192.0.2.2"))
        room.leave(.refused)
        #expect(room.enter("192.0.2.1") == .refused)
        room.leave(first)
        #expect(room.enter("192.0.2.1") == first)
    }

    @Test func `a network of IPv6 is one address, and proxies are not counted`() throws {
        let proxies = TrustedProxies([try #require(AddressRange("10.0.0.0/8"))])
        let room = ConnectionRoom(limit: 1, proxies: proxies)
        let network = room.enter("2001:db8:1:2::1")
        #expect(network != .refused && network != .uncounted)
        #expect(room.enter("2001:db8:1:2::9") == .refused)
        #expect(room.enter("2001:db8:1:3::9") != .refused)
        for _ in 1...3 { #expect(room.enter("10.1.2.3") == .uncounted) }
        #expect(room.enter(nil) == .uncounted)
        #expect(room.enter("no address") == .uncounted)
    }

    @Test func `one address too many is closed, and served when another has left`() async throws {
        try await Self.run(limits: APILimits(connectionsPerAddress: 2)) { port in
            let held = try (1...2).map { _ in try Socket(port: port) }
            for socket in held {
                socket.send(Self.ask)
                #expect(await Self.answer(of: socket)?.hasPrefix("HTTP/1.1 200") == true)
            }
            let refused = try Socket(port: port)
            refused.send(Self.ask)
            #expect(await refused.readAll().isEmpty)
            refused.close()
            held[0].close()
            var answer: String?
            let limit = ContinuousClock.now + .seconds(60)
            while answer == nil, ContinuousClock.now < limit {
                let next = try Socket(port: port)
                next.send(Self.ask)
                answer = await Self.answer(of: next)
                next.close()
            }
            #expect(answer?.hasPrefix("HTTP/1.1 200") == true)
            held[1].close()
        }
    }

    @Test func `a trusted proxy may hold more than one address`() async throws {
        let limits = APILimits(connectionsPerAddress: 1)
        try await Self.run(limits: limits, proxies: ["127.0.0.0/8"]) { port in
            let sockets = try (1...3).map { _ in try Socket(port: port) }
            for socket in sockets {
                socket.send(Self.ask)
                #expect(await Self.answer(of: socket)?.hasPrefix("HTTP/1.1 200") == true)
            }
            for socket in sockets { socket.close() }
        }
    }

    /// The only place is free again for the second client when the first is closed; it would wait
    /// for ever otherwise.
    @Test func `a head that does not come in time gives its place to others`() async throws {
        var deadlines = APIDeadlines.patient
        deadlines.idle = .seconds(3_600)
        deadlines.head = .milliseconds(200)
        let limits = APILimits(connections: 1)
        try await Self.run(limits: limits, deadlines: deadlines) { port in
            let slow = try Socket(port: port)
            slow.send("GET /livez HTTP/1.1\r\nHost: a\r\nX-Slow: ")
            let second = try Socket(port: port)
            second.send(Self.ask)
            #expect(await Self.answer(of: second)?.hasPrefix("HTTP/1.1 200") == true)
            second.close()
            slow.close()
        }
    }

    /// What the server says first; nil when it closes.
    private static func answer(of socket: Socket) async -> String? {
        await socket.readSome().map { String(decoding: $0, as: UTF8.self) }
    }

    private static func run(
        limits: APILimits,
        deadlines: APIDeadlines = .patient,
        proxies: [String] = [],
        _ body: @Sendable (Int) async throws -> Void
    ) async throws {
        try await Fixture.with { fixture in
            try await ServedAPI.run(
                .local(limits: limits, deadlines: deadlines, proxies: proxies),
                fixture.environment
            ) { api in
                try await body(api.port)
            }
        }
    }
}
