import Domain
import Fixtures
import Storage
import Support
import Synchronization
import Testing

/// The clock of the machine that serves the API jumps; the database's does not.
@Suite struct ClockJumpTests {
    @Test func `an hour ahead, nobody gets in, and everybody does when it is right again`()
        async throws
    {
        try await with { clock, client, refresh in
            clock.jump(to: 3_600)
            let late = try await client.get("/api/v1/me")
            #expect(late.status == 401 && late.problem == "token_expired")
            // The database refuses what a clock that is so far ahead signed.
            #expect(try await client.send(refresh(client)).status >= 400)
            #expect(try await client.send(Self.login(client)).status >= 400)
            clock.jump(to: 0)
            #expect(try await client.get("/api/v1/me").status == 200)
            #expect(try await client.send(refresh(client)).status == 200)
            #expect(try await client.send(Self.login(client)).status == 200)
        }
    }

    @Test func `an hour behind, nobody gets in, and everybody does when it is right again`()
        async throws
    {
        try await with { clock, client, refresh in
            clock.jump(to: -3_600)
            let early = try await client.get("/api/v1/me")
            #expect(early.status == 401 && early.problem == "unauthenticated")
            // The database refuses what a clock that is behind signed.
            #expect(try await client.send(refresh(client)).status >= 400)
            let login = try await client.send(Self.login(client))
            #expect(login.status >= 400)
            clock.jump(to: 0)
            #expect(try await client.get("/api/v1/me").status == 200)
            #expect(try await client.send(refresh(client)).status == 200)
            #expect(try await client.send(Self.login(client)).status == 200)
        }
    }

    @Test(arguments: [-3_600, 3_600])
    func `an ended session stays ended, whatever the clock says`(jump: Int) async throws {
        try await with { clock, client, refresh in
            let out = try await client.send(client.ask("POST", "/api/v1/auth/logout"))
            #expect(out.status == 204)
            for seconds in [jump, 0] {
                clock.jump(to: seconds)
                #expect(try await client.get("/api/v1/me").status >= 400)
                #expect(try await client.send(refresh(client)).status >= 400)
            }
            #expect(try await client.get("/api/v1/me").problem == "session_revoked")
        }
    }

    /// Limits are counted by a clock that never jumps.
    @Test(arguments: [-3_600, 3_600])
    func `a jump gives nobody more requests`(jump: Int) async throws {
        // One was taken by the sign-in.
        let rates = RateLimits(address: RateLimit(count: 2, window: .seconds(1_000)))
        try await with(rates: rates) { clock, client, _ in
            #expect(try await client.get("/api/v1/me").status == 200)
            for seconds in [0, jump, 0] {
                clock.jump(to: seconds)
                let over = try await client.get("/api/v1/me")
                #expect(over.status == 429, "\(over)")
            }
        }
    }

    private typealias Refresh = @Sendable (Client) -> HTTPAsk

    private func with(
        rates: RateLimits = .none,
        _ body: @Sendable (JumpingClock, Client, Refresh) async throws -> Void
    ) async throws {
        let clock = JumpingClock()
        try await Fixture.with(clock: clock.clock) { fixture in
            _ = try await fixture.makeTenant(by: fixture.makeOperator())
            try await Service.run(fixture, rates: rates) { service in
                var client = Client(port: service.port)
                let reply = try await client.send(Self.login(client))
                client.token = try reply.text("access_token")
                let token = try reply.text("refresh_token")
                try await body(clock, client) { client in
                    Client(port: client.port).ask(
                        "POST",
                        "/api/v1/auth/refresh",
                        body: #"{"refresh_token":"\#(token)"}"#
                    )
                }
            }
        }
    }

    private static func login(_ client: Client) -> HTTPAsk {
        let password = Fixture.password
        return Client(port: client.port).ask(
            "POST",
            "/api/v1/auth/login",
            body: #"{"email":"owner@acme.test","password":"\#(password)","grant":"cli"}"#
        )
    }
}

/// The machine's clock, moved by some seconds.
private final class JumpingClock: Sendable {
    private let offset = Mutex(0)

    func jump(to seconds: Int) {
        offset.withLock { $0 = seconds }
    }

    var clock: SystemClock {
        SystemClock {
            SystemClock.live.now().advanced(by: .seconds(self.offset.withLock { $0 }))
        }
    }
}
