import Domain
import HTTPTypes
import Operations

/// Staying signed in, and the sessions of the signed-in person.
enum SessionRoutes {
    static let all: [Route] = [refresh, logoutAll, switchWorkspace, list, revoke]

    private static let refresh = Route(
        .post,
        RefreshCookie.path,
        .init(
            operation: "auth.refresh",
            summary: "A new access token, for the cookie's refresh token or the body's",
            tag: "Auth"
        ),
        access: .everyone,
        input: .init(
            body: BodyShape(
                "Refresh",
                [
                    .optional(
                        "refresh_token",
                        .secret,
                        "The token, for clients without cookies; the next one comes back in the body."
                    )
                ]
            )
        ),
        output: .init(
            schema: .named("Session"),
            errors: [.refreshInvalid, .refreshReused, .originRefused]
        ),
        handler: refreshed
    )

    private static let logoutAll = Route(
        .post,
        "/api/v1/auth/logout-all",
        .init(operation: "auth.logout_all", summary: "End all one's sessions", tag: "Auth"),
        access: .person,
        output: .init(status: .noContent)
    ) { exchange in
        try await RevokeSessions(exchange.environment)
            .all(keepingThis: false, by: exchange.caller())
        return Answer(content: .none, headers: RefreshCookie.clear)
    }

    private static let switchWorkspace = Route(
        .post,
        "/api/v1/auth/switch-workspace",
        .init(
            operation: "auth.switch_workspace",
            summary: "An access token for another of one's workspaces",
            tag: "Auth"
        ),
        access: .person,
        input: .init(
            body: BodyShape(
                "SwitchWorkspace",
                [.required("workspace", .text, "The workspace to enter, by id or slug.")]
            )
        ),
        output: .init(
            schema: .named("Session"),
            errors: [.tenantAccessDenied, .tenantSuspended]
        )
    ) { exchange in
        let signedIn = try await SwitchWorkspace(exchange.environment)(
            exchange.body.requiredText("workspace"),
            by: exchange.caller()
        )
        return .json(AuthJSON.session(signedIn, now: .now))
    }

    private static let list = Route(
        .get,
        "/api/v1/me/sessions",
        .init(
            operation: "session.list",
            summary: "One's live sessions, the latest sign-in first",
            tag: "Me"
        ),
        access: .person,
        input: .init(query: QueryParameter.page),
        output: .init(schema: .page(of: "LiveSession"))
    ) { exchange in
        let caller = try exchange.caller()
        let page = try await ListSessions(exchange.environment)(
            page: exchange.pageRequest(of: "sessions"),
            by: caller
        )
        return try exchange.answer(page, of: "sessions") { json($0, current: caller.session) }
    }

    private static let revoke = Route(
        .delete,
        "/api/v1/me/sessions/{id}",
        .init(operation: "session.revoke", summary: "End one of one's sessions", tag: "Me"),
        access: .person,
        output: .init(status: .noContent, errors: [.notFound])
    ) { exchange in
        let id = try exchange.pathID("id", noun: "session", of: Session.self)
        try await RevokeSessions(exchange.environment).one(id, by: exchange.caller())
        return .empty
    }

    /// A token in the body is the client's own doing; one in the cookie came along by itself.
    @Sendable private static func refreshed(_ exchange: Exchange) async throws -> Answer {
        let refresh = RefreshSession(exchange.environment)
        let requestID = exchange.context.requestID
        if let token = exchange.body.text("refresh_token") {
            var signedIn = try await refresh(token: token, requestID: requestID)
            signedIn.refreshPlace = .cli
            return AuthJSON.answer(signedIn, exchange)
        }
        try OriginPolicy(allowed: exchange.services.configuration.allowedOrigins)
            .check(exchange.head)
        let token = RefreshCookie.read(exchange.head.headerFields) ?? ""
        let signedIn = try await refresh(token: token, requestID: requestID)
        return AuthJSON.answer(signedIn, exchange)
    }

    static func json(_ live: LiveSession, current: SessionID?) -> JSON {
        [
            "id": JSON(live.id),
            "kind": .string(live.session.kind.rawValue),
            "current": .bool(live.id == current),
            "workspace_id": JSON(live.session.tenant),
            "user_agent": JSON(live.userAgent),
            "ip": JSON(live.ip),
            "created_at": JSON(live.createdAt),
            "last_seen_at": JSON(live.lastSeenAt),
            "expires_at": JSON(live.session.expiresAt),
        ]
    }
}

extension AuthJSON {
    /// A session that has begun or goes on; its refresh token goes into the cookie, or into the
    /// body of a client that has none.
    static func answer(_ signedIn: SignedIn, _ exchange: Exchange) -> Answer {
        exchange.context.trace.note { trace in
            trace.user = signedIn.identity.user
            trace.tenant = signedIn.identity.tenant
        }
        let now = Instant.now
        let showsRefresh = signedIn.refreshPlace == .cli
        var answer = Answer.json(session(signedIn, showsRefresh: showsRefresh, now: now))
        if let refresh = signedIn.refresh, !showsRefresh {
            answer.headers = RefreshCookie.set(refresh, now: now)
        }
        return answer.keeping(deviceToken: signedIn.deviceToken)
    }
}
