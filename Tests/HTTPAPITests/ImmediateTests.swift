import Domain
import Fixtures
import HTTPTypes
import Operations
import Postgres
import Testing

@testable import HTTPAPI

/// What is taken away is gone with the next request, however fresh the token.
struct `What is taken away` {
    private static let artifacts = "/api/v1/artifacts"
    private static let draft = #"{"name":"A","description":"B"}"#

    @Test func `a lesser role holds at once`() async throws {
        try await Self.with { api, acme, ada, token in
            let before = try await api.send(
                .post,
                Self.artifacts,
                token: token,
                body: Self.draft
            )
            #expect(before.status == 201)
            _ = try await ChangeMember(api.fixture.environment)(
                ada.caller.user,
                role: .viewer,
                status: nil,
                version: nil,
                by: acme.owner
            )
            let after = try await api.send(
                .post,
                Self.artifacts,
                token: token,
                body: Self.draft
            )
            #expect(after.status == 403 && after.error == "permission_denied")
            #expect(try await api.send(.get, Self.artifacts, token: token).status == 200)
        }
    }

    @Test func `a suspended member is out at once`() async throws {
        try await Self.with { api, acme, ada, token in
            _ = try await ChangeMember(api.fixture.environment)(
                ada.caller.user,
                role: nil,
                status: .suspended,
                version: nil,
                by: acme.owner
            )
            let after = try await api.send(.get, Self.artifacts, token: token)
            #expect(after.status == 403 && after.error == "tenant_access_denied")
        }
    }

    @Test func `a suspended workspace is closed at once`() async throws {
        try await Self.with { api, acme, _, token in
            let root = try await api.fixture.signIn("root@ghostworks.test", kind: .shell)
            _ = try await SuspendTenant(api.fixture.environment)(
                acme.id,
                reason: "unpaid",
                by: root
            )
            let after = try await api.send(.get, Self.artifacts, token: token)
            #expect(after.status == 403 && after.error == "tenant_suspended")
        }
    }

    @Test(arguments: [
        "UPDATE users SET status = 'disabled' WHERE email = 'ada@acme.test'",
        "UPDATE sessions SET revoked_at = now()",
    ])
    func `a disabled person and a revoked session are out at once`(
        change: String
    ) async throws {
        try await Self.with { api, _, _, token in
            _ = try await api.fixture.migrated.admin("\(unsafe: change)")
            for path in [Self.artifacts, "/api/v1/me", "/api/v1/me/sessions"] {
                let after = try await api.send(.get, path, token: token)
                #expect(after.status == 401 && after.error == "session_revoked")
            }
        }
    }

    /// With a member whose token has worked until now.
    private static func with(
        _ body: @Sendable @escaping (TestAPI, TestTenant, TenantCaller, String) async throws -> Void
    ) async throws {
        try await TestAPI.with { api in
            let acme = try await api.fixture.makeTenant(by: try await api.fixture.makeOperator())
            let ada = try await api.fixture.makeMember("ada@acme.test", role: .member, in: acme)
            let token = try await api.token("ada@acme.test")
            #expect(try await api.send(.get, artifacts, token: token).status == 200)
            try await body(api, acme, ada, token)
        }
    }
}
