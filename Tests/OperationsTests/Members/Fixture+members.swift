import Domain
import Fixtures
import Operations
import Postgres
import Testing

/// A tenant with its owner and an admin.
struct Household: Sendable {
    let fixture: Fixture
    let acme: TestTenant

    var environment: Environment { fixture.environment }
    var owner: TenantCaller { acme.owner }

    static func with(
        plan: Plan = .pro,
        _ body: (Household) async throws -> Void
    ) async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(plan: plan, by: root)
            try await body(Household(fixture: fixture, acme: acme))
        }
    }

    func member(_ email: String, _ role: Role) async throws -> TenantCaller {
        try await fixture.makeMember(email, role: role, in: acme)
    }

    /// Makes a role of the tenant's own, by its owner unless told.
    @discardableResult
    func role(
        _ name: String,
        rank: Int = 30,
        _ permissions: [String],
        by caller: TenantCaller? = nil
    ) async throws -> TenantRole {
        let draft = try RoleDraft(
            name: name,
            rank: rank,
            permissions: PermissionSet(names: permissions)
        )
        return try await CreateRole(environment)(draft, by: caller ?? owner)
    }

    /// Somebody with a role of the tenant's own.
    func member(_ email: String, named role: String) async throws -> TenantCaller {
        _ = try await AddMember(environment)(email: email, role: role, name: nil, by: owner)
        return try await fixture.person(email, in: acme.id)
    }

    /// Invites, and returns the token of the mail.
    @discardableResult
    func invite(
        _ email: String,
        as role: String = "member",
        by caller: TenantCaller? = nil
    ) async throws -> (invitation: Invitation, token: String) {
        let new = try NewInvitation(email: email, role: role)
        let made = try await InviteMember(environment)(new, by: caller ?? owner)
        let mail = try #require(try await fixture.mailed(email))
        return (made, try #require(mail["token"]))
    }

    /// A signed-in person who is a member of nothing.
    func stranger(_ email: String) async throws -> Caller {
        _ = try await environment.database.system(reason: .setup) { scope in
            try scope.query(
                """
                SELECT app.ensure_user(gen_random_uuid(), \(email.lowercased()), \(email), 'Person')
                """
            ).count
        }
        try await SetPassword(environment)(
            email: email,
            password: Array(Fixture.password.utf8)
        )
        return try await fixture.signIn(email, kind: .api)
    }

    /// Seats in use, seats reserved, and the limit.
    func seats() async throws -> [Int64] {
        let rows = try await fixture.migrated.admin(
            """
            SELECT q.used, q.reserved, q.hard FROM tenant_quotas AS q
            WHERE q.tenant_id = \(acme.id.uuid) AND q.resource = 'users'
            """
        )
        let row = try #require(rows.first)
        return [
            try row.decode("used"), try row.decode("reserved"), try row.decode("hard"),
        ]
    }

    func refusal<Value>(
        _ work: @Sendable () async throws -> Value
    ) async -> DomainError? {
        await #expect(throws: DomainError.self) { _ = try await work() }
    }

    /// How often an action stands in the tenant's trail.
    func trail(_ action: String) async throws -> Int64 {
        let rows = try await fixture.migrated.admin(
            """
            SELECT count(*) AS count FROM audit_events AS e
            WHERE e.tenant_id = \(acme.id.uuid) AND e.action = \(action)
            """
        )
        return try #require(rows.first).decode("count")
    }
}

/// What each of several at once came to.
func atOnce<Value: Sendable>(
    _ works: [@Sendable () async throws -> Value]
) async -> [DomainError.Code?] {
    await withTaskGroup(of: DomainError.Code?.self) { group in
        for work in works { group.addTask { await code(work) } }
        return await group.reduce(into: []) { $0.append($1) }
    }
}
