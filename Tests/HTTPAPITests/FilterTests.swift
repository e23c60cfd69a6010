import Domain
import Fixtures
import HTTPTypes
import Operations
import Testing

@testable import HTTPAPI

/// `?filter=` on the lists that have it.
struct `A filter over HTTP` {
    @Test func `keeps what it says`() async throws {
        try await TestAPI.with { api in
            let root = try await api.fixture.makeOperator()
            let acme = try await api.fixture.makeTenant(by: root)
            try await api.fixture.addMember("v@x.test", .viewer, by: acme.owner)
            let owner = try await api.token("owner@acme.test")
            let platform = try await api.token("root@ghostworks.test")
            for (path, token, count) in [
                ("/api/v1/audit-logs?filter=action:tenant.*+actor:me,owner@acme.test", owner, 0),
                ("/api/v1/audit-logs?filter=action:member.added", owner, 1),
                ("/api/v1/audit-logs?filter=action:member.added+actor:me", owner, 1),
                ("/api/v1/audit-logs?filter=action:member.added+-actor:me", owner, 0),
                ("/api/v1/admin/audit-logs?filter=actor:me+action:tenant.provisioned", platform, 1),
                ("/api/v1/workspaces/acme/members?filter=role:viewer", owner, 1),
                ("/api/v1/workspaces/acme/members?filter=-role:viewer,owner", owner, 0),
                ("/api/v1/admin/users?filter=x.test+status:active", platform, 1),
                ("/api/v1/admin/tenants?filter=plan:free,pro,enterprise&sort=name", platform, 1),
                ("/api/v1/artifacts?filter=author:me+-tag:x", owner, -1),
                ("/api/v1/artifacts?filter=author:me&sort=name", owner, 0),
                ("/api/v1/ai/requests?filter=member:me", owner, 0),
                ("/api/v1/workspaces/acme/members?filter=", owner, 2),
                ("/api/v1/workspaces/acme/invitations?filter=status:pending", owner, 0),
                ("/api/v1/workspaces/acme/invitations?filter=status:maybe", owner, -1),
                ("/api/v1/admin/platform-roles?filter=ended:yes", platform, 1),
                ("/api/v1/admin/platform-roles?filter=ended:yes&ended=true", platform, -1),
                ("/api/v1/admin/support-sessions?filter=live:yes", platform, 0),
                ("/api/v1/admin/support-sessions?filter=live:perhaps", platform, -1),
            ] {
                let reply = try await api.send(.get, path, token: token)
                #expect(reply.status == (count < 0 ? 422 : 200), "\(path)")
                if count >= 0 { #expect(try reply.items().count == count, "\(path)") }
            }
        }
    }

    @Test func `is refused with the column of what is wrong`() async throws {
        try await TestAPI.with { api in
            let root = try await api.fixture.makeOperator()
            _ = try await api.fixture.makeTenant(by: root)
            let owner = try await api.token("owner@acme.test")
            for (filter, column) in [
                ("colour:red", 1), ("outcome:maybe", 9), ("since:7d+actor:nobody", 16),
                ("request:%22x", 9), ("since:", 7), ("%1B%5B2J", 1),
                (String(repeating: "x", count: 1_500), 1_001),
            ] {
                let reply = try await api.send(
                    .get,
                    "/api/v1/audit-logs?filter=\(filter)",
                    token: owner
                )
                #expect(reply.status == 422 && reply.error == "validation_error")
                guard case .array(let problems) = try reply.json()["validation_errors"] else {
                    Issue.record("no problem is named: \(reply.text)")
                    continue
                }
                let problem = problems.first
                #expect(problem?["field"] == .string("filter"), "\(filter)")
                #expect(problem?["column"]?.canonical == "\(column)", "\(filter)")
            }
        }
    }

    @Test func `stands alone`() async throws {
        try await TestAPI.with { api in
            let root = try await api.fixture.makeOperator()
            _ = try await api.fixture.makeTenant(by: root)
            let owner = try await api.token("owner@acme.test")
            let both = try await api.send(
                .get,
                "/api/v1/audit-logs?filter=outcome:denied&outcome=denied",
                token: owner
            )
            #expect(both.status == 422)
            let ranked = try await api.send(
                .get,
                "/api/v1/artifacts?filter=words&sort=name",
                token: owner
            )
            #expect(ranked.status == 422)
        }
    }

    @Test func `is bound to its pages`() async throws {
        try await TestAPI.with { api in
            let root = try await api.fixture.makeOperator()
            let acme = try await api.fixture.makeTenant(by: root)
            for name in ["a", "b", "c"] {
                let draft = try ArtifactDraft(
                    name: name,
                    description: "",
                    tags: [],
                    metadata: .object([:])
                )
                _ = try await CreateArtifact(api.fixture.environment)(draft, by: acme.owner)
            }
            let owner = try await api.token("owner@acme.test")
            let path = "/api/v1/audit-logs?filter=action:artifact.*&limit=2"
            let first = try await api.send(.get, path, token: owner)
            guard case .string(let cursor)? = try first.page("next_cursor") else {
                Issue.record("there is no second page")
                return
            }
            let second = try await api.send(.get, "\(path)&cursor=\(cursor)", token: owner)
            #expect(try second.items().count == 1)
            let other = try await api.send(
                .get,
                "/api/v1/audit-logs?filter=action:member.*&limit=2&cursor=\(cursor)",
                token: owner
            )
            #expect(other.error == "cursor_invalid")
        }
    }
}
