import Domain
import Fixtures
import Operations
import Postgres
import Testing

/// What a password without a code counts as, and what a code makes good.
struct SecondFactorThrottleTests {
    private func count(_ table: String, _ fixture: Fixture) async throws -> Int64? {
        let rows = try await fixture.migrated.admin(
            table == "known_devices"
                ? "SELECT count(*) AS n FROM known_devices"
                : "SELECT coalesce(sum(failures), 0)::bigint AS n FROM auth_throttle"
        )
        return try rows.first?.decode("n")
    }

    @Test func `a password without a code stays counted, and a code takes it back`() async throws {
        try await FactorSetup.with { setup in
            let fixture = setup.fixture
            let before = try await count("auth_throttle", fixture)
            for _ in 0..<4 { _ = try await fixture.required() }
            let token = try await fixture.required().token
            #expect(try await count("auth_throttle", fixture) != before)
            // A second from now on, whatever time the five took.
            _ = try await fixture.migrated.admin(
                """
                UPDATE auth_throttle SET blocked_until = now() + interval '100 s'
                WHERE key LIKE 'pair:%' AND blocked_until > 'epoch'
                """
            )
            let error = await #expect(throws: DomainError.self) {
                try await fixture.signIn("owner@acme.test", kind: .api)
            }
            #expect(error?.code == .rateLimited)
            _ = try await setup.verify(token, setup.freshCode())
            for _ in 0..<3 { _ = try await fixture.required() }
        }
    }

    @Test func `a device is known by the code, not by the password`() async throws {
        try await FactorSetup.with { setup in
            let fixture = setup.fixture
            let before = try #require(try await count("known_devices", fixture))
            let token = try await fixture.required().token
            #expect(try await count("known_devices", fixture) == before)
            let first = try await setup.verify(token, setup.freshCode())
            let device = try #require(first.deviceToken)
            #expect(try await count("known_devices", fixture) == before + 1)
            let second = try await setup.verify(
                try await fixture.required(device: device).token,
                setup.freshCode(),
                client: ClientInfo(userAgent: "tests", ip: "127.0.0.1", device: device)
            )
            #expect(second.deviceToken == nil)
            #expect(try await count("known_devices", fixture) == before + 1)
        }
    }

    @Test func `a shell keeps no device`() async throws {
        try await FactorSetup.with { setup in
            let before = try await count("known_devices", setup.fixture)
            let token = try await setup.fixture.required(kind: .shell).token
            let signedIn = try await setup.verify(token, setup.freshCode())
            #expect(signedIn.deviceToken == nil)
            #expect(try await count("known_devices", setup.fixture) == before)
        }
    }
}
