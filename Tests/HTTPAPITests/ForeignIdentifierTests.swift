import Domain
import Fixtures
import HTTPTypes
import Operations
import Postgres
import Testing

@testable import HTTPAPI

/// F6: every route with every id of another tenant.
struct `An id of another tenant` {
    private static let nothing = "00000000-0000-7000-8000-000000000001"

    @Test(arguments: [Role.owner, .admin, .viewer])
    func `is answered like an id that does not exist`(role: Role) async throws {
        try await Self.withTwoTenants(role) { world, token, canaries in
            let routes = Self.routes.filter { $0.path.contains("{") }
            #expect(routes.count > 10)
            for route in routes {
                let missing = try await Self.ask(route, Self.nothing, world, token)
                for foreign in canaries.ids {
                    let reply = try await Self.ask(route, foreign, world, token)
                    let what = "\(route.method) \(route.path) with \(foreign): \(reply.text)"
                    #expect(Self.statuses(route).contains(reply.status), "\(what)")
                    #expect(reply.status == missing.status, "\(what)")
                    #expect(
                        try reply.essence(hiding: foreign)
                            == missing.essence(hiding: Self.nothing),
                        "\(what)"
                    )
                    #expect(!canaries.stand(in: reply, but: foreign), "\(what)")
                }
            }
        }
    }

    @Test func `stands in no list`() async throws {
        try await Self.withTwoTenants(.owner) { world, token, canaries in
            for route in RouteTable.all.routes
            where route.method == .get && !route.path.contains("{id}") {
                let path = route.path.replacing("{w}", with: "acme").replacing("{seq}", with: "1")
                    .replacing("{u}", with: world.acme.owner.caller.user.description)
                let reply = try await world.api.send(.get, path, token: token)
                #expect(!canaries.stand(in: reply), "\(path): \(reply.text)")
            }
        }
    }

    /// What a member may meet: operators see all tenants, and numbers of events are each tenant's.
    private static let routes = RouteTable.all.routes.filter { route in
        if case .platform = route.access { return false }
        return route.access.needsToken && route.parameters != ["seq"]
    }

    /// Lists of what nobody has are empty, and a body's id is a wrong value.
    private static func statuses(_ route: Route) -> Set<Int> {
        switch route.about.operation.replacing(".organization", with: "") {
        case "grant.list": [403, 200]
        case "owner.transfer": [403, 422]
        // A name that nobody has is made by it, and then it is at no version.
        case "ai.route.put": [403, 412]
        default: [403, 404]
        }
    }

    /// Asks with the id in place of each parameter of the path; the workspace is one's own unless
    /// it is what is asked for.
    private static func ask(
        _ route: Route,
        _ id: String,
        _ world: World,
        _ token: String
    ) async throws -> Reply {
        var path = route.path
        let name = route.about.operation.replacing(".organization", with: "")
        let isInBody = name == "owner.transfer"
        if route.parameters != ["w"] || isInBody { path = path.replacing("{w}", with: "acme") }
        for name in route.parameters where name != "seq" {
            path = path.replacing("{\(name)}", with: id)
        }
        return try await world.api.send(
            route.method,
            path.replacing("{seq}", with: "1"),
            token: token,
            headers: [.ifMatch: "\"v1\""],
            body: isInBody ? #"{"user_id":"\#(id)"}"# : try world.body(name)
        )
    }

    /// What only the other tenant knows.
    private struct Canaries: Sendable {
        let ids: [String]
        private let words = ["canary", "beta"]

        init(_ ids: [String]) { self.ids = ids }

        /// Whether the answer holds any of them, besides what was asked with.
        func stand(in reply: Reply, but asked: String = "") -> Bool {
            let text = reply.text.replacing(asked.isEmpty ? "\0" : asked, with: "")
            return (ids + words).contains { text.contains($0) }
        }
    }

    private static func withTwoTenants(
        _ role: Role,
        _ body: @Sendable @escaping (World, String, Canaries) async throws -> Void
    ) async throws {
        try await TestAPI.with { api in
            let world = try await World(api)
            let beta = try await api.fixture.makeTenant("beta", plan: .enterprise, by: world.root)
            try await Self.fill(beta, world)
            var mail = "owner@acme.test"
            if role != .owner {
                mail = "who@acme.test"
                _ = try await api.fixture.makeMember(mail, role: role, in: world.acme)
            }
            let token = try await api.token(mail, workspace: "acme")
            try await body(world, token, Canaries(try await Self.ids(of: beta, api)))
        }
    }

    private static func fill(_ beta: TestTenant, _ world: World) async throws {
        let environment = world.api.fixture.environment
        let draft = try ArtifactDraft(
            name: "canary",
            description: "canary",
            tags: ["canary"],
            metadata: .object([:])
        )
        let artifact = try await CreateArtifact(environment)(draft, by: beta.owner)
        try await DeleteArtifact(environment)(artifact.id, by: beta.owner)
        _ = try await CreateArtifact(environment)(draft, by: beta.owner)
        _ = try await world.api.fixture.addMember("canary@beta.test", .member, by: beta.owner)
        _ = try await OpenSupportSession(environment)(
            tenant: beta.id,
            reason: "canary",
            ticket: nil,
            mode: .readOnly,
            minutes: 5,
            by: world.root
        )
    }

    /// One id of each table that holds rows of the tenant, and those of its people's sessions.
    private static func ids(of beta: TestTenant, _ api: TestAPI) async throws -> [String] {
        let rows = try await api.fixture.migrated.admin(
            """
            SELECT DISTINCT id FROM (
                SELECT (xpath('//id/text()', query_to_xml(format(
                    'SELECT %I AS id FROM public.%I WHERE tenant_id = %L LIMIT 2',
                    a.attname, c.relname, \(beta.id.uuid)::text
                ), true, false, '')))::text[] AS found
                FROM pg_class AS c
                JOIN pg_attribute AS t ON t.attrelid = c.oid AND t.attname = 'tenant_id'
                JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
                    AND a.attname IN ('id', 'user_id', 'artifact_id')
                WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
                    AND NOT c.relispartition AND a.atttypid = 'uuid'::regtype
            ) AS tables, unnest(found) AS id
            UNION
            SELECT s.id::text FROM sessions AS s
            JOIN user_tenants AS m ON m.user_id = s.user_id
            WHERE m.tenant_id = \(beta.id.uuid)
            ORDER BY id
            """
        )
        let ids = try rows.map { try $0.decode("id", as: String.self) }
        try #require(ids.count > 5)
        return ids + [beta.id.description]
    }
}
