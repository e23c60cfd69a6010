package import Domain
package import Postgres

/// Single objects that members were given.
package enum GrantStore {
    private static let columns: SQL = """
        g.resource_kind, g.resource_id, g.permissions, g.granted_by, g.created_at, g.version,
        (SELECT a.name FROM artifacts AS a
         WHERE a.tenant_id = g.tenant_id AND a.id = g.resource_id) AS name
        """

    /// All grants of a member, the newest first, a row more than was asked for.
    package static func page(
        of user: UserID,
        _ request: PageRequest,
        in tenant: TenantID
    ) throws -> SQL {
        var statement: SQL = """
            SELECT \(columns)
            FROM member_grants AS g
            WHERE g.tenant_id = \(tenant) AND g.user_id = \(user)
            """
        if let after = request.after {
            guard after.keys.count == 2 else { throw PagePosition.invalid }
            let id = try after.id(at: 1, of: Artifact.self)
            statement += " AND (g.created_at, g.resource_id) < (\(try after.instant(at: 0)), \(id))"
        }
        return statement
            + " ORDER BY g.created_at DESC, g.resource_id DESC LIMIT \(request.limit + 1)"
    }

    package static func find(
        _ kind: MemberGrant.Kind,
        _ id: ArtifactID,
        of user: UserID,
        in tenant: TenantID
    ) -> SQL {
        """
        SELECT \(columns)
        FROM member_grants AS g
        WHERE g.tenant_id = \(tenant) AND g.user_id = \(user)
          AND g.resource_kind = \(kind.rawValue) AND g.resource_id = \(id)
        """
    }

    /// Gives, or gives something else; the row is the grant.
    package static func put(
        _ kind: MemberGrant.Kind,
        _ id: ArtifactID,
        _ permissions: [Permission],
        to user: UserID,
        by actor: UserID?,
        in tenant: TenantID
    ) -> SQL {
        let bytes = PermissionSet(permissions).bytes.everything
        return """
            INSERT INTO member_grants AS g
                (tenant_id, user_id, resource_kind, resource_id, permissions, granted_by)
            VALUES (\(tenant), \(user), \(kind.rawValue), \(id), \(bytes), \(actor))
            ON CONFLICT ON CONSTRAINT member_grants_pkey DO UPDATE
            SET permissions = excluded.permissions, granted_by = excluded.granted_by,
                updated_at = clock_timestamp(), version = g.version + 1
            RETURNING \(columns)
            """
    }

    package static func delete(
        _ kind: MemberGrant.Kind,
        _ id: ArtifactID,
        of user: UserID,
        in tenant: TenantID
    ) -> SQL {
        """
        DELETE FROM member_grants
        WHERE tenant_id = \(tenant) AND user_id = \(user) AND resource_kind = \(kind.rawValue)
          AND resource_id = \(id)
        """
    }

    /// One row when a member was given a permission on an artifact.
    package static func isGiven(
        _ permission: Permission,
        on id: ArtifactID,
        to user: UserID,
        in tenant: TenantID
    ) -> SQL {
        """
        SELECT 1 AS given
        FROM member_grants AS g
        WHERE g.tenant_id = \(tenant) AND g.user_id = \(user) AND g.resource_kind = 'artifact'
          AND g.resource_id = \(id)
          AND get_bit(g.permissions, \(Int64(permission.rawValue))) = 1
        """
    }

    package static func grant(_ row: Row) throws -> MemberGrant {
        let kind = try row.decode("resource_kind", raw: MemberGrant.Kind.self)
        let bytes = try row.decode("permissions", as: [UInt8].self)
        let set = PermissionSet(
            everything: bytes,
            own: [UInt8](repeating: 0, count: bytes.count)
        )
        return MemberGrant(
            kind: kind,
            resource: try row.decode("resource_id"),
            name: try row.decode("name", as: String?.self),
            permissions: set?.held ?? [],
            grantedBy: try row.decode("granted_by"),
            createdAt: try row.decode("created_at"),
            version: try row.decode("version")
        )
    }
}
