package import Domain
import FoundationEssentials
package import Postgres

/// What forbids to erase people of a tenant.
package enum LegalHoldStore {
    private static let columns: SQL =
        "h.id, h.subject_id, h.reason, h.created_by, h.created_at, h.released_at"

    package static func hold(_ row: Row) throws -> LegalHold {
        LegalHold(
            id: try row.decode("id"),
            subject: try row.decode("subject_id"),
            reason: try row.decode("reason"),
            createdBy: try row.decode("created_by"),
            createdAt: try row.decode("created_at"),
            releasedAt: try row.decode("released_at")
        )
    }

    package static func insert(
        _ id: LegalHoldID,
        subject: UserID?,
        reason: String,
        by actor: UserID,
        in tenant: TenantID
    ) -> SQL {
        """
        INSERT INTO legal_holds (tenant_id, id, subject_id, reason, created_by)
        VALUES (\(tenant), \(id), \(subject), \(reason), \(actor))
        """
    }

    package static func find(_ id: LegalHoldID, in tenant: TenantID) -> SQL {
        """
        SELECT \(columns)
        FROM legal_holds AS h
        WHERE h.tenant_id = \(tenant) AND h.id = \(id)
        """
    }

    /// One page, newest first, the released ones as well.
    package static func page(in tenant: TenantID, _ request: PageRequest) throws -> SQL {
        var statement: SQL = """
            SELECT \(columns)
            FROM legal_holds AS h
            WHERE h.tenant_id = \(tenant)
            """
        if let position = request.after {
            guard position.keys.count == 2 else { throw PagePosition.invalid }
            let id = try position.id(at: 1, of: LegalHold.self)
            statement += " AND (h.created_at, h.id) < (\(try position.instant(at: 0)), \(id))"
        }
        statement += " ORDER BY h.created_at DESC, h.id DESC LIMIT \(Int64(request.limit + 1))"
        return statement
    }

    /// One row when the hold was on.
    package static func release(_ id: LegalHoldID, by actor: UserID, in tenant: TenantID) -> SQL {
        """
        UPDATE legal_holds
        SET released_at = clock_timestamp(), released_by = \(actor)
        WHERE tenant_id = \(tenant) AND id = \(id) AND released_at IS NULL
        """
    }

    /// Lets go of the names that no hold keeps any more.
    package static func forgetNames(in tenant: TenantID) -> SQL {
        """
        DELETE FROM held_names AS n
        WHERE n.tenant_id = \(tenant) AND NOT EXISTS (SELECT FROM legal_holds AS h
            WHERE h.tenant_id = n.tenant_id AND h.released_at IS NULL
              AND (h.subject_id IS NULL OR h.subject_id = n.user_id))
        """
    }

    /// A row for each hold that is on, whoever it is about.
    package static func on(in tenant: TenantID) -> SQL {
        """
        SELECT \(columns)
        FROM legal_holds AS h
        WHERE h.tenant_id = \(tenant) AND h.released_at IS NULL
        """
    }

    /// A row for each hold that is on for a person.
    package static func on(_ subject: UserID, in tenant: TenantID) -> SQL {
        """
        SELECT \(columns)
        FROM legal_holds AS h
        WHERE h.tenant_id = \(tenant) AND h.released_at IS NULL
          AND (h.subject_id IS NULL OR h.subject_id = \(subject))
        """
    }
}
