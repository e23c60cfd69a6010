import Domain
import HTTPTypes
import Operations

/// Who is what on the platform.
enum PlatformRoleRoutes {
    static let all: [Route] = [list, grant, revoke]

    private static let base = "/api/v1/admin/platform-roles"
    private static let roles = PlatformRole.allCases.map(\.rawValue)

    private static let list = Route(
        .get,
        base,
        .init(
            operation: "platform_role.list",
            summary: "Roles on the platform, the last granted first",
            tag: "Platform"
        ),
        access: .platform(.platformRolesManage),
        input: .init(
            query: [
                QueryParameter(
                    name: "ended",
                    kind: .boolean,
                    note: "Also those that were revoked or have run out."
                ),
                .filter(.operators),
            ] + QueryParameter.page
        ),
        output: .init(
            schema: .page(of: "PlatformGrant"),
            errors: [.permissionDenied, .cursorInvalid]
        )
    ) { exchange in
        let reading = try exchange.filter(.operators)
        let page = try await ListPlatformRoles(exchange.environment)(
            endedToo: reading?.endedToo ?? exchange.query.boolean("ended") ?? false,
            page: exchange.pageRequest(of: "platform-roles"),
            by: exchange.caller()
        )
        return try exchange.answer(page, of: "platform-roles", as: PlatformUserJSON.grant)
    }

    private static let grant = Route(
        .post,
        base,
        .init(
            operation: "platform_role.grant",
            summary: "Give a role on the platform, or another end to one",
            tag: "Platform"
        ),
        access: .platform(.platformRolesManage),
        input: .init(
            body: BodyShape(
                "NewPlatformGrant",
                [
                    .required("user", .text, "The person, by mail address or id."),
                    .required("role", .choice(roles), "The role."),
                    .required("reason", .text, "3 to 500 characters, for the trail."),
                    .optional("expires_at", .text, "When it ends; never when left out."),
                ]
            )
        ),
        output: .created(
            "PlatformGrant",
            errors: [
                .permissionDenied, .notFound, .lastSuperAdmin, .invalidTransition,
                .validationError,
            ]
        ),
        handler: give
    )

    private static let revoke = Route(
        .delete,
        base,
        .init(
            operation: "platform_role.revoke",
            summary: "Take a role on the platform away at once",
            tag: "Platform"
        ),
        access: .platform(.platformRolesManage),
        input: .init(
            query: [
                QueryParameter(name: "user_id", kind: .id, note: "The person; required."),
                QueryParameter(name: "role", kind: .choice(roles), note: "The role; required."),
                QueryParameter(
                    name: "reason",
                    kind: .text,
                    note: "3 to 500 characters, for the trail; required."
                ),
            ]
        ),
        output: .init(
            status: .noContent,
            errors: [.permissionDenied, .notFound, .lastSuperAdmin, .validationError]
        )
    ) { exchange in
        guard let user: UserID = try exchange.query.id("user_id") else {
            throw DomainError.invalid("user_id", "is required")
        }
        guard let role: PlatformRole = try exchange.query.choice("role") else {
            throw DomainError.invalid("role", "is required")
        }
        try await RevokePlatformRole(exchange.environment)(
            role,
            of: user,
            reason: exchange.query.text("reason") ?? "",
            by: exchange.caller()
        )
        return .empty
    }

    @Sendable private static func give(_ exchange: Exchange) async throws -> Answer {
        let caller = try exchange.caller()
        let body = exchange.body
        let expiresAt = try body.text("expires_at").map { text throws(DomainError) in
            guard let instant = Instant(rfc3339: text) else {
                throw .invalid("expires_at", "must be a time such as 2026-03-02T10:14:00Z")
            }
            return instant
        }
        let wanted = try NewPlatformGrant(
            role: body.choice("role") ?? .support,
            expiresAt: expiresAt,
            reason: body.requiredText("reason"),
            now: .now
        )
        let user = try await ResolveUser(exchange.environment)(
            body.requiredText("user"),
            by: caller
        )
        let grant = try await GrantPlatformRole(exchange.environment)(wanted, to: user, by: caller)
        return .json(PlatformUserJSON.grant(grant))
    }
}
