import Domain
import HTTPTypes
import Operations

/// Permissions, and the roles that hold them.
enum RoleRoutes {
    static let all: [Route] = [permissions, mine, list, find, create, edit, delete]

    private static let base = "/api/v1/workspaces/{w}/roles"

    private static let permissions = Route(
        .get,
        "/api/v1/permissions",
        .init(
            operation: "permission.list",
            summary: "Every permission, and the platform's roles that hold it",
            tag: "Roles"
        ),
        access: .person,
        output: .init(schema: .page(of: "Permission"))
    ) { exchange in
        let notes = try await ListPermissions(exchange.environment)(by: exchange.caller())
        return .list(notes.map(RoleJSON.permission))
    }

    private static let mine = Route(
        .get,
        "/api/v1/me/permissions",
        .init(
            operation: "me.permissions",
            summary: "What one may do in the workspace that token or X-Workspace-Id names",
            tag: "Me"
        ),
        access: .person,
        output: .init(schema: .named("MyPermissions"), errors: WorkspaceRoutes.refused)
    ) { exchange in
        let standing = try await ShowMyPermissions(exchange.environment)(
            by: exchange.tenantCaller()
        )
        return .json([
            "role": .string(standing.role), "role_id": JSON(standing.roleID),
            "rank": .integer(Int64(standing.rank)),
            "permissions": .array(standing.permissions.map { .string($0) }),
        ])
    }

    private static let list = Route(
        .get,
        base,
        .init(
            operation: "role.list",
            summary: "The platform's roles and the workspace's own",
            tag: "Roles"
        ),
        access: .workspace(.roleRead),
        output: .init(schema: .page(of: "Role"), errors: WorkspaceRoutes.refused)
    ) { exchange in
        let roles = try await ListRoles(exchange.environment)(by: exchange.tenantCaller())
        return .list(roles.map(RoleJSON.role))
    }

    private static let find = Route(
        .get,
        "\(base)/{r}",
        .init(operation: "role.read", summary: "A role, by key, id or name", tag: "Roles"),
        access: .workspace(.roleRead),
        output: .init(schema: .named("Role"), errors: WorkspaceRoutes.refused + [.notFound])
    ) { exchange in
        let name = try name(exchange)
        return answer(try await FindRole(exchange.environment)(name, by: exchange.tenantCaller()))
    }

    private static let create = Route(
        .post,
        base,
        .init(
            operation: "role.create",
            summary: "Make a role of the workspace's own",
            tag: "Roles"
        ),
        access: .workspace(.roleManage),
        input: .init(
            body: BodyShape(
                "NewRole",
                [
                    .required("name", .text, "1 to 50 characters, unlike any other role's."),
                    .optional("rank", .integer, "1 to 79, below one's own; 30 unless told."),
                    .required("permissions", .texts, permissionNote),
                ]
            )
        ),
        output: .created(
            "Role",
            errors: WorkspaceRoutes.refused + [
                .grantExceedsOwn, .roleNameTaken, .validationError,
            ]
        )
    ) { exchange in
        let draft = try RoleDraft(
            name: exchange.body.requiredText("name"),
            rank: rank(exchange) ?? RoleDraft.usualRank,
            permissions: PermissionSet(names: exchange.body.texts("permissions") ?? [])
        )
        return answer(
            try await CreateRole(exchange.environment)(draft, by: exchange.tenantCaller())
        )
    }

    private static let edit = Route(
        .patch,
        "\(base)/{r}",
        .init(
            operation: "role.edit",
            summary: "Change a role of the workspace's own; it takes effect at once",
            tag: "Roles"
        ),
        access: .workspace(.roleManage),
        input: .init(
            headers: [.ifMatchOptional],
            body: BodyShape(
                "RoleChange",
                [
                    .optional("name", .text, "Another name."),
                    .optional("rank", .integer, "Another rank."),
                    .optional("permissions", .texts, permissionNote),
                ]
            )
        ),
        output: .init(
            schema: .named("Role"),
            errors: WorkspaceRoutes.refused + [
                .notFound, .systemRole, .rankViolation, .grantExceedsOwn, .roleNameTaken,
                .versionConflict, .validationError,
            ]
        )
    ) { exchange in
        let edit = RoleEdit(
            name: exchange.body.text("name"),
            rank: try rank(exchange),
            permissions: try exchange.body.texts("permissions").map { (names) throws(DomainError) in
                try PermissionSet(names: names)
            }
        )
        let changed = try await EditRole(exchange.environment)(
            name(exchange),
            edit,
            version: exchange.expectedVersion(),
            by: exchange.tenantCaller()
        )
        return answer(changed)
    }

    private static let delete = Route(
        .delete,
        "\(base)/{r}",
        .init(
            operation: "role.delete",
            summary: "Delete a role that nobody holds and no invitation offers",
            tag: "Roles"
        ),
        access: .workspace(.roleManage),
        output: .init(
            status: .noContent,
            errors: WorkspaceRoutes.refused + [
                .notFound, .systemRole, .rankViolation, .roleInUse,
            ]
        )
    ) { exchange in
        try await DeleteRole(exchange.environment)(
            name(exchange),
            by: exchange.tenantCaller()
        )
        return .empty
    }

    private static let permissionNote = "Names, with :own behind those that reach only so far."

    /// What cannot be a role's name names no role.
    private static func name(_ exchange: Exchange) throws(DomainError) -> RoleName {
        let text = exchange.pathValue("r")
        do throws(DomainError) {
            return try RoleName(text)
        } catch {
            throw .notFound("role", Validation.quotable(text))
        }
    }

    private static func rank(_ exchange: Exchange) throws(DomainError) -> Int? {
        guard let number = exchange.body.integer("rank") else { return nil }
        guard let rank = Int(exactly: number) else {
            throw .invalid("rank", "must be 1 to 79")
        }
        return rank
    }

    private static func answer(_ role: TenantRole) -> Answer {
        guard let version = role.version else { return .json(RoleJSON.role(role)) }
        return .json(RoleJSON.role(role), version: version)
    }
}

/// How roles and permissions are written.
enum RoleJSON {
    static func role(_ role: TenantRole) -> JSON {
        [
            "id": JSON(role.role.id), "name": .string(role.role.name),
            "kind": .string(role.isSystem ? "system" : "custom"),
            "rank": .integer(Int64(role.role.rank)),
            "permissions": .array(role.role.permissions.names.map { .string($0) }),
            "members": .integer(Int64(role.members)), "version": JSON(role.version),
        ]
    }

    static func permission(_ note: PermissionNote) -> JSON {
        let roles = Role.allCases.compactMap { role -> JSON? in
            switch role.grants(note.permission) {
            case .none: nil
            case .own: .string("\(role.rawValue):own")
            case .all: .string(role.rawValue)
            }
        }
        return [
            "id": .integer(Int64(note.permission.rawValue)),
            "name": .string(note.permission.description), "description": .string(note.note),
            "assignable": .bool(note.isAssignable), "roles": .array(roles),
        ]
    }
}
