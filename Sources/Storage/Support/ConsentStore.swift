package import Domain
import FoundationEssentials
package import Postgres

/// Owners' consents to support sessions in the tenant of the context.
package enum ConsentStore {
    private static let columns: SQL = """
        SELECT c.id, c.tenant_id, c.note, c.personal_data, c.granted_by, c.created_at,
            c.expires_at, c.revoked_at
        FROM support_consents AS c
        """

    /// One page, the last to be given first, and one row more.
    package static func page(_ tenant: TenantID, _ request: PageRequest) throws -> SQL {
        var statement = columns + " WHERE c.tenant_id = \(tenant)"
        if let position = request.after {
            guard position.keys.count == 2 else { throw PagePosition.invalid }
            let id = try position.id(at: 1, of: SupportConsent.self)
            statement += " AND (c.created_at, c.id) < (\(try position.instant(at: 0)), \(id))"
        }
        return statement + " ORDER BY c.created_at DESC, c.id DESC LIMIT \(request.limit + 1)"
    }

    package static func find(_ id: SupportConsentID, in tenant: TenantID) -> SQL {
        columns + " WHERE c.tenant_id = \(tenant) AND c.id = \(id)"
    }

    /// The consent behind a token, while it holds.
    package static func live(
        _ id: SupportConsentID,
        tokenHash: [UInt8],
        in tenant: TenantID
    ) -> SQL {
        find(id, in: tenant)
            + """
             AND c.token_hash = \(tokenHash) AND c.revoked_at IS NULL
              AND c.expires_at > statement_timestamp()
            """
    }

    package static func consent(_ row: Row) throws -> SupportConsent {
        SupportConsent(
            id: try row.decode("id"),
            tenant: try row.decode("tenant_id"),
            note: try row.decode("note"),
            allowsPersonalData: try row.decode("personal_data"),
            grantedBy: try row.decode("granted_by"),
            createdAt: try row.decode("created_at"),
            expiresAt: try row.decode("expires_at"),
            revokedAt: try row.decode("revoked_at")
        )
    }

    /// A consent of some hours that begins now, by the database's clock.
    package static func insert(
        _ id: SupportConsentID,
        tenant: TenantID,
        by owner: UserID,
        tokenHash: [UInt8],
        _ request: ConsentRequest
    ) -> SQL {
        """
        INSERT INTO support_consents (tenant_id, id, token_hash, note, personal_data, granted_by,
            created_at, expires_at)
        SELECT \(tenant), \(id), \(tokenHash), \(request.note), \(request.allowsPersonalData),
            \(owner), now.at, now.at + make_interval(hours => \(Int32(request.hours)))
        FROM (SELECT statement_timestamp() AS at) AS now
        """
    }

    /// One row when the consent held until now.
    package static func revoke(
        _ id: SupportConsentID,
        in tenant: TenantID,
        by owner: UserID
    ) -> SQL {
        """
        UPDATE support_consents
        SET revoked_at = clock_timestamp(), revoked_by = \(owner)
        WHERE tenant_id = \(tenant) AND id = \(id) AND revoked_at IS NULL
          AND expires_at > clock_timestamp()
        """
    }

    /// Whether an operator may bring the person with this address into the tenant now.
    package static func mayBring(_ address: EmailAddress, in scope: Scope) throws -> Bool {
        let rows = try scope.query("SELECT app.support_may_bring(\(address.normalized)) AS may")
        return try rows.first?.decode("may", as: Bool.self) ?? false
    }
}
