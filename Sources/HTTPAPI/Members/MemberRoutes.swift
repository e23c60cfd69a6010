import Domain
import HTTPTypes
import Operations

/// The people of a workspace.
enum MemberRoutes {
    static let all: [Route] = [list, find, add, change, remove, leave, transfer]

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
                    kind: .text,
                    note: "Only this role: a key, or the id or name of one of the workspace's."
                ),
                QueryParameter(
                    name: "status",
                    kind: .choice(MemberStatus.allCases.map(\.rawValue)),
                    note: "Only this status; active and suspended unless told."
                ),
                .filter(.members),
            ] + QueryParameter.page
        ),
        output: .init(schema: .page(of: "Member"), errors: WorkspaceRoutes.refused)
    ) { exchange in
        let caller = try await exchange.tenantCaller()
        let filter = try filter(exchange)
        let page = try await ListMembers(exchange.environment)(
            filter,
            page: exchange.pageRequest(of: "members", scope: caller.tenant),
            by: caller
        )
        return try exchange.answer(page, of: "members", scope: caller.tenant, as: json)
    }

    private static func filter(_ exchange: Exchange) throws(DomainError) -> MemberFilter {
        if let reading = try exchange.filter(.members) {
            return try MemberFilter(reading, exchange.filterClock)
        }
        return MemberFilter(
            search: exchange.query.text("search"),
            role: try exchange.query.text("role").map { (name) throws(DomainError) in
                try RoleName(name)
            },
            status: try exchange.query.choice("status")
        )
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
                    .required(
                        "role",
                        .text,
                        "The role's key, or the id or name of one of the workspace's."
                    ),
                    .optional("name", .text, "What to call a person who is new here."),
                ]
            )
        ),
        output: .created(
            "Member",
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
                    .optional("role", .text, "The new role: a key, an id or a name."),
                    .optional(
                        "status",
                        .choice([
                            MemberStatus.active.rawValue, MemberStatus.suspended.rawValue,
                        ]),
                        "Suspended members keep their seat and cannot enter."
                    ),
                    .optional("reason", .text, "Why, for the audit trail: 3 to 500 characters."),
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

    private static let leave = Route(
        .post,
        "/api/v1/workspaces/{w}/leave",
        .init(
            operation: "member.leave",
            summary: "Give up one's own place; the last owner cannot",
            tag: "Members"
        ),
        access: .person,
        output: .init(status: .noContent, errors: WorkspaceRoutes.refused + [.lastOwner])
    ) { exchange in
        try await LeaveWorkspace(exchange.environment)(by: exchange.tenantCaller())
        return .empty
    }

    private static let transfer = Route(
        .post,
        "/api/v1/workspaces/{w}/transfer-ownership",
        .init(
            operation: "owner.transfer",
            summary: "Make another member an owner in one's own place; one is an admin then",
            tag: "Members"
        ),
        access: .workspace(.ownerManage),
        input: .init(
            body: BodyShape(
                "OwnershipTransfer",
                [.required("user_id", .text, "The id of an active member.")] + FreshProof.fields
            )
        ),
        output: .init(
            schema: .named("Member"),
            errors: WorkspaceRoutes.refused + [.notAMember] + FreshProof.refusals
        )
    ) { exchange in
        guard let heir = UserID(try exchange.body.requiredText("user_id")) else {
            throw DomainError.invalid("user_id", "must be the id of a member")
        }
        let member = try await TransferOwnership(exchange.environment)(
            to: heir,
            proof: exchange.freshProof,
            by: exchange.tenantCaller()
        )
        return .json(json(member), version: member.version)
    }

    @Sendable private static func changeMember(_ exchange: Exchange) async throws -> Answer {
        let id = try exchange.pathID("u", noun: "member", of: User.self)
        let role = try exchange.body.text("role").map { (name) throws(DomainError) in
            try RoleName(name)
        }
        let status: MemberStatus? = try exchange.body.choice("status")
        guard role != nil || status != nil else {
            throw DomainError.invalid("body", "must have role or status")
        }
        let member = try await ChangeMember(exchange.environment)(
            id,
            role: role,
            status: status,
            reason: exchange.body.text("reason"),
            version: exchange.expectedVersion(),
            by: exchange.tenantCaller()
        )
        return .json(json(member), version: member.version)
    }

    @Sendable static func json(_ member: Member) -> JSON {
        [
            "id": JSON(member.user), "user_id": JSON(member.user),
            "email": .string(member.email), "name": .string(member.name),
            "role": .string(member.role.name), "role_id": JSON(member.role.id),
            "status": .string(member.status.rawValue),
            "joined_at": JSON(member.joinedAt), "last_seen_at": JSON(member.lastSeenAt),
            "version": .integer(member.version),
        ]
    }
}
