import Domain
import Fixtures
import HTTPTypes
import Operations
import Postgres
import Testing

@testable import HTTPAPI

/// Every route with every role, against the product's permission table.
struct `Permissions` {
    @Test(arguments: Role.allCases)
    func `are those of the table for tenant roles`(role: Role) async throws {
        try await TestAPI.with { api in
            let world = try await World(api)
            let caller =
                role == .owner
                ? world.acme.owner
                : try await api.fixture.makeMember("who@acme.test", role: role, in: world.acme)
            let mail = role == .owner ? "owner@acme.test" : "who@acme.test"
            for route in RouteTable.all.routes {
                guard case .workspace(let permission) = route.access else { continue }
                // What ends the owner's own standing has tests of its own.
                let grave = ["owner.transfer", "workspace.close", "workspace.restore"]
                if role == .owner, grave.contains(where: route.about.operation.hasPrefix) {
                    continue
                }
                // Sessions are independent: a fresh token per route costs nothing here.
                let request = try await world.request(
                    route,
                    grant: role.grants(permission),
                    caller: caller
                )
                let reply = try await request.send(api, token: try await api.token(mail))
                // What one asked for oneself, somebody else approves.
                let needsAll = route.about.operation == "data_request.approve"
                let grant = role.grants(permission)
                let allowed = needsAll ? grant == .all : grant != .none
                Self.expect(reply, allowed: allowed, "\(role) \(route.about.operation)")
            }
        }
    }

    @Test(arguments: PlatformRole.allCases)
    func `are those of the table for operators`(role: PlatformRole) async throws {
        try await TestAPI.withKeys { api, _ in
            let world = try await World(api)
            _ = try await api.fixture.makeOperator("op@ghostworks.test", role: role)
            let token = try await api.token("op@ghostworks.test")
            for route in RouteTable.all.routes {
                guard case .platform(let permission) = route.access else { continue }
                let caller = try await api.fixture.signIn("op@ghostworks.test", kind: .api)
                let request = try await world.request(route, operator: caller)
                let reply = try await request.send(api, token: token)
                let allowed = role.grants(permission)
                Self.expect(reply, allowed: allowed, "\(role) \(route.about.operation)")
            }
        }
    }

    @Test func `members have none on the platform`() async throws {
        try await TestAPI.with { api in
            let world = try await World(api)
            let token = try await api.token("owner@acme.test")
            for route in RouteTable.all.routes {
                guard case .platform = route.access else { continue }
                let request = try await world.request(route, operator: world.root)
                let reply = try await request.send(api, token: token)
                Self.expect(reply, allowed: false, route.about.operation)
            }
        }
    }

    @Test(arguments: PlatformRole.allCases, AccessMode.allCases)
    func `are those of the table in a support session`(
        role: PlatformRole,
        mode: AccessMode
    ) async throws {
        try await TestAPI.with { api in
            let world = try await World(api)
            guard role == .superAdmin || mode == .readOnly else { return }
            _ = try await ChangeSettings(api.fixture.environment)(
                writeConsent: true,
                by: world.acme.owner
            )
            let staff = try await api.fixture.makeOperator("op@ghostworks.test", role: role)
            let session = try await OpenSupportSession(api.fixture.environment)(
                tenant: world.acme.id,
                reason: "to test the table",
                ticket: nil,
                mode: mode,
                minutes: 5,
                by: staff
            )
            let token = try await api.token("op@ghostworks.test")
            for route in RouteTable.all.routes {
                guard case .workspace(let permission) = route.access else { continue }
                var request = try await world.request(
                    route,
                    grant: .all,
                    caller: world.acme.owner
                )
                request.headers[.supportSession] = session.id.description
                let reply = try await request.send(api, token: token)
                let allowed = role.grants(permission, in: mode)
                Self.expect(reply, allowed: allowed, "\(role) \(mode) \(route.about.operation)")
            }
        }
    }

    @Test func `need a token`() async throws {
        try await TestAPI.with { api in
            for route in RouteTable.all.routes where route.access.needsToken {
                let reply = try await api.send(route.method, route.path.replacing("{", with: ""))
                #expect(reply.status == 401, "\(route.path)")
                #expect(reply.headers[.wwwAuthenticate] == "Bearer")
            }
        }
    }

    private static func expect(_ reply: Reply, allowed: Bool, _ what: String) {
        if allowed {
            #expect((200...299).contains(reply.status), "\(what): \(reply.text)")
        } else {
            #expect(reply.status == 403, "\(what): \(reply.text)")
        }
    }
}

/// A tenant in which every route has something to act on.
struct World: Sendable {
    let api: TestAPI
    let root: Caller
    let acme: TestTenant

    struct Request {
        let method: HTTPRequest.Method
        let path: String
        var headers: HTTPFields
        var body: String?

        func send(_ api: TestAPI, token: String) async throws -> Reply {
            try await api.send(method, path, token: token, headers: headers, body: body)
        }
    }

    init(_ api: TestAPI) async throws {
        self.api = api
        root = try await api.fixture.makeOperator()
        acme = try await api.fixture.makeTenant(plan: .enterprise, by: root)
    }

    /// A request to a route of a workspace; what it acts on is the caller's where it must be.
    func request(_ route: Route, grant: Grant, caller: TenantCaller) async throws -> Request {
        var path = route.path.replacing("{w}", with: acme.tenant.slug)
        var headers: HTTPFields = [.workspace: acme.id.description]
        let name = route.about.operation.replacing(".organization", with: "")
        if path.contains("{u}") {
            let user =
                grant == .own ? caller.caller.user : try await newMember().user
            path = path.replacing("{u}", with: user.description)
        }
        if path.contains("{r}") {
            path = path.replacing("{r}", with: try await newRole())
        }
        if path.contains("{i}") {
            path = path.replacing("{i}", with: try await newInvitation())
        }
        path = path.replacing("{kind}", with: "artifact")
        path = path.replacing("{model}", with: "offline%2Fsearch")
        if name.hasPrefix("grant."), name != "grant.list" {
            let artifact = try await newArtifact(own: false, caller, deleted: false)
            let user = try #require(UserID(String(path.split(separator: "/")[5])))
            _ = try await GrantResource(api.fixture.environment)(
                .artifact,
                artifact.id,
                permissions: [],
                to: user,
                by: acme.owner
            )
            path = path.replacing("{id}", with: artifact.id.description)
        }
        if let id = try await privacyID(name, grant, caller) {
            path = path.replacing("{id}", with: id)
        }
        if name.hasPrefix("ai.conversation."), path.contains("{id}") {
            let owner = grant == .own ? caller : acme.owner
            path = path.replacing("{id}", with: try await newConversation(owner))
        }
        if path.contains("{id}") {
            let artifact = try await newArtifact(
                own: grant == .own,
                caller,
                deleted: name == "artifact.restore"
            )
            path = path.replacing("{id}", with: artifact.id.description)
            headers[.ifMatch] = "\"v\(artifact.version)\""
        }
        if path.contains("{k}") {
            // Nobody gets another secret for a key of somebody else's.
            let isOwn = grant == .own || name == "apikey.rotate"
            let key = try await newKey(isOwn && grant != .none ? caller : acme.owner)
            path = path.replacing("{k}", with: key.description)
        }
        if name == "workspace.close" { headers[.ifMatch] = "*" }
        path = path.replacing("{seq}", with: "1")
        path = try await administered(path, &headers, name, caller)
        if path.contains("{consent}") {
            let given = try await CreateSupportConsent(api.fixture.environment)(
                ConsentRequest(hours: 1, note: nil, allowsPersonalData: false),
                by: acme.owner
            )
            path = path.replacing("{consent}", with: given.consent.id.description)
        }
        return Request(
            method: route.method,
            path: path,
            headers: headers,
            body: name == "owner.transfer"
                ? #"{"user_id":"\#(try await newMember().user)"}"# : try body(name)
        )
    }

    /// A request to a route of the platform.
    func request(_ route: Route, operator caller: Caller) async throws -> Request {
        var path = route.path
        let name = route.about.operation
        if name == "support.end" {
            let session = try await OpenSupportSession(api.fixture.environment)(
                tenant: acme.id,
                reason: "to end it",
                ticket: nil,
                mode: .readOnly,
                minutes: 5,
                by: caller
            )
            path = path.replacing("{id}", with: session.id.description)
        }
        if name == "platform_alert.acknowledge" { try await raiseAlert() }
        if path.contains("{job}") {
            path = path.replacing("{job}", with: try await newJob())
        }
        if path.contains("{proposal}") {
            path = path.replacing("{proposal}", with: try await newProposal())
        }
        if name == "user.erase" {
            path = path.replacing("{id}", with: try await newMember().user.description)
        }
        path = path.replacing("/users/{id}", with: "/users/{user}")
        path = path.replacing("{id}", with: acme.id.description)
        if path.contains("{user}") || name.hasPrefix("platform_role.") {
            let user = try await newMember().user
            path = path.replacing("{user}", with: user.description)
            if name == "user.enable" || name == "platform_role.revoke" {
                try await prepare(name, user)
            }
            if name == "platform_role.revoke" {
                path += "?user_id=\(user)&role=support&reason=to%20test%20it"
            }
            if name == "platform_role.grant" {
                let grant = #"{"user":"\#(user)","role":"support","reason":"to test it"}"#
                return Request(method: route.method, path: path, headers: [:], body: grant)
            }
        }
        return Request(method: route.method, path: path, headers: [:], body: try body(name))
    }

    private func newKey(_ maker: TenantCaller) async throws -> APIKeyID {
        try await CreateAPIKey(api.fixture.environment)(
            name: "Key",
            scopes: ["artifact.read"],
            by: maker
        ).key.id
    }

    private func newRole() async throws -> String {
        let draft = try RoleDraft(
            name: "Role \(UInt64.random(in: 0 ... .max))",
            rank: 5,
            permissions: PermissionSet()
        )
        let role = try await CreateRole(api.fixture.environment)(draft, by: acme.owner)
        return try #require(role.role.id).description
    }

    private func newInvitation() async throws -> String {
        let new = try NewInvitation(
            email: "i\(UInt64.random(in: 0 ... .max))@a.test",
            role: "guest"
        )
        let made = try await InviteMember(api.fixture.environment)(new, by: acme.owner)
        try await api.fixture.passInvitations()
        return made.id.description
    }

    /// Brings a person into the state from which the operation leads out.
    private func prepare(_ operation: String, _ user: UserID) async throws {
        let environment = api.fixture.environment
        if operation == "user.enable" {
            _ = try await DisableUser(environment)(user, reason: "to test it", by: root)
        } else {
            let grant = try NewPlatformGrant(
                role: .support,
                expiresAt: nil,
                reason: "to test it",
                now: .init(seconds: 0)
            )
            _ = try await GrantPlatformRole(environment)(grant, to: user, by: root)
        }
    }

    /// A request or a hold for the routes that need one.
    private func privacyID(
        _ name: String,
        _ grant: Grant,
        _ caller: TenantCaller
    ) async throws -> String? {
        let environment = api.fixture.environment
        guard name.hasPrefix("data_request.") || name == "legal_hold.release",
            !name.hasSuffix(".list")
        else { return nil }
        if name == "legal_hold.release" {
            let place = PlaceLegalHold(environment)
            let hold = try await place(
                on: acme.owner.caller.user,
                reason: "to test it",
                by: acme.owner
            )
            return hold.id.description
        }
        let asker = grant == .own ? caller : acme.owner
        if name == "data_request.approve" {
            let member = try await api.fixture.makeMember(
                "m\(UInt64.random(in: 0 ... .max))@acme.test",
                role: .member,
                in: acme
            )
            return try await RequestData(environment)(
                .erase,
                of: member.caller.user,
                by: member
            ).id.description
        }
        let request = try await RequestData(environment)(
            .export,
            of: asker.caller.user,
            by: asker
        )
        let folder = api.services.configuration.exports
        _ = try await RunExport(environment, folder: folder)(request.id)
        return request.id.description
    }

    private func newConversation(_ owner: TenantCaller) async throws -> String {
        let row = try await api.fixture.migrated.admin(
            """
            INSERT INTO ai_conversations (tenant_id, id, user_id, title, expires_at)
            VALUES (\(acme.id.uuid), gen_random_uuid(), \(owner.caller.user.uuid), 'T',
                now() + interval '1 day')
            RETURNING id::text AS id
            """
        )[0]
        return try row.decode("id")
    }

    private func newMember() async throws -> Member {
        try await AddMember(api.fixture.environment)(
            email: "m\(UInt64.random(in: 0 ... .max))@acme.test",
            role: "guest",
            name: nil,
            by: acme.owner
        )
    }

    private func newArtifact(
        own: Bool,
        _ caller: TenantCaller,
        deleted: Bool
    ) async throws -> Artifact {
        let draft = try ArtifactDraft(
            name: "Thing",
            description: "",
            tags: [],
            metadata: .object([:])
        )
        // Who may not make one owns none; the owner's serves to be refused.
        let maker = own && caller.caller.user != acme.owner.caller.user ? caller : acme.owner
        let artifact = try await CreateArtifact(api.fixture.environment)(draft, by: maker)
        guard deleted else { return artifact }
        try await DeleteArtifact(api.fixture.environment)(artifact.id, by: acme.owner)
        return artifact
    }

    private static let question = #"{"messages":[{"role":"user","content":"Hello"}]}"#

    func body(_ operation: String) throws -> String? {
        let bodies = [
            "job.cancel": #"{"reason":"to test it"}"#,
            "platform_alert.acknowledge": #"{"alerts":["mails"]}"#,
            "workspace.settings": #"{"support":{"write_consent":true}}"#,
            "workspace.update": #"{"name":"Acme \#(UInt32.random(in: 0 ... .max))"}"#,
            "workspace.close": #"{"slug":"acme","reason":"to test it"}"#,
            "workspace.restore": #"{"reason":"to test it"}"#,
            "tenant.close": #"{"slug":"acme","reason":"to test it"}"#,
            "tenant.restore": #"{"reason":"to test it"}"#,
            "member.add": #"{"email":"n\#(UInt64.random(in: 0 ... .max))@a.test","role":"guest"}"#,
            "member.change": #"{"role":"viewer"}"#,
            "role.create": """
            {"name":"R\(UInt64.random(in: 0 ... .max))","rank":5,"permissions":[]}
            """,
            "role.edit": #"{"rank":6}"#,
            "grant.put": #"{"permissions":["artifact.read"]}"#,
            "invitation.create": """
            {"email":"n\(UInt64.random(in: 0 ... .max))@a.test","role":"guest"}
            """,
            "artifact.create": #"{"name":"Thing"}"#,
            "apikey.create": #"{"name":"Key","scopes":["artifact.read"]}"#,
            "apikey.change": #"{"name":"Key 2"}"#,
            "apikey.rotate": "{}",
            "artifact.update": #"{"name":"Thing 2"}"#,
            "tenant.provision": """
            {"slug":"t\(UInt32.random(in: 0 ... .max))","name":"T","plan":"free",\
            "owner_email":"o@t.test"}
            """,
            "tenant.rename": #"{"name":"Acme 2"}"#,
            "tenant.suspend": #"{"reason":"to test it"}"#,
            "tenant.resume": #"{"reason":"to test it"}"#,
            "tenant.plan": #"{"plan":"pro"}"#,
            "tenant.quota": #"{"resource":"users","hard":2000}"#,
            "key.rotate": #"{"kind":"signing"}"#,
            "legal_hold.place": """
            {"reason":"to test it","subject_id":"\(acme.owner.caller.user)"}
            """,
            "user.export": #"{"reason":"to test it"}"#,
            "user.erase": #"{"reason":"to test it"}"#,
            "support.open": #"{"tenant":"acme","reason":"to test it"}"#,
            "support_consent.create": #"{"hours":1}"#,
            "user.update": #"{"name":"Ada"}"#,
            "ai.chat": Self.question, "ai.estimate": Self.question,
            "ai.complete": #"{"prompt":"Hello"}"#,
            "storefront.settings": #"{"enabled":true}"#,
            "ai.embed": #"{"input":["Hello"]}"#,
            "ai.openai.embed": #"{"model":"offline/search","input":"Hello"}"#,
            "ai.openai.chat": """
            {"model":"offline/search","messages":[{"role":"user","content":"Hello"}]}
            """,
            "ai.anthropic.count": """
            {"model":"offline/search","messages":[{"role":"user","content":"Hello"}]}
            """,
            "ai.anthropic.messages": """
            {"model":"offline/search","max_tokens":50,\
            "messages":[{"role":"user","content":"Hello"}]}
            """,
            "user.disable": #"{"reason":"to test it"}"#,
            "me.identities.unlink": #"{"password":"\#(Fixture.password)"}"#,
            "user.enable": #"{"reason":"to test it"}"#,
            "user.sessions.revoke": #"{"reason":"to test it"}"#,
        ].merging(Self.administration) { first, _ in first }
        return bodies[operation]
    }
}
