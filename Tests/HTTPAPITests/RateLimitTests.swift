import Domain
import Fixtures
import HTTPTypes
import Operations
import Postgres
import Testing

@testable import HTTPAPI

/// The limits as a client meets them.
@Suite struct RateLimitTests {
    private static func limit(_ count: Int) -> RateLimit? {
        RateLimit(count: count, window: .seconds(1_000))
    }

    /// Tests come in over a socket of this machine, which is a trusted proxy here: so they ask from
    /// whatever address they say.
    private static func with(
        _ rates: RateLimits,
        _ body: @Sendable @escaping (TestAPI) async throws -> Void
    ) async throws {
        try await TestAPI.with(rates: rates, proxies: ["127.0.0.0/8", "::1"], body)
    }

    private static func from(_ address: String) -> HTTPFields { [.forwardedFor: address] }

    @Test func `an address is limited before it is asked who it is`() async throws {
        try await Self.with(RateLimits(address: Self.limit(2))) { api in
            let ada = Self.from("192.0.2.1")
            for left in [1, 0] {
                let reply = try await api.send(.get, "/api/v1/me", token: "nonsense", headers: ada)
                #expect(reply.status == 401)
                #expect(reply.headers[.rateLimitPolicy] == "\"address\";q=2;w=1000")
                #expect(reply.headers[.rateLimit]?.hasPrefix("\"address\";r=\(left);t=") == true)
            }
            let refused = try await api.send(.get, "/nowhere", headers: ada)
            #expect(refused.status == 429 && refused.error == "rate_limited")
            #expect(refused.headers[.rateLimit]?.hasPrefix("\"address\";r=0;t=") == true)
            let wait = try #require(refused.headers[.retryAfter].flatMap { Int($0) })
            #expect((1...500).contains(wait))
            #expect(refused.headers[.requestID] != nil)
            let live = try await api.send(.get, "/livez", headers: ada)
            #expect(live.status == 200)
            let bob = try await api.send(.get, "/nowhere", headers: Self.from("192.0.2.2"))
            #expect(bob.status == 404)
        }
    }

    @Test func `the header of somebody who is no proxy of ours says nothing`() async throws {
        try await TestAPI.with(rates: RateLimits(address: Self.limit(1)), proxies: []) { api in
            for (number, status) in [(1, 404), (2, 429)] {
                let reply = try await api.send(
                    .get,
                    "/nowhere",
                    headers: Self.from("198.51.100.\(number)")
                )
                #expect(reply.status == status)
            }
        }
    }

    @Test func `a person is limited wherever they ask from, and tenants together`() async throws {
        let rates = RateLimits(user: Self.limit(3), tenant: Self.limit(4))
        try await Self.with(rates) { api in
            let acme = try await api.fixture.makeTenant(by: api.fixture.makeOperator())
            _ = try await api.fixture.makeMember("ada@acme.test", role: .member, in: acme)
            let owner = try await api.token("owner@acme.test", workspace: "acme")
            let ada = try await api.token("ada@acme.test", workspace: "acme")
            for number in 1...3 {
                let reply = try await api.send(
                    .get,
                    "/api/v1/artifacts",
                    token: owner,
                    headers: Self.from("192.0.2.\(number)")
                )
                #expect(reply.status == 200)
                #expect(reply.headers[.rateLimitPolicy] == "\"user\";q=3;w=1000")
            }
            let refused = try await api.send(.get, "/api/v1/artifacts", token: owner)
            #expect(refused.status == 429)
            #expect(refused.headers[.rateLimit]?.hasPrefix("\"user\";r=0") == true)
            let first = try await api.send(.get, "/api/v1/artifacts", token: ada)
            #expect(first.status == 200)
            #expect(first.headers[.rateLimitPolicy] == "\"tenant\";q=4;w=1000")
            let second = try await api.send(.get, "/api/v1/artifacts", token: ada)
            #expect(second.status == 429)
            #expect(second.headers[.rateLimit]?.hasPrefix("\"tenant\";r=0") == true)
        }
    }

    @Test func `changes have a limit of their own`() async throws {
        try await Self.with(RateLimits(user: Self.limit(100), write: Self.limit(1))) { api in
            _ = try await api.fixture.makeTenant(by: api.fixture.makeOperator())
            let token = try await api.token("owner@acme.test", workspace: "acme")
            for status in [201, 429] {
                let reply = try await api.send(
                    .post,
                    "/api/v1/artifacts",
                    token: token,
                    body: #"{"name":"Thing"}"#
                )
                #expect(reply.status == status)
                #expect(reply.headers[.rateLimitPolicy] == "\"write\";q=1;w=1000")
            }
            let read = try await api.send(.get, "/api/v1/artifacts", token: token)
            #expect(read.status == 200)
        }
    }

    @Test func `a key has its own limit, or the usual one`() async throws {
        try await Self.with(RateLimits(user: Self.limit(1), key: Self.limit(2))) { api in
            let acme = try await api.fixture.makeTenant(by: api.fixture.makeOperator())
            for (own, count) in [(nil, 2), (1, 1)] as [(Int?, Int)] {
                let key = try await CreateAPIKey(api.fixture.environment)(
                    name: "Key",
                    scopes: ["artifact.read"],
                    ratePerMinute: own,
                    by: acme.owner
                ).text
                for number in 0...count {
                    let reply = try await api.send(.get, "/api/v1/artifacts", token: key)
                    #expect(reply.status == (number < count ? 200 : 429))
                    #expect(reply.headers[.rateLimit]?.hasPrefix("\"key\";r=") == true)
                }
            }
        }
    }

    @Test func `a key that has ended is told so even when it is over its limit`() async throws {
        try await Self.with(RateLimits(key: Self.limit(1))) { api in
            let acme = try await api.fixture.makeTenant(by: api.fixture.makeOperator())
            let environment = api.fixture.environment
            func use(_ key: String) async throws -> Reply {
                try await api.send(.get, "/api/v1/artifacts", token: key)
            }
            let create = CreateAPIKey(environment)
            let revoked = try await create(name: "A", scopes: ["artifact.read"], by: acme.owner)
            #expect(try await use(revoked.text).status == 200)
            #expect(try await use(revoked.text).status == 429)
            _ = try await RevokeAPIKey(environment)(revoked.key.id, by: acme.owner)
            let gone = try await use(revoked.text)
            #expect(gone.status == 401 && gone.error == "api_key_revoked")
            let ended = try await create(name: "B", scopes: ["artifact.read"], by: acme.owner)
            #expect(try await use(ended.text).status == 200)
            _ = try await api.fixture.migrated.admin(
                "UPDATE api_keys SET expires_at = now() WHERE name = 'B'"
            )
            let late = try await use(ended.text)
            #expect(late.status == 401 && late.error == "api_key_expired")
        }
    }

    @Test func `another rate of a key holds from its next request on`() async throws {
        try await Self.with(RateLimits(key: Self.limit(100))) { api in
            let acme = try await api.fixture.makeTenant(by: api.fixture.makeOperator())
            let issued = try await CreateAPIKey(api.fixture.environment)(
                name: "Key",
                scopes: ["artifact.read"],
                ratePerMinute: 1,
                by: acme.owner
            )
            let token = try await api.token("owner@acme.test")
            for (rate, status) in [("2", 200), ("1", 429), ("null", 200), ("1", 429)] {
                let path = "/api/v1/workspaces/acme/api-keys/\(issued.key.id)"
                let body = "{\"rate_per_minute\":\(rate)}"
                let changed = try await api.send(.patch, path, token: token, body: body)
                #expect(changed.status == 200, "\(changed.text)")
                let used = try await api.send(.get, "/api/v1/artifacts", token: issued.text)
                #expect(used.status == status, "\(rate): \(used.text)")
            }
        }
    }

    @Test func `attempts to come in are limited by address`() async throws {
        try await Self.with(RateLimits(signIn: Self.limit(2))) { api in
            let body = #"{"email":"a@b.test","password":"wrong wrong wrong"}"#
            for status in [401, 401, 429] {
                let reply = try await api.send(
                    .post,
                    "/api/v1/auth/login",
                    headers: Self.from("192.0.2.1"),
                    body: body
                )
                #expect(reply.status == status)
                #expect((reply.headers[.retryAfter] != nil) == (status == 429))
            }
            let other = try await api.send(
                .post,
                "/api/v1/auth/login",
                headers: Self.from("192.0.2.2"),
                body: body
            )
            #expect(other.status == 401)
        }
    }

    @Test func `without limits there are no such headers`() async throws {
        try await Self.with(.none) { api in
            let reply = try await api.send(.get, "/api/v1/version")
            #expect(reply.headers[.rateLimit] == nil && reply.headers[.rateLimitPolicy] == nil)
        }
    }
}
