package import Domain
package import Postgres

/// Operators' stays in tenants.
package enum SupportSessionStore {
    private static let columns: SQL = """
        SELECT s.id, s.staff_user_id, u.display_name AS staff_name, s.tenant_id, d.slug,
            s.reason, s.ticket, s.mode, s.started_at, s.expires_at, s.ended_at
        FROM support_sessions AS s
        JOIN users AS u ON u.id = s.staff_user_id
        JOIN tenant_directory AS d ON d.tenant_id = s.tenant_id
        """

    /// One page, the last to start first, and one row more.
    package static func page(tenant: TenantID?, _ request: PageRequest) throws -> SQL {
        var statement = columns
        if let tenant {
            statement += " WHERE s.tenant_id = \(tenant)"
        } else {
            statement += " WHERE true"
        }
        if let position = request.after {
            guard position.keys.count == 2 else { throw PagePosition.invalid }
            let id = try position.id(at: 1, of: SupportSession.self)
            statement += " AND (s.started_at, s.id) < (\(try position.instant(at: 0)), \(id))"
        }
        statement += " ORDER BY s.started_at DESC, s.id DESC LIMIT \(request.limit + 1)"
        return statement
    }

    package static func find(_ id: SupportSessionID) -> SQL {
        columns + " WHERE s.id = \(id)"
    }

    package static func session(_ row: Row) throws -> SupportSession {
        SupportSession(
            id: try row.decode("id"),
            staff: try row.decode("staff_user_id"),
            staffName: try row.decode("staff_name"),
            tenant: try row.decode("tenant_id"),
            tenantSlug: try row.decode("slug"),
            reason: try row.decode("reason"),
            ticket: try row.decode("ticket"),
            mode: try row.decode("mode", raw: AccessMode.self),
            startedAt: try row.decode("started_at"),
            expiresAt: try row.decode("expires_at"),
            endedAt: try row.decode("ended_at")
        )
    }

    /// A session of some minutes that begins now, by the database's clock.
    package static func insert(
        _ id: SupportSessionID,
        staff: UserID,
        tenant: TenantID,
        request: SupportRequest
    ) -> SQL {
        """
        INSERT INTO support_sessions (id, staff_user_id, tenant_id, reason, ticket, mode,
            started_at, expires_at)
        SELECT \(id), \(staff), \(tenant), \(request.reason), \(request.ticket),
            \(request.mode.rawValue), now.at, now.at + make_interval(mins => \(Int32(request.minutes)))
        FROM (SELECT statement_timestamp() AS at) AS now
        """
    }

    /// One row when the session was still running.
    package static func end(_ id: SupportSessionID) -> SQL {
        """
        UPDATE support_sessions
        SET ended_at = clock_timestamp()
        WHERE id = \(id) AND ended_at IS NULL AND expires_at > clock_timestamp()
        """
    }

    /// Ends what may write in a tenant that takes its consent back.
    package static func endWriting(in tenant: TenantID) -> SQL {
        """
        UPDATE support_sessions
        SET ended_at = clock_timestamp()
        WHERE tenant_id = \(tenant) AND mode = 'rw' AND ended_at IS NULL
          AND expires_at > clock_timestamp()
        """
    }
}
