import Domain
import HTTPTypes
import Operations

/// The keys with which programs work in a workspace; no key may touch them.
enum APIKeyRoutes {
    static let all: [Route] = [list, scopes, create, change, rotate, revoke]

    private static let base = "/api/v1/workspaces/{w}/api-keys"
    private static let refused = WorkspaceRoutes.refused

    private static let list = Route(
        .get,
        base,
        .init(operation: "apikey.list", summary: "The API keys, newest first", tag: "API keys"),
        access: .workspace(.apikeyRead),
        input: .init(query: QueryParameter.page),
        output: .init(schema: .page(of: "APIKey"), errors: refused + [.cursorInvalid])
    ) { exchange in
        let caller = try await exchange.tenantCaller()
        let page = try await ListAPIKeys(exchange.environment)(
            page: exchange.pageRequest(of: "api-keys", scope: caller.tenant),
            by: caller
        )
        return try exchange.answer(page, of: "api-keys", scope: caller.tenant, as: json)
    }

    private static let scopes = Route(
        .get,
        "\(base)/scopes",
        .init(
            operation: "apikey.scopes",
            summary: "What the caller may put into a key",
            tag: "API keys"
        ),
        access: .workspace(.apikeyManage),
        output: .init(schema: .page(of: "Scope"), errors: refused)
    ) { exchange in
        let scopes = try await ListGrantableScopes(exchange.environment)(
            by: exchange.tenantCaller()
        )
        return .list(scopes.map { ["scope": .string($0.description)] })
    }

    private static let create = Route(
        .post,
        base,
        .init(
            operation: "apikey.create",
            summary: "Make a key; its secret is shown this once",
            tag: "API keys"
        ),
        access: .workspace(.apikeyManage),
        input: .init(
            body: BodyShape(
                "NewAPIKey",
                [
                    .required("name", .text, "What people call it."),
                    .required("scopes", .texts, "Names of permissions that you hold."),
                    .optional("expires_at", .text, "When it ends, RFC 3339; never unless told."),
                    .optional("rate_per_minute", .integer, "Its own limit of requests."),
                ]
            )
        ),
        output: .created(
            "IssuedAPIKey",
            errors: refused + [.grantExceedsOwn, .planLimitReached, .validationError]
        )
    ) { exchange in
        let issued = try await CreateAPIKey(exchange.environment)(
            name: exchange.body.requiredText("name"),
            scopes: exchange.body.texts("scopes") ?? [],
            expiresAt: exchange.body.time("expires_at"),
            ratePerMinute: exchange.body.integer("rate_per_minute").map { Int(clamping: $0) },
            by: exchange.tenantCaller()
        )
        return json(issued)
    }

    private static let change = Route(
        .patch,
        "\(base)/{k}",
        .init(
            operation: "apikey.change",
            summary: "Change name, end or limit; scopes stay",
            tag: "API keys"
        ),
        access: .workspace(.apikeyManage),
        input: .init(
            headers: [.ifMatchOptional],
            body: BodyShape(
                "APIKeyChange",
                [
                    .optional("name", .text, "What people call it."),
                    .optional("expires_at", .text, "When it ends, RFC 3339; null for never."),
                    .optional(
                        "rate_per_minute",
                        .integer,
                        "Its own limit of requests; null for the usual one."
                    ),
                ]
            )
        ),
        output: .init(
            schema: .named("APIKey"),
            errors: refused + [.notFound, .invalidTransition, .versionConflict, .validationError]
        ),
        handler: changeKey
    )

    private static let rotate = Route(
        .post,
        "\(base)/{k}/rotate",
        .init(
            operation: "apikey.rotate",
            summary: "Give a key another secret, shown this once",
            tag: "API keys"
        ),
        access: .workspace(.apikeyManage),
        input: .init(
            body: BodyShape(
                "APIKeyRotation",
                [
                    .optional(
                        "overlap_seconds",
                        .integer,
                        "How long the old secret is good as well; 0 unless told, at most 30 days."
                    )
                ]
            )
        ),
        output: .init(
            schema: .named("IssuedAPIKey"),
            errors: refused + [.notFound, .invalidTransition, .validationError]
        )
    ) { exchange in
        let issued = try await RotateAPIKey(exchange.environment)(
            keyID(exchange),
            overlap: .seconds(exchange.body.integer("overlap_seconds") ?? 0),
            by: exchange.tenantCaller()
        )
        return json(issued)
    }

    private static let revoke = Route(
        .delete,
        "\(base)/{k}",
        .init(operation: "apikey.revoke", summary: "End a key for good", tag: "API keys"),
        access: .workspace(.apikeyManage),
        output: .init(status: .noContent, errors: refused + [.notFound])
    ) { exchange in
        _ = try await RevokeAPIKey(exchange.environment)(
            keyID(exchange),
            by: exchange.tenantCaller()
        )
        return .empty
    }
}

extension APIKeyRoutes {
    private static func keyID(_ exchange: Exchange) throws(DomainError) -> APIKeyID {
        try exchange.pathID("k", noun: "API key")
    }

    @Sendable private static func changeKey(_ exchange: Exchange) async throws -> Answer {
        let edit = try APIKeyEdit(
            name: exchange.body.text("name"),
            ratePerMinute: exchange.body.isNull("rate_per_minute")
                ? .removed
                : .init(exchange.body.integer("rate_per_minute").map { Int(clamping: $0) }),
            expiresAt: exchange.body.isNull("expires_at")
                ? .removed : .init(exchange.body.time("expires_at"))
        )
        let key = try await ChangeAPIKey(exchange.environment)(
            keyID(exchange),
            edit,
            version: exchange.expectedVersion(),
            by: exchange.tenantCaller()
        )
        return .json(json(key), version: key.version)
    }

    private static func json(_ issued: IssuedAPIKey) -> Answer {
        .json(
            json(issued.key).adding([("secret", .string(issued.text))]),
            version: issued.key.version
        )
    }

    @Sendable private static func json(_ key: APIKey) -> JSON {
        let now = Instant.now
        return [
            "id": JSON(key.id), "name": .string(key.name), "prefix": .string(key.prefix),
            "scopes": .array(key.scopes.map { .string($0.description) }),
            "state": .string(key.state(at: now).rawValue),
            "blocked_by": key.block(at: now).map { .string($0.rawValue) } ?? .null,
            "created_by": JSON(key.createdBy),
            "created_at": JSON(key.createdAt), "expires_at": JSON(key.expiresAt),
            "last_used_at": JSON(key.lastUsedAt), "previous_valid_until": JSON(key.previousUntil),
            "rate_per_minute": JSON(key.ratePerMinute.map { Int64($0) }),
            "version": .integer(key.version),
        ]
    }
}
