import Domain
import HTTPTypes
import Operations

/// The people of a workspace.
enum MemberRoutes {
    static let all: [Route] = [list, find, add, change, remove]

    private static let base = "/api/v1/workspaces/{w}/members"

    private static let list = Route(
        .get,
        base,
        .init(operation: "member.list", summary: "The members, by name", tag: "Members"),
        access: .workspace(.memberRead),
        input: .init(
            query: [
                QueryParameter(name: "search", kind: .text, note: "Part of a name or address."),
                QueryParameter(
                    name: "role",
                    kind: .choice(Role.allCases.map(\.rawValue)),
                    note: "Only this role."
                ),
                QueryParameter(
                    name: "status",
                    kind: .choice(MemberStatus.allCases.map(\.rawValue)),
                    note: "Only this status; active and suspended unless told."
                ),
            ] + QueryParameter.page
        ),
        output: .init(schema: .page(of: "Member"), errors: WorkspaceRoutes.refused)
    ) { exchange in
        let caller = try await exchange.tenantCaller()
        let filter = MemberFilter(
            search: exchange.query.text("search"),
            role: try exchange.query.choice("role"),
            status: try exchange.query.choice("status")
        )
        let page = try await ListMembers(exchange.environment)(
            filter,
            page: exchange.pageRequest(of: "members", scope: caller.tenant),
            by: caller
        )
        return try exchange.answer(page, of: "members", scope: caller.tenant, as: json)
    }

    private static let find = Route(
        .get,
        "\(base)/{u}",
        .init(operation: "member.read", summary: "A member", tag: "Members"),
        access: .workspace(.memberRead),
        output: .init(schema: .named("Member"), errors: WorkspaceRoutes.refused + [.notFound])
    ) { exchange in
        let id = try exchange.pathID("u", noun: "member", of: User.self)
        let member = try await FindMember(exchange.environment)(id, by: exchange.tenantCaller())
        return .json(json(member), version: member.version)
    }

    private static let add = Route(
        .post,
        base,
        .init(
            operation: "member.add",
            summary: "Add a person; the answer does not tell whether the address was known",
            tag: "Members"
        ),
        access: .workspace(.memberInvite),
        input: .init(
            body: BodyShape(
                "NewMember",
                [
                    .required("email", .text, "The person's mail address."),
                    .required("role", .text, "The role's key."),
                    .optional("name", .text, "What to call a person who is new here."),
                ]
            )
        ),
        output: .init(
            status: .created,
            schema: .named("Member"),
            errors: WorkspaceRoutes.refused + [
                .alreadyMember, .grantExceedsOwn, .planLimitReached, .validationError,
            ]
        )
    ) { exchange in
        let member = try await AddMember(exchange.environment)(
            email: exchange.body.requiredText("email"),
            role: exchange.body.requiredText("role"),
            name: exchange.body.text("name"),
            by: exchange.tenantCaller()
        )
        return .json(json(member), version: member.version)
    }

    private static let change = Route(
        .patch,
        "\(base)/{u}",
        .init(operation: "member.change", summary: "Change role or status", tag: "Members"),
        access: .workspace(.memberUpdateRole),
        input: .init(
            headers: [.ifMatchOptional],
            body: BodyShape(
                "MemberChange",
                [
                    .optional("role", .text, "The new role's key."),
                    .optional(
                        "status",
                        .choice([
                            MemberStatus.active.rawValue, MemberStatus.suspended.rawValue,
                        ]),
                        "Suspended members keep their seat and cannot enter."
                    ),
                ]
            )
        ),
        output: .init(
            schema: .named("Member"),
            errors: WorkspaceRoutes.refused + [
                .notFound, .lastOwner, .rankViolation, .grantExceedsOwn, .versionConflict,
                .validationError,
            ]
        ),
        handler: changeMember
    )

    private static let remove = Route(
        .delete,
        "\(base)/{u}",
        .init(operation: "member.remove", summary: "Remove a member", tag: "Members"),
        access: .workspace(.memberRemove),
        output: .init(
            status: .noContent,
            errors: WorkspaceRoutes.refused + [.notFound, .lastOwner, .rankViolation]
        )
    ) { exchange in
        let id = try exchange.pathID("u", noun: "member", of: User.self)
        try await RemoveMember(exchange.environment)(id, by: exchange.tenantCaller())
        return .empty
    }

    @Sendable private static func changeMember(_ exchange: Exchange) async throws -> Answer {
        let id = try exchange.pathID("u", noun: "member", of: User.self)
        let role = try exchange.body.text("role").map { name throws(DomainError) in
            guard let role = Role(name: name) else {
                let known = Role.allCases.map(\.rawValue).joined(separator: ", ")
                throw .invalid("role", "must be one of \(known)")
            }
            return role
        }
        let status: MemberStatus? = try exchange.body.choice("status")
        guard role != nil || status != nil else {
            throw DomainError.invalid("body", "must have role or status")
        }
        let member = try await ChangeMember(exchange.environment)(
            id,
            role: role,
            status: status,
            version: exchange.expectedVersion(),
            by: exchange.tenantCaller()
        )
        return .json(json(member), version: member.version)
    }

    @Sendable private static func json(_ member: Member) -> JSON {
        [
            "id": JSON(member.user), "user_id": JSON(member.user),
            "email": .string(member.email), "name": .string(member.name),
            "role": .string(member.role.rawValue), "status": .string(member.status.rawValue),
            "joined_at": JSON(member.joinedAt), "version": .integer(member.version),
        ]
    }
}
