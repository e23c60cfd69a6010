import Domain
import Fixtures
import HTTPTypes
import Operations
import Postgres
import Testing

@testable import HTTPAPI

/// Every route with API keys of every kind, against the product's permission table.
struct `An API key` {
    private static let email = "maker@acme.test"
    private static let all = Permission.allCases.filter {
        $0.isForKeys && Role.admin.grants($0) == .all
    }

    @Test(arguments: Role.allCases)
    func `may what its scopes and its maker's role of today both allow`(
        role: Role
    ) async throws {
        try await TestAPI.with { api in
            let world = try await World(api)
            let (maker, key) = try await Self.make(role, world)
            var allowed = 0
            for route in RouteTable.all.routes {
                guard case .workspace(let permission) = route.access else { continue }
                let grant = role.grants(permission)
                let request = try await world.request(route, grant: grant, caller: maker)
                let reply = try await request.send(api, token: key)
                let passes = Self.all.contains(permission) && grant != .none
                Self.expect(reply, passes, "\(role) \(route.about.operation)")
                if passes { allowed += 1 }
            }
            #expect(allowed > 0 || role == .guest)
        }
    }

    @Test func `opens what its scope names and nothing else`() async throws {
        try await TestAPI.with { api in
            let world = try await World(api)
            let routes = RouteTable.all.routes.filter(\.access.takesKeys)
            #expect(routes.count > 10)
            for scope in Set(routes.compactMap(\.permission)) {
                let key = try await Self.key([scope], by: world.acme.owner, world).text
                for route in routes {
                    let owner = world.acme.owner
                    let request = try await world.request(route, grant: .all, caller: owner)
                    let reply = try await request.send(api, token: key)
                    let what = "\(scope): \(route.about.operation)"
                    Self.expect(reply, route.permission == scope, what)
                }
            }
        }
    }

    @Test func `is for workspaces alone`() async throws {
        try await TestAPI.with { api in
            let world = try await World(api)
            let key = try await Self.key(Self.all, by: world.acme.owner, world).text
            for route in RouteTable.all.routes where route.access.needsToken {
                guard route.permission == nil else { continue }
                let request = try await world.request(route, operator: world.root)
                Self.expect(
                    try await request.send(api, token: key),
                    false,
                    route.about.operation
                )
            }
        }
    }

    /// Why a key that was good once, or is good elsewhere, is refused.
    enum Flaw: CaseIterable, Sendable {
        case isRevoked, isExpired, isReplaced, hasAnotherSecret
        case isOfAMemberWhoLeft, isOfASuspendedMember, isOfADisabledPerson
        case isOfAnotherTenant, isOfASuspendedTenant, isBesideASupportSession

        var status: Int {
            switch self {
            case .isOfAnotherTenant, .isOfASuspendedTenant, .isBesideASupportSession: 403
            default: 401
            }
        }
    }

    @Test(arguments: Flaw.allCases)
    func `is refused everywhere when it`(flaw: Flaw) async throws {
        try await TestAPI.with { api in
            let world = try await World(api)
            let routes = RouteTable.all.routes.filter(\.access.takesKeys)
            var requests: [(Route, World.Request)] = []
            for route in routes {
                let owner = world.acme.owner
                requests.append(
                    (route, try await world.request(route, grant: .all, caller: owner))
                )
            }
            var (maker, key) = try await Self.make(.admin, world)
            let good = try await api.send(.get, "/api/v1/artifacts", token: key)
            #expect(good.status == 200)
            key = try await Self.spoil(key, of: maker, flaw, world)
            for (route, request) in requests {
                var request = request
                if flaw == .isBesideASupportSession {
                    request.headers[.supportSession] = try await Self.support(world)
                }
                let reply = try await request.send(api, token: key)
                let what = "\(route.about.operation): \(reply.text)"
                #expect(reply.status == flaw.status, "\(what)")
                #expect(reply.headers[.contentType] == Problem.contentType)
            }
        }
    }

    /// - Returns: what is shown in the key's place.
    private static func spoil(
        _ text: String,
        of maker: TenantCaller,
        _ flaw: Flaw,
        _ world: World
    ) async throws -> String {
        let environment = world.api.fixture.environment
        let (user, owner) = (maker.caller.user, world.acme.owner)
        let key = try #require(
            try await ListAPIKeys(environment)(page: PageRequest(), by: maker).items
                .first { $0.name == Self.email }
        )
        switch flaw {
        case .isRevoked: _ = try await RevokeAPIKey(environment)(key.id, by: maker)
        case .isExpired:
            _ = try await world.api.fixture.migrated.admin(
                """
                UPDATE api_keys SET expires_at = clock_timestamp() - interval '1 second'
                WHERE id = \(key.id.uuid)
                """
            )
        case .isReplaced: _ = try await RotateAPIKey(environment)(key.id, by: maker)
        case .hasAnotherSecret:
            // A made-up text would already fail by its checksum.
            _ = try await world.api.fixture.migrated.admin(
                """
                UPDATE api_keys SET secret_hash = sha256(secret_hash) WHERE id = \(key.id.uuid)
                """
            )
        case .isOfAMemberWhoLeft: try await RemoveMember(environment)(user, by: owner)
        case .isOfASuspendedMember:
            try await change(maker, status: .suspended, world)
        case .isOfADisabledPerson:
            _ = try await DisableUser(environment)(user, reason: "to test it", by: world.root)
        case .isOfAnotherTenant:
            let beta = try await world.api.fixture.makeTenant("beta", by: world.root)
            return try await Self.key(all, by: beta.owner, world).text
        case .isOfASuspendedTenant:
            let suspend = SuspendTenant(environment)
            _ = try await suspend(world.acme.id, reason: "to test it", by: world.root)
        case .isBesideASupportSession: break
        }
        return text
    }

    /// A key with all scopes whose maker had to be an admin then, and has the role now.
    private static func make(
        _ role: Role,
        _ world: World
    ) async throws -> (TenantCaller, String) {
        if role == .owner {
            let owner = world.acme.owner
            return (owner, try await Self.key(all, by: owner, world).text)
        }
        let fixture = world.api.fixture
        var maker = try await fixture.makeMember(email, role: .admin, in: world.acme)
        let key = try await Self.key(all, by: maker, world)
        if role != .admin {
            try await change(maker, role: .system(role), world)
            maker = try await fixture.person(email, in: world.acme.id)
        }
        return (maker, key.text)
    }

    private static func change(
        _ member: TenantCaller,
        role: RoleName? = nil,
        status: MemberStatus? = nil,
        _ world: World
    ) async throws {
        _ = try await ChangeMember(world.api.fixture.environment)(
            member.caller.user,
            role: role,
            status: status,
            version: nil,
            by: world.acme.owner
        )
    }

    private static func key(
        _ scopes: [Permission],
        by maker: TenantCaller,
        _ world: World
    ) async throws -> IssuedAPIKey {
        try await CreateAPIKey(world.api.fixture.environment)(
            name: email,
            scopes: scopes.map(\.description),
            by: maker
        )
    }

    private static func support(_ world: World) async throws -> String {
        try await OpenSupportSession(world.api.fixture.environment)(
            tenant: world.acme.id,
            reason: "to test it",
            ticket: nil,
            mode: .readOnly,
            minutes: 5,
            by: world.root
        ).id.description
    }

    private static func expect(_ reply: Reply, _ passes: Bool, _ what: String) {
        if passes {
            #expect((200...299).contains(reply.status), "\(what): \(reply.text)")
        } else {
            #expect(reply.status == 403, "\(what): \(reply.text)")
        }
    }
}

extension Route {
    /// What it needs in a workspace; nil elsewhere.
    fileprivate var permission: Permission? {
        if case .workspace(let permission) = access { permission } else { nil }
    }
}
