package import Domain
package import Postgres

/// Roles that tenants made for themselves.
package enum RoleStore {
    /// All roles of the tenant's making with the members who hold them, the highest first.
    package static func list(in tenant: TenantID) -> SQL {
        selection(tenant) + " ORDER BY r.rank DESC, r.id"
    }

    /// One of them.
    package static func find(_ name: RoleName, in tenant: TenantID) -> SQL {
        switch name {
        case .id(let id): selection(tenant) + " AND r.id = \(id)"
        case .named(let name): selection(tenant) + " AND r.name_norm = app.fold(\(name))"
        case .system: selection(tenant) + " AND false"
        }
    }

    /// How many members hold each role of the platform's.
    package static func systemHolders(in tenant: TenantID) -> SQL {
        """
        SELECT m.role_key, count(*) AS members
        FROM memberships AS m
        WHERE m.tenant_id = \(tenant) AND m.status IN ('active', 'suspended')
          AND m.role_key IS NOT NULL
        GROUP BY m.role_key
        """
    }

    private static func selection(_ tenant: TenantID) -> SQL {
        """
        SELECT r.coded AS role, r.version,
            (SELECT count(*) FROM memberships AS m
             WHERE m.tenant_id = \(tenant) AND m.role_id = r.id) AS members
        FROM roles AS r
        WHERE r.tenant_id = \(tenant)
        """
    }

    package static func role(_ row: Row) throws -> TenantRole {
        TenantRole(
            role: try row.decode("role"),
            members: Int(try row.decode("members", as: Int64.self)),
            version: try row.decode("version", as: Int64.self)
        )
    }

    package static func holders(_ rows: Rows) throws -> [Role: Int] {
        var counts: [Role: Int] = [:]
        for row in rows {
            let role = try row.decode("role_key", raw: Role.self)
            counts[role] = Int(try row.decode("members", as: Int64.self))
        }
        return counts
    }
}

extension RoleStore {
    package static func insert(
        _ draft: RoleDraft,
        id: RoleID,
        by user: UserID,
        in tenant: TenantID
    ) -> SQL {
        let bytes = draft.permissions.bytes
        return """
            INSERT INTO roles (tenant_id, id, name, rank, permissions, own, created_by)
            VALUES (\(tenant), \(id), \(draft.name), \(Int32(draft.rank)), \(bytes.everything),
                \(bytes.own), \(user))
            """
    }

    package static func update(_ id: RoleID, to draft: RoleDraft, in tenant: TenantID) -> SQL {
        let bytes = draft.permissions.bytes
        return """
            UPDATE roles
            SET name = \(draft.name), rank = \(Int32(draft.rank)),
                permissions = \(bytes.everything), own = \(bytes.own), version = version + 1,
                updated_at = clock_timestamp()
            WHERE tenant_id = \(tenant) AND id = \(id)
            """
    }

    /// Refused by the foreign keys while a member or a pending invitation has the role.
    package static func delete(_ id: RoleID, in tenant: TenantID) -> SQL {
        "DELETE FROM roles WHERE tenant_id = \(tenant) AND id = \(id)"
    }
}
