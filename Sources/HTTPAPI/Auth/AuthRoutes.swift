import Domain
import HTTPTypes
import Operations

/// Signing in and out, and what the signed-in person is.
enum AuthRoutes {
    static let all: [Route] = [
        Route(
            .post,
            "/api/v1/auth/login",
            .init(
                operation: "auth.login",
                summary: "Sign in with a mail address and a password",
                tag: "Auth"
            ),
            access: .everyone,
            input: .init(body: login),
            output: .init(
                schema: .named("Session"),
                errors: [
                    .invalidCredentials, .tenantAccessDenied, .tenantSuspended, .tooManyRequests,
                    .rateLimited, .mfaRequired, .mfaEnrolmentRequired,
                ]
            ),
            handler: signIn
        ),
        Route(
            .post,
            "/api/v1/auth/logout",
            .init(operation: "auth.logout", summary: "End the session", tag: "Auth"),
            access: .person,
            output: .init(status: .noContent)
        ) { exchange in
            try await SignOut(exchange.environment)(by: exchange.caller())
            return Answer(content: .none, headers: RefreshCookie.clear)
        },
        Route(
            .get,
            "/api/v1/me",
            .init(operation: "me.read", summary: "Who am I?", tag: "Me"),
            access: .person,
            output: .init(schema: .named("Me"))
        ) { exchange in
            let me = try await ShowMe(exchange.environment)(by: exchange.caller())
            return .json(AuthJSON.me(me), version: me.version)
        },
        update,
        workspaces("/api/v1/me/workspaces", "me.workspaces"),
        workspaces("/api/v1/workspaces", "workspace.list"),
    ]

    private static let update = Route(
        .patch,
        "/api/v1/me",
        .init(
            operation: "me.update",
            summary: "Change one's name, language or time zone",
            tag: "Me"
        ),
        access: .person,
        input: .init(
            headers: [.ifMatchOptional],
            body: BodyShape(
                "MeChange",
                [
                    .optional("name", .text, "1 to 200 characters."),
                    .optional("locale", .choice(AccountEdit.locales), "The language of mails."),
                    .optional(
                        "time_zone",
                        .text,
                        "Where one reads times, such as Asia/Kuwait; null takes it away."
                    ),
                ]
            )
        ),
        output: .init(schema: .named("Me"), errors: [.versionConflict, .validationError])
    ) { exchange in
        let me = try await UpdateMe(exchange.environment)(
            AccountEdit(
                name: exchange.body.text("name"),
                locale: exchange.body.text("locale"),
                timeZone: exchange.body.isNull("time_zone")
                    ? "" : exchange.body.text("time_zone")
            ),
            version: exchange.expectedVersion(),
            by: exchange.caller()
        )
        return .json(AuthJSON.me(me), version: me.version)
    }

    static let grant = BodyField.optional(
        "grant",
        .choice(RefreshPlace.allCases.map(\.rawValue)),
        "Where the refresh token goes: into a cookie unless told, or into the body."
    )

    private static let login = BodyShape(
        "Login",
        [
            .required("email", .text, "The mail address."),
            .required("password", .secret, "The password, exactly as it was set."),
            .optional("workspace", .text, "The workspace to enter, by id or slug."),
            grant,
        ]
    )

    /// Two addresses of one list.
    private static func workspaces(_ path: String, _ operation: String) -> Route {
        Route(
            .get,
            path,
            .init(operation: operation, summary: "The workspaces one belongs to", tag: "Me"),
            access: .person,
            output: .init(schema: .page(of: "Workspace"))
        ) { exchange in
            let list = try await ListWorkspaces(exchange.environment)(by: exchange.caller())
            return .list(list.map(WorkspaceJSON.workspace))
        }
    }

    @Sendable private static func signIn(_ exchange: Exchange) async throws -> Answer {
        let signedIn = try await SignIn(exchange.environment)(
            email: exchange.body.requiredText("email"),
            password: Array(exchange.body.requiredText("password").utf8),
            kind: .api,
            workspace: exchange.body.text("workspace"),
            client: exchange.client,
            requestID: exchange.context.requestID,
            refresh: exchange.body.choice("grant") ?? .cookie
        )
        return AuthJSON.answer(signedIn, exchange)
    }
}

/// How people and sessions are written.
enum AuthJSON {
    /// `showsRefresh`: for a client without cookies.
    static func session(
        _ signedIn: SignedIn,
        showsRefresh: Bool = false,
        now: Instant
    ) -> JSON {
        let identity = signedIn.identity
        let expiry = signedIn.accessTokenExpiresAt ?? identity.expiresAt
        return [
            "access_token": JSON(signedIn.accessToken),
            "token_type": "Bearer",
            "expires_in": .integer(max(0, expiry.seconds - now.seconds)),
            "expires_at": JSON(expiry),
            "user": [
                "id": JSON(identity.user), "email": .string(identity.email),
                "name": .string(identity.name),
            ],
            "platform_role": JSON(identity.platformRole?.rawValue),
            "workspace_id": JSON(identity.tenant),
            "refresh_token": JSON(showsRefresh ? signedIn.refresh?.text : nil),
            "refresh_expires_at": JSON(signedIn.refresh?.expiresAt),
        ]
    }

    static func me(_ me: Me) -> JSON {
        [
            "id": JSON(me.user.id),
            "email": .string(me.user.email),
            "name": .string(me.user.name),
            "locale": .string(me.locale),
            "time_zone": JSON(me.timeZone),
            "version": .integer(me.version),
            "platform_role": JSON(me.platformRole?.rawValue),
            "workspaces": .array(me.workspaces.map(WorkspaceJSON.workspace)),
        ]
    }
}
