import Domain
import HTTPTypes
import Operations

/// Signing in by issuers elsewhere, and the identities that people have there.
enum ExternalRoutes {
    static let all: [Route] = [start, callback, exchange, identities, link, unlink]

    private static let base = "/api/v1/auth/oidc/{provider}"

    private static let start = Route(
        .get,
        "\(base)/start",
        .init(
            operation: "auth.oidc.start",
            summary: "Begin a sign-in at another issuer; a browser is sent there",
            tag: "Auth"
        ),
        access: .everyone,
        input: .init(
            query: [
                QueryParameter(
                    name: "return_to",
                    kind: .text,
                    note: "Where the browser shall be in the end; of an origin in the settings."
                ),
                QueryParameter(
                    name: "workspace",
                    kind: .text,
                    note: "The workspace to enter, by id or slug."
                ),
            ]
        ),
        output: .init(status: .found, errors: [.notFound, .validationError, .idpError])
    ) { exchange in
        let provider = exchange.pathValue("provider")
        let start = try await StartExternalSignIn(exchange.environment)(
            provider: provider,
            returnTo: exchange.query.text("return_to"),
            workspace: exchange.query.text("workspace")
        )
        var answer = Answer(content: .none, headers: [.location: start.url])
        answer.headers[.setCookie] = TicketCookie(provider).set(start.ticket, for: start.life)
        return answer
    }

    private static let callback = Route(
        .get,
        "\(base)/callback",
        .init(
            operation: "auth.oidc.callback",
            summary: "Where another issuer sends the browser back to",
            tag: "Auth"
        ),
        access: .everyone,
        input: .init(
            query: [
                QueryParameter(name: "state", kind: .text, note: "As the start has sent it."),
                QueryParameter(name: "code", kind: .text, note: "What the issuer gives."),
                QueryParameter(name: "error", kind: .text, note: "Why it gives none."),
                QueryParameter(name: "iss", kind: .text, note: "Which issuer it is."),
            ],
            ignoresOtherQuery: true
        ),
        output: .init(
            schema: .named("Session"),
            errors: [
                .oidcState, .notFound, .idpError, .identityUnknown, .mfaRequired,
                .mfaEnrolmentRequired, .invalidCredentials, .tenantAccessDenied, .tenantSuspended,
            ]
        ),
        handler: finish
    )

    @Sendable private static func finish(_ exchange: Exchange) async throws -> Answer {
        let provider = exchange.pathValue("provider")
        let cookie = TicketCookie(provider)
        let end = try await FinishExternalSignIn(exchange.environment)(
            provider: provider,
            answer: IssuerAnswer(
                state: exchange.query.text("state"),
                code: exchange.query.text("code"),
                error: exchange.query.text("error"),
                issuer: exchange.query.text("iss")
            ),
            ticket: cookie.read(exchange.head.headerFields),
            client: exchange.client,
            requestID: exchange.context.requestID
        )
        var answer: Answer
        switch end {
        case .opened(let signedIn, let returnTo):
            answer = AuthJSON.answer(signedIn, exchange)
            guard let returnTo else { break }
            answer.status = .found
            answer.content = .none
            answer.headers[.location] = returnTo
        case .refused(let code, let token, let returnTo):
            // Behind the number sign it stays in the browser, and out of logs and referrers.
            let pass = token.map { "&mfa_token=\($0)" } ?? ""
            answer = Answer(
                status: .found,
                content: .none,
                headers: [.location: "\(returnTo)#error=\(code.rawValue)\(pass)"]
            )
        }
        answer.headers.append(HTTPField(name: .setCookie, value: cookie.clear))
        return answer
    }

    private static let exchange = Route(
        .post,
        "/api/v1/auth/token/exchange",
        .init(
            operation: "auth.exchange",
            summary: "Get a session for a token of another issuer",
            tag: "Auth"
        ),
        access: .everyone,
        input: .init(
            body: BodyShape(
                "TokenExchange",
                tokenFields + [
                    .optional("workspace", .text, "The workspace to enter, by id or slug."),
                    AuthRoutes.grant,
                ]
            )
        ),
        output: .init(
            schema: .named("Session"),
            errors: [
                .externalTokenInvalid, .notFound, .idpError, .identityUnknown, .mfaRequired,
                .mfaEnrolmentRequired, .invalidCredentials, .tenantAccessDenied, .tenantSuspended,
            ]
        )
    ) { exchange in
        let provider = try exchange.body.requiredText("provider")
        let signedIn = try await ExchangeExternalToken(exchange.environment)(
            token(of: provider, exchange.body),
            SessionRequest(
                kind: .api,
                workspace: exchange.body.text("workspace"),
                client: exchange.client,
                requestID: exchange.context.requestID,
                refresh: exchange.body.choice("grant") ?? .cookie
            )
        )
        return AuthJSON.answer(signedIn, exchange)
    }

    private static let identities = Route(
        .get,
        "/api/v1/me/identities",
        .init(operation: "me.identities", summary: "My identities at other issuers", tag: "Me"),
        access: .person,
        output: .init(schema: .page(of: "LinkedIdentity"))
    ) { exchange in
        let list = try await ListIdentities(exchange.environment)(by: exchange.caller())
        return .list(
            list.map { identity in
                [
                    "provider": .string(identity.provider), "email": JSON(identity.email),
                    "linked_at": JSON(identity.linkedAt),
                    "last_used_at": JSON(identity.lastUsedAt),
                ]
            }
        )
    }

    private static let link = Route(
        .post,
        "/api/v1/me/identities",
        .init(
            operation: "me.identities.link",
            summary: "Link an identity to me, by a token of its issuer",
            tag: "Me"
        ),
        access: .person,
        input: .init(body: BodyShape("IdentityLink", tokenFields + FreshProof.fields)),
        output: .init(
            status: .noContent,
            errors: [.externalTokenInvalid, .notFound, .idpError, .identityTaken]
                + FreshProof.refusals
        )
    ) { exchange in
        let provider = try exchange.body.requiredText("provider")
        try await LinkIdentity(exchange.environment)(
            token(of: provider, exchange.body),
            proof: exchange.freshProof,
            by: exchange.caller()
        )
        return .empty
    }

    private static let unlink = Route(
        .delete,
        "/api/v1/me/identities/{provider}",
        .init(operation: "me.identities.unlink", summary: "Unlink an identity", tag: "Me"),
        access: .person,
        input: .init(body: BodyShape("IdentityRemoval", FreshProof.fields)),
        output: .init(
            status: .noContent,
            errors: [.notFound, .lastCredential] + FreshProof.refusals
        )
    ) { exchange in
        try await UnlinkIdentity(exchange.environment)(
            exchange.pathValue("provider"),
            proof: exchange.freshProof,
            by: exchange.caller()
        )
        return .empty
    }

    private static let tokenFields: [BodyField] = [
        .required("provider", .text, "The issuer's name in the settings."),
        .required("token", .secret, "What the issuer has given."),
        .optional(
            "token_type",
            .choice(["id_token", "access_token"]),
            "What it is; an id_token unless told."
        ),
        .optional("nonce", .text, "The nonce that an id_token must carry."),
    ]

    private static func token(of provider: String, _ body: BodyFields) throws -> ExternalToken {
        ExternalToken(
            provider: provider,
            text: try body.requiredText("token"),
            isAccessToken: body.text("token_type") == "access_token",
            nonce: body.text("nonce")
        )
    }
}

/// The cookie that binds an issuer's answer to the browser that asked.
///
/// `Lax`, because the answer comes from another site; it opens nothing by itself.
struct TicketCookie {
    private let name: String
    private static let attributes = "Path=/api/v1/auth/oidc; Secure; HttpOnly; SameSite=Lax"

    init(_ provider: String) {
        name = "__Secure-ghostworks-oidc-\(provider)"
    }

    func set(_ ticket: String, for life: Duration) -> String {
        "\(name)=\(ticket); Max-Age=\(life.components.seconds); \(Self.attributes)"
    }

    var clear: String { "\(name)=; Max-Age=0; \(Self.attributes)" }

    /// Nil without one, or when two have the name.
    func read(_ fields: HTTPFields) -> String? {
        let values = fields[values: .cookie].flatMap { $0.split(separator: ";") }
            .map(\.trimmingSpaces).filter { $0.hasPrefix(name + "=") }
        return values.count == 1 ? String(values[0].dropFirst(name.count + 1)) : nil
    }
}
