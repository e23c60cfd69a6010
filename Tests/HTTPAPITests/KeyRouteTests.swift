import Domain
import Fixtures
import Foundation
import HTTPTypes
import Operations
import Testing

@testable import HTTPAPI

/// Keys over HTTP: public halves for everybody, names for operators, secrets for nobody.
struct `Keys over HTTP` {
    private static let jwks = "/.well-known/jwks.json"
    private static let rotate = "/api/v1/admin/keys/rotate"

    @Test func `a token's key is published, and stays so after a rotation`() async throws {
        try await TestAPI.withKeys { api, desk in
            _ = try await api.fixture.makeOperator()
            let token = try await api.token("root@ghostworks.test")
            let before = try await Self.published(api)
            #expect(before.count == 1)
            #expect(before.first == (try Self.kid(of: token)))
            let reply = try await api.send(
                .post,
                Self.rotate,
                token: token,
                body: #"{"kind":"signing"}"#
            )
            #expect(reply.status == 200)
            let after = try await Self.published(api)
            #expect(after.count == 2 && after[1] == before[0])
            let next = try await api.token("root@ghostworks.test")
            #expect(try Self.kid(of: next) == after[0])
            for good in [token, next] {
                #expect(try await api.send(.get, "/api/v1/me", token: good).status == 200)
            }
            _ = try await RotateKeys(api.fixture.environment, desk.places)(.signing, by: nil)
            let late = try await api.send(.get, "/api/v1/me", token: token)
            #expect(late.status == 401 && late.error == "unauthenticated")
            #expect(try await api.send(.get, "/api/v1/me", token: next).status == 200)
        }
    }

    @Test func `a published key has the public members only, and may be kept`() async throws {
        try await TestAPI.with { api in
            let reply = try await api.send(.get, Self.jwks)
            #expect(reply.status == 200)
            #expect(reply.headers[.cacheControl] == "public, max-age=300")
            guard case .array(let keys) = try reply.json()["keys"],
                case .object(let key) = keys.first
            else {
                Issue.record("no keys: \(reply.text)")
                return
            }
            #expect(Set(key.keys) == ["kty", "crv", "alg", "use", "kid", "x"])
            #expect(key["kty"] == .string("OKP") && key["crv"] == .string("Ed25519"))
            guard case .string(let x) = key["x"] else {
                Issue.record("no x: \(reply.text)")
                return
            }
            #expect(x.count == 43)
        }
    }

    @Test func `discovery names the issuer and where its keys are`() async throws {
        try await TestAPI.with { api in
            let reply = try await api.send(.get, "/.well-known/openid-configuration")
            #expect(reply.status == 200)
            #expect(try reply.text("issuer") == Fixture.issuer)
            #expect(try reply.text("jwks_uri") == Fixture.issuer + Self.jwks)
        }
    }

    @Test func `all kinds rotate at once, and the list says so`() async throws {
        try await TestAPI.withKeys { api, _ in
            _ = try await api.fixture.makeOperator()
            let token = try await api.token("root@ghostworks.test")
            let reply = try await api.send(
                .post,
                Self.rotate,
                token: token,
                body: #"{"kind":"all"}"#
            )
            #expect(reply.status == 200)
            let list = try await api.send(.get, "/api/v1/admin/keys", token: token)
            #expect(try list.items() == reply.items())
            let lines = try list.items().map { "\($0["kind"] ?? .null) \($0["state"] ?? .null)" }
            #expect(lines.count == 6 && Set(lines).count == 6)
        }
    }

    @Test(arguments: [#"{"kind":"pepper"}"#, "{}", #"{"kind":null}"#, #"{"kind":["all"]}"#])
    func `another kind is refused with a sentence`(body: String) async throws {
        try await TestAPI.withKeys { api, desk in
            _ = try await api.fixture.makeOperator()
            let token = try await api.token("root@ghostworks.test")
            let before = try await Self.published(api)
            let reply = try await api.send(.post, Self.rotate, token: token, body: body)
            #expect(reply.status == 422 && reply.error == "validation_error")
            #expect(reply.text.contains("kind"))
            #expect(try await Self.published(api) == before)
        }
    }

    @Test func `a process without key files says that it cannot`() async throws {
        try await TestAPI.with { api in
            _ = try await api.fixture.makeOperator()
            let token = try await api.token("root@ghostworks.test")
            let reply = try await api.send(
                .post,
                Self.rotate,
                token: token,
                body: #"{"kind":"signing"}"#
            )
            #expect(reply.status == 503 && reply.error == "unavailable")
        }
    }

    private static func published(_ api: TestAPI) async throws -> [String] {
        let reply = try await api.send(.get, jwks)
        guard case .array(let keys) = try reply.json()["keys"] else { return [] }
        return keys.compactMap { key in
            guard case .string(let kid) = key["kid"] else { return nil }
            return kid
        }
    }

    private static func kid(of token: String) throws -> String? {
        let head = try #require(token.split(separator: ".").first)
        let plain = head.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - plain.count % 4) % 4)
        let data = try #require(Data(base64Encoded: plain + padding))
        guard case .string(let kid) = try JSONReader.read(Array(data))["kid"] else { return nil }
        return kid
    }
}
