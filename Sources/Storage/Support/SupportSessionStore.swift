package import Domain
import FoundationEssentials
package import Postgres

/// Operators' stays in tenants.
package enum SupportSessionStore {
    private static let columns: SQL = """
        SELECT s.id, s.staff_user_id, u.display_name AS staff_name, s.tenant_id, d.slug,
            s.reason, s.ticket, s.mode, s.consent_token_id, s.personal_data, s.started_at,
            s.expires_at, s.ended_at
        FROM support_sessions AS s
        JOIN users AS u ON u.id = s.staff_user_id
        JOIN tenant_directory AS d ON d.tenant_id = s.tenant_id
        """

    /// The same as a tenant sees it: names of people live behind another wall.
    private static let columnsForTenant: SQL = """
        SELECT s.id, s.staff_user_id, u.display_name AS staff_name, s.tenant_id, d.slug,
            s.reason, s.ticket, s.mode, s.consent_token_id, s.personal_data, s.started_at,
            s.expires_at, s.ended_at
        FROM support_sessions AS s
        JOIN tenant_directory AS d ON d.tenant_id = s.tenant_id
        CROSS JOIN LATERAL app.member_names(ARRAY[s.staff_user_id]) AS u
        """

    /// One page, the last to start first, and one row more.
    package static func page(
        tenant: TenantID?,
        isLive: Bool? = nil,
        _ request: PageRequest
    ) throws -> SQL {
        var statement = columns
        if let tenant {
            statement += " WHERE s.tenant_id = \(tenant)"
        } else {
            statement += " WHERE true"
        }
        return try statement + ending(isLive, request)
    }

    /// One page of those in the tenant of the context.
    package static func page(
        in tenant: TenantID,
        isLive: Bool?,
        _ request: PageRequest
    ) throws -> SQL {
        try columnsForTenant + " WHERE s.tenant_id = \(tenant)" + ending(isLive, request)
    }

    private static func ending(_ isLive: Bool?, _ request: PageRequest) throws -> SQL {
        var statement: SQL =
            switch isLive {
            case nil: ""
            case true?: " AND s.ended_at IS NULL AND s.expires_at > statement_timestamp()"
            case false?: " AND (s.ended_at IS NOT NULL OR s.expires_at <= statement_timestamp())"
            }
        if let position = request.after {
            guard position.keys.count == 2 else { throw PagePosition.invalid }
            let id = try position.id(at: 1, of: SupportSession.self)
            statement += " AND (s.started_at, s.id) < (\(try position.instant(at: 0)), \(id))"
        }
        return statement + " ORDER BY s.started_at DESC, s.id DESC LIMIT \(request.limit + 1)"
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
            consent: try row.decode("consent_token_id"),
            allowsPersonalData: try row.decode("personal_data"),
            startedAt: try row.decode("started_at"),
            expiresAt: try row.decode("expires_at"),
            endedAt: try row.decode("ended_at")
        )
    }

    /// A session of some minutes that begins now, by the database's clock; it does not outlive
    /// the consent that it rests on.
    package static func insert(
        _ id: SupportSessionID,
        staff: UserID,
        tenant: TenantID,
        request: SupportRequest,
        consent: SupportConsent?
    ) -> SQL {
        """
        INSERT INTO support_sessions (id, staff_user_id, tenant_id, reason, ticket, mode,
            consent_token_id, personal_data, started_at, expires_at)
        SELECT \(id), \(staff), \(tenant), \(request.reason), \(request.ticket),
            \(request.mode.rawValue), \(consent?.id), \(consent?.allowsPersonalData ?? false),
            now.at, least(now.at + make_interval(mins => \(Int32(request.minutes))),
                \(consent?.expiresAt)::timestamptz)
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

    /// Ends what writes in a tenant that takes its standing consent back; sessions that rest on
    /// a token go with the token.
    package static func endWriting(in tenant: TenantID) -> SQL {
        """
        UPDATE support_sessions
        SET ended_at = clock_timestamp()
        WHERE tenant_id = \(tenant) AND mode = 'rw' AND consent_token_id IS NULL
          AND ended_at IS NULL AND expires_at > clock_timestamp()
        """
    }

    /// Ends all that live in a tenant, for one that is closed.
    package static func endAll(in tenant: TenantID) -> SQL {
        """
        UPDATE support_sessions
        SET ended_at = clock_timestamp()
        WHERE tenant_id = \(tenant) AND ended_at IS NULL AND expires_at > clock_timestamp()
        """
    }

    /// Ends what rests on a consent.
    package static func end(restingOn consent: SupportConsentID, in tenant: TenantID) -> SQL {
        """
        UPDATE support_sessions
        SET ended_at = clock_timestamp()
        WHERE tenant_id = \(tenant) AND consent_token_id = \(consent) AND ended_at IS NULL
          AND expires_at > clock_timestamp()
        """
    }

    /// Ends all stays of somebody who loses the right to them.
    package static func endAll(of staff: UserID) -> SQL {
        """
        UPDATE support_sessions
        SET ended_at = clock_timestamp()
        WHERE staff_user_id = \(staff) AND ended_at IS NULL AND expires_at > clock_timestamp()
        """
    }
}
