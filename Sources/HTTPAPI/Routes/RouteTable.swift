import Domain
import HTTPTypes
import Hummingbird
import Observability
import Operations

/// All addresses of the API.
struct RouteTable: Sendable {
    static let methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete]

    let routes: [Route]

    /// The API as it is served.
    static let all = RouteTable(
        routes: [
            SystemRoutes.all, AuthRoutes.all, SecondFactorRoutes.all, ExternalRoutes.all,
            SessionRoutes.all, WorkspaceRoutes.all, MemberRoutes.all, APIKeyRoutes.all,
            ArtifactRoutes.all, AuditRoutes.all, AIRoutes.all, PlatformTenantRoutes.all,
            PlatformSupportRoutes.all, PlatformAuditRoutes.all,
            RoleRoutes.all, GrantRoutes.all, InvitationRoutes.all, InviteeRoutes.all,
            PlatformUserRoutes.all, PlatformRoleRoutes.all, SupportConsentRoutes.all,
            RegistrationRoutes.all, PasswordRoutes.all, SignInAttemptRoutes.all,
            PlatformKeyRoutes.all, PlatformJobRoutes.all, PlatformAlertRoutes.all,
            OwnDataRoutes.all, DataRequestRoutes.all, LegalHoldRoutes.all,
            PersonalDataRoutes.all,
            ChatRoutes.all, OpenAIRoutes.all, AnthropicRoutes.all,
            ConversationRoutes.all, StorefrontRoutes.all, ConversationRoutes.ofVisitors,
            BudgetRoutes.all, CatalogueRoutes.all, ModelRouteRoutes.all, PromptRoutes.all,
            CallRoutes.all,
        ].flatMap { $0 }
    )

    init(routes: [Route]) {
        self.routes = routes + routes.compactMap(Self.alias)
    }

    /// The name under which other systems know workspaces.
    private static func alias(_ route: Route) -> Route? {
        let own = "/api/v1/workspaces"
        guard route.path == own || route.path.hasPrefix(own + "/") else { return nil }
        var alias = route
        alias.path = "/api/v1/organizations" + route.path.dropFirst(own.count)
        alias.about.operation += ".organization"
        return alias
    }

    /// How errors look at a path, also where there is nothing: below the doors in the form of
    /// others' interfaces as there.
    static func problems(at path: String) -> ProblemShape {
        doors.first { path == $0.base || path.hasPrefix($0.base + "/") }?.shape ?? .own
    }

    private static let doors: [(base: String, shape: ProblemShape)] = [
        (OpenAIRoutes.base, .openAI), (AnthropicRoutes.base, .anthropic),
    ]

    /// What could be done at a path; empty where there is nothing.
    ///
    /// The router passes over empty segments; whoever stands in front of it, with rules on paths,
    /// may not. So they lead nowhere.
    func methods(at path: String) -> [HTTPRequest.Method] {
        guard !Self.hasEmptySegment(path) else { return [] }
        let parts = path.split(separator: "/")
        let found = routes.filter { route in
            let template = route.path.split(separator: "/")
            return template.count == parts.count
                && zip(template, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        return Self.methods.filter { method in
            found.contains { $0.method == method || ($0.method == .get && method == .head) }
        }
    }

    /// Whether something is missing between two slashes; one slash at the end is none.
    static func hasEmptySegment(_ path: String) -> Bool {
        let slash = UInt8(ascii: "/")
        // Asked of each request: letters need not be told apart for this.
        return zip(path.utf8, path.utf8.dropFirst()).contains { $0 == slash && $1 == slash }
    }

    /// The router of these routes, with everything around them.
    func router(_ services: APIServices, metrics: RequestMetrics) -> Router<APIContext> {
        let router = Router(context: APIContext.self, options: [.autoGenerateHeadEndpoints])
        let configuration = services.configuration
        router.add(
            middleware: EdgeMiddleware(
                proxies: configuration.proxies,
                accessLog: AccessLog(metrics: metrics),
                crossOrigin: CrossOrigin(allowed: configuration.allowedOrigins, table: self),
                addressLimit: AddressLimit(gate: services.rates),
                problems: RouteProblems(table: self)
            )
        )
        for route in routes {
            let responder = RouteResponder(route: route, services: services)
            router.on(RouterPath(route.path), method: route.method) { request, context in
                try await responder(request, context: context)
            }
        }
        return router
    }
}
