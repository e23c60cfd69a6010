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

    /// Lets the pause between two mails to an address, and the day, go by.
    func pass() async throws {
        try await fixture.passInvitations()
    }

    /// A signed-in person who is a member of nothing.
    func stranger(_ email: String) async throws -> Caller {
        try await fixture.makeStranger(email)
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

/// What each of several at once came to, in their order.
func atOnce(_ works: [@Sendable () async throws -> Void]) async -> [DomainError.Code?] {
    await atOnce(works.count) { try await works[$0]() }
}

/// The same for the same work many times.
func atOnce(
    _ count: Int,
    _ work: @escaping @Sendable (Int) async throws -> Void
) async -> [DomainError.Code?] {
    await withTaskGroup(of: (Int, DomainError.Code?).self) { group in
        for index in 0..<count {
            group.addTask { (index, await code { try await work(index) }) }
        }
        var codes = [DomainError.Code?](repeating: nil, count: count)
        for await (index, code) in group { codes[index] = code }
        return codes
    }
}
