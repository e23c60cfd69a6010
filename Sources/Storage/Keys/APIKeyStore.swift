package import Domain
import FoundationEssentials
package import Postgres

/// The API keys of the context's tenant.
///
/// No statement reads a secret's hash back: it is compared by the guard, and moved within the row.
package enum APIKeyStore {
    private static let columns: SQL = """
        k.id, k.tenant_id, k.name, k.scopes, k.rate_per_minute, k.created_by, k.status,
        k.expires_at, k.last_used_at, k.previous_until, k.version, k.created_at,
        CASE WHEN k.created_by IN (SELECT b FROM app.barred_makers() AS b) THEN 'barred'
            ELSE coalesce((SELECT m.status FROM memberships AS m
                WHERE m.tenant_id = k.tenant_id AND m.user_id = k.created_by), 'removed')
        END AS maker
        """

    /// One page, the newest first, and one row more; `only` limits it to one maker.
    package static func page(
        _ tenant: TenantID,
        only: UserID?,
        _ request: PageRequest
    ) throws -> SQL {
        var statement: SQL =
            "SELECT \(columns) FROM api_keys AS k WHERE k.tenant_id = \(tenant)"
        if let only { statement += " AND k.created_by = \(only)" }
        if let after = request.after {
            guard after.keys.count == 2 else { throw PagePosition.invalid }
            let id = try after.id(at: 1, of: APIKey.self)
            statement += " AND (k.created_at, k.id) < (\(try after.instant(at: 0)), \(id))"
        }
        statement += " ORDER BY k.created_at DESC, k.id DESC LIMIT \(request.limit + 1)"
        return statement
    }

    /// One key, its row locked until the end of the transaction.
    package static func lock(_ id: APIKeyID, in tenant: TenantID) -> SQL {
        """
        SELECT \(columns) FROM api_keys AS k
        WHERE k.tenant_id = \(tenant) AND k.id = \(id)
        FOR NO KEY UPDATE
        """
    }

    /// What the acting member may put into a key.
    package static let grantable: SQL = "SELECT g.permission_id FROM app.grantable_scopes() AS g"

    package static func permission(_ row: Row) throws -> Permission? {
        Permission(rawValue: try row.decode("permission_id", as: Int.self))
    }

    package static func insert(
        _ new: NewAPIKey,
        id: APIKeyID,
        secretHash: [UInt8],
        by user: UserID,
        in tenant: TenantID
    ) -> SQL {
        """
        INSERT INTO api_keys AS k (tenant_id, id, name, secret_hash, scopes, rate_per_minute,
            created_by, expires_at)
        VALUES (\(tenant), \(id), \(new.name), \(secretHash),
            \(new.scopes.map { Int32($0.rawValue) }), \(new.ratePerMinute.map { Int32($0) }),
            \(user), \(new.expiresAt))
        RETURNING \(columns)
        """
    }

    package static func update(_ id: APIKeyID, _ edit: APIKeyEdit, in tenant: TenantID) -> SQL {
        """
        UPDATE api_keys AS k
        SET name = coalesce(\(edit.name), k.name),
            rate_per_minute = CASE WHEN \(edit.ratePerMinute.isRemoved) THEN NULL
                ELSE coalesce(\(edit.ratePerMinute.value.map { Int32($0) }),
                    k.rate_per_minute) END,
            expires_at = CASE WHEN \(edit.expiresAt.isRemoved) THEN NULL
                ELSE coalesce(\(edit.expiresAt.value), k.expires_at) END, \(touched)
        WHERE k.tenant_id = \(tenant) AND k.id = \(id)
        RETURNING \(columns)
        """
    }

    /// A new secret; the old one is good for `seconds` more.
    package static func rotate(
        _ id: APIKeyID,
        secretHash: [UInt8],
        overlap seconds: Int64,
        in tenant: TenantID
    ) -> SQL {
        """
        UPDATE api_keys AS k
        SET previous_hash = CASE WHEN \(seconds) > 0 THEN k.secret_hash END,
            previous_until = CASE WHEN \(seconds) > 0
                THEN statement_timestamp() + \(seconds) * interval '1 second' END,
            secret_hash = \(secretHash), \(touched)
        WHERE k.tenant_id = \(tenant) AND k.id = \(id)
        RETURNING \(columns)
        """
    }

    package static func revoke(_ id: APIKeyID, in tenant: TenantID) -> SQL {
        """
        UPDATE api_keys AS k
        SET status = 'revoked', previous_hash = NULL, previous_until = NULL, \(touched)
        WHERE k.tenant_id = \(tenant) AND k.id = \(id)
        RETURNING \(columns)
        """
    }

    private static let touched: SQL = "updated_at = clock_timestamp(), version = k.version + 1"

    package static func key(_ row: Row) throws -> APIKey {
        let id = try row.decode("id", as: APIKeyID.self)
        return APIKey(
            id: id,
            name: try row.decode("name"),
            prefix: APIKeyPrefix.text(of: id, in: try row.decode("tenant_id")),
            scopes: try row.decode("scopes", as: [Int32].self)
                .compactMap { Permission(rawValue: Int($0)) },
            ratePerMinute: try row.decode("rate_per_minute", as: Int?.self),
            createdBy: try row.decode("created_by"),
            status: try row.decode("status", raw: APIKey.Status.self),
            maker: try row.decode("maker", raw: APIKey.Maker.self),
            expiresAt: try row.decode("expires_at"),
            lastUsedAt: try row.decode("last_used_at"),
            previousUntil: try row.decode("previous_until"),
            version: try row.decode("version"),
            createdAt: try row.decode("created_at")
        )
    }
}

extension APIKeyStore {
    /// Those of `ids` that are or were keys there; `only` limits it to one maker.
    package static func named(_ ids: Set<APIKeyID>, in tenant: TenantID, only: UserID?) -> SQL {
        var statement: SQL = """
            SELECT \(columns) FROM api_keys AS k
            WHERE k.tenant_id = \(tenant) AND k.id = ANY (\(ids.map(\.uuid)))
            """
        if let only { statement += " AND k.created_by = \(only)" }
        return statement
    }
}

extension APIKeyStore {
    /// What follows the guard where the guard is all that is asked.
    package static let nothing: SQL = "SELECT 1 AS one"

    /// Who made a key, for whoever has its secret; in a system context.
    package static func find(_ proof: APIKeyProof) -> SQL {
        """
        SELECT f.created_by, f.slug, f.rate_per_minute
        FROM app.find_key(\(proof.id), \(proof.secretHash)) AS f
        """
    }

    package static func maker(_ row: Row) throws -> APIKeyMaker {
        APIKeyMaker(
            user: try row.decode("created_by"),
            slug: try row.decode("slug"),
            ratePerMinute: try row.decode("rate_per_minute", as: Int?.self)
        )
    }

    /// Notes when keys were used; in a system context.
    package static func touch(_ uses: [APIKeyUse]) -> SQL {
        """
        SELECT app.touch_keys(\(uses.map(\.tenant.uuid)), \(uses.map(\.key.uuid)),
            \(uses.map { Timestamp(microseconds: $0.at.microseconds) })) AS touched
        """
    }
}

/// What a process keeps in mind of a key that was let in.
package struct APIKeyMaker: Hashable, Sendable {
    package let user: UserID
    /// Of the key's tenant.
    package let slug: String
    package let ratePerMinute: Int?
}

/// A key was used at some time.
package struct APIKeyUse: Hashable, Sendable {
    package let tenant: TenantID
    package let key: APIKeyID
    package let at: Instant

    package init(tenant: TenantID, key: APIKeyID, at: Instant) {
        self.tenant = tenant
        self.key = key
        self.at = at
    }
}
