import Domain
import HTTPTypes
import Operations

/// Single objects that a member was given.
enum GrantRoutes {
    static let all: [Route] = [list, find, put, delete]

    private static let base = "/api/v1/workspaces/{w}/members/{u}/grants"
    private static let one = "\(base)/{kind}/{id}"

    private static let list = Route(
        .get,
        base,
        .init(
            operation: "grant.list",
            summary: "What the member was given beyond the role",
            tag: "Members"
        ),
        access: .workspace(.memberUpdateRole),
        input: .init(query: QueryParameter.page),
        output: .init(schema: .page(of: "Grant"), errors: WorkspaceRoutes.refused)
    ) { exchange in
        let user = try exchange.pathID("u", noun: "member", of: User.self)
        let caller = try await exchange.tenantCaller()
        let page = try await ListGrants(exchange.environment)(
            of: user,
            page: exchange.pageRequest(of: "grants-\(user)", scope: caller.tenant),
            by: caller
        )
        return try exchange.answer(page, of: "grants-\(user)", scope: caller.tenant, as: json)
    }

    private static let find = Route(
        .get,
        one,
        .init(operation: "grant.read", summary: "One grant", tag: "Members"),
        access: .workspace(.memberUpdateRole),
        output: .init(schema: .named("Grant"), errors: WorkspaceRoutes.refused + [.notFound])
    ) { exchange in
        let grant = try await FindGrant(exchange.environment)(
            kind(exchange),
            exchange.pathID("id", noun: "grant", of: Artifact.self),
            of: exchange.pathID("u", noun: "member", of: User.self),
            by: exchange.tenantCaller()
        )
        return .json(json(grant), version: grant.version)
    }

    private static let put = Route(
        .put,
        one,
        .init(
            operation: "grant.put",
            summary: "Give the member this object: a guest sees and changes exactly that",
            tag: "Members"
        ),
        access: .workspace(.memberUpdateRole),
        input: .init(
            body: BodyShape(
                "NewGrant",
                [
                    .required(
                        "permissions",
                        .texts,
                        "artifact.read and artifact.update; reading is always part of it."
                    )
                ]
            )
        ),
        output: .init(
            schema: .named("Grant"),
            errors: WorkspaceRoutes.refused + [
                .notFound, .rankViolation, .grantExceedsOwn, .validationError,
            ]
        )
    ) { exchange in
        let grant = try await GrantResource(exchange.environment)(
            kind(exchange),
            exchange.pathID("id", noun: "artifact", of: Artifact.self),
            permissions: exchange.body.texts("permissions") ?? [],
            to: exchange.pathID("u", noun: "member", of: User.self),
            by: exchange.tenantCaller()
        )
        return .json(json(grant), version: grant.version)
    }

    private static let delete = Route(
        .delete,
        one,
        .init(operation: "grant.delete", summary: "Take the object back", tag: "Members"),
        access: .workspace(.memberUpdateRole),
        output: .init(
            status: .noContent,
            errors: WorkspaceRoutes.refused + [.notFound, .rankViolation]
        )
    ) { exchange in
        try await RevokeGrant(exchange.environment)(
            kind(exchange),
            exchange.pathID("id", noun: "grant", of: Artifact.self),
            of: exchange.pathID("u", noun: "member", of: User.self),
            by: exchange.tenantCaller()
        )
        return .empty
    }

    private static func kind(_ exchange: Exchange) throws(DomainError) -> MemberGrant.Kind {
        let text = exchange.pathValue("kind")
        guard let kind = MemberGrant.Kind(rawValue: text) else {
            throw .notFound("kind of grant", Validation.quotable(text))
        }
        return kind
    }

    @Sendable private static func json(_ grant: MemberGrant) -> JSON {
        [
            "kind": .string(grant.kind.rawValue), "resource_id": JSON(grant.resource),
            "name": JSON(grant.name),
            "permissions": .array(grant.permissions.map { .string($0.description) }),
            "granted_by": JSON(grant.grantedBy), "created_at": JSON(grant.createdAt),
            "version": .integer(grant.version),
        ]
    }
}
