import Domain
import Fixtures
import HTTPTypes
import Operations
import Postgres
import Testing

@testable import HTTPAPI

/// Every route with every credential that was good once, or is good elsewhere.
///
/// The routes come from the table: a new one is covered, or fails until `World` knows a request
/// for it.
struct `A credential` {
    /// What the client shows.
    private struct Shown {
        var token: String
        var headers: HTTPFields = [:]
    }

    /// Why it is refused on every route that needs one.
    enum Flaw: CaseIterable, Sendable {
        case isOver
        case isSignedByNobody
        case isOfAnEndedSession
        case isOfADisabledPerson
    }

    @Test(arguments: Flaw.allCases)
    func `is refused everywhere when it`(flaw: Flaw) async throws {
        let routes = RouteTable.all.routes.filter { route in
            // What somebody else gave is looked at before the session is.
            route.access.needsToken && !Self.takesProofs.contains(route.about.operation)
        }
        try await Self.refuse(routes, with: 401) { world in
            let api = world.api
            let good = try await api.token("owner@acme.test")
            switch flaw {
            case .isOver: return Shown(token: try await Self.expired(world))
            case .isSignedByNobody: return Shown(token: String(good.dropLast(4)) + "AAAA")
            case .isOfAnEndedSession:
                _ = try await api.send(.post, "/api/v1/auth/logout", token: good)
            case .isOfADisabledPerson:
                return try await Self.disabled(world)
            }
            return Shown(token: good)
        }
    }

    /// Why it is refused in a workspace.
    enum Stranger: CaseIterable, Sendable {
        case ownsAnotherTenant
        case isSuspended
        case isRemoved
        case isAnOperatorWithoutSupportSession
        case hasAnEndedSupportSession
        case ownsASuspendedTenant
    }

    @Test(arguments: Stranger.allCases)
    func `is refused in a workspace when its bearer`(stranger: Stranger) async throws {
        let routes = RouteTable.all.routes.filter { route in
            if case .workspace = route.access { true } else { false }
        }
        try await Self.refuse(routes, with: 403) { world in
            switch stranger {
            case .ownsAnotherTenant:
                _ = try await world.api.fixture.makeTenant("beta", by: world.root)
                return Shown(token: try await world.api.token("owner@beta.test"))
            case .isSuspended, .isRemoved:
                return try await Self.formerMember(world, isRemoved: stranger == .isRemoved)
            case .isAnOperatorWithoutSupportSession:
                return Shown(token: try await world.api.token("root@ghostworks.test"))
            case .hasAnEndedSupportSession: return try await Self.formerSupport(world)
            case .ownsASuspendedTenant:
                let token = try await world.api.token("owner@acme.test")
                _ = try await SuspendTenant(world.api.fixture.environment)(
                    world.acme.id,
                    reason: "to test it",
                    by: world.root
                )
                return Shown(token: token)
            }
        }
    }

    @Test(arguments: PlatformRole.allCases)
    func `of an operator is refused once the role is taken away`(
        role: PlatformRole
    ) async throws {
        let routes = RouteTable.all.routes.filter { route in
            if case .platform = route.access { true } else { false }
        }
        try await Self.refuse(routes, with: 403) { world in
            _ = try await world.api.fixture.makeOperator("op@ghostworks.test", role: role)
            let token = try await world.api.token("op@ghostworks.test")
            _ = try await world.api.fixture.migrated.admin(
                """
                DELETE FROM platform_roles AS r USING users AS u
                WHERE u.id = r.user_id AND u.email_norm = 'op@ghostworks.test'
                """
            )
            return Shown(token: token)
        }
    }

    private static let takesProofs = ["invitation.accept", "me.identities.link"]

    /// What people send about themselves, by operation.
    private static let bodies = [
        "auth.change_password": """
        {"current_password":"\(Fixture.password)","new_password":"another-good-one"}
        """,
        "auth.mfa.confirm": #"{"code":"123456"}"#, "auth.mfa.renew": #"{"code":"123456"}"#,
        "auth.mfa.begin": "{}",
        "auth.mfa.disable": #"{"code":"123456"}"#,
        "auth.switch_workspace": #"{"workspace":"acme"}"#,
        "me.update": #"{"name":"Ada"}"#,
        "workspace.create": #"{"slug":"another","name":"Another"}"#,
        "me.erase": #"{"email":"owner@acme.test"}"#,
    ]

    /// Makes a request for each route, then the credential, then sends them all.
    private static func refuse(
        _ routes: [Route],
        with status: Int,
        showing make: @Sendable @escaping (World) async throws -> Shown
    ) async throws {
        #expect(!routes.isEmpty)
        try await TestAPI.with { api in
            let world = try await World(api)
            var requests: [(Route, World.Request)] = []
            for route in routes {
                var request = try await world.request(
                    route,
                    grant: .all,
                    caller: world.acme.owner
                )
                if case .platform = route.access {
                    request = try await world.request(route, operator: world.root)
                }
                let operation = route.about.operation.replacing(".organization", with: "")
                if let body = Self.bodies[operation] { request.body = body }
                requests.append((route, request))
            }
            let shown = try await make(world)
            for (route, request) in requests {
                var request = request
                for field in shown.headers { request.headers[field.name] = field.value }
                let reply = try await request.send(api, token: shown.token)
                #expect(reply.status == status, "\(route.about.operation): \(reply.text)")
                #expect(reply.headers[.contentType] == Problem.contentType)
            }
        }
    }

    private static func expired(_ world: World) async throws -> String {
        let signedIn = try await SignIn(world.api.fixture.environment)(
            email: "owner@acme.test",
            password: Array(Fixture.password.utf8),
            kind: .api,
            workspace: nil,
            client: ClientInfo(userAgent: nil, ip: nil),
            requestID: "test"
        )
        var identity = signedIn.identity
        identity.expiresAt = Instant(seconds: Instant.now.seconds - 120)
        return try await world.api.fixture.environment.tokens.issue(identity, role: nil).text
    }

    private static func disabled(_ world: World) async throws -> Shown {
        let fixture = world.api.fixture
        let admin = try await fixture.makeMember("off@acme.test", role: .admin, in: world.acme)
        let token = try await world.api.token("off@acme.test", workspace: "acme")
        let disable = DisableUser(fixture.environment)
        _ = try await disable(admin.caller.user, reason: "to test it", by: world.root)
        return Shown(token: token)
    }

    private static func formerMember(_ world: World, isRemoved: Bool) async throws -> Shown {
        let environment = world.api.fixture.environment
        let admin = try await world.api.fixture.makeMember(
            "former@acme.test",
            role: .admin,
            in: world.acme
        )
        let token = try await world.api.token("former@acme.test", workspace: "acme")
        let user = admin.caller.user
        if isRemoved {
            try await RemoveMember(environment)(user, by: world.acme.owner)
        } else {
            _ = try await ChangeMember(environment)(
                user,
                role: nil,
                status: .suspended,
                version: nil,
                by: world.acme.owner
            )
        }
        return Shown(token: token)
    }

    private static func formerSupport(_ world: World) async throws -> Shown {
        let environment = world.api.fixture.environment
        let session = try await OpenSupportSession(environment)(
            tenant: world.acme.id,
            reason: "to end it",
            ticket: nil,
            mode: .readOnly,
            minutes: 5,
            by: world.root
        )
        try await EndSupportSession(environment)(session.id, by: world.root)
        return Shown(
            token: try await world.api.token("root@ghostworks.test"),
            headers: [.supportSession: session.id.description]
        )
    }
}
