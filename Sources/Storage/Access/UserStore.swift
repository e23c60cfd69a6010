package import Domain
import FoundationEssentials
package import Postgres

/// People: the rows that belong to no tenant.
package enum UserStore {
    /// The person behind a mail address, made without a password when unknown: `user_id`.
    static func ensure(_ id: UserID, email: EmailAddress, name: String) -> SQL {
        """
        SELECT app.ensure_user(\(id), \(email.normalized), \(email.description), \(name))
            AS user_id
        """
    }

    /// The same, done; the person's id.
    package static func ensure(
        _ email: EmailAddress,
        name: String,
        in scope: Scope
    ) throws -> UserID {
        let rows = try scope.query(ensure(scope.newID(), email: email, name: name))
        guard let row = rows.first else {
            throw DomainError(.internal, .internalError, "The person was not made.")
        }
        return try row.decode("user_id")
    }

    /// Gives a person a password hash; without `version` whatever there is gives way.
    package static func setPassword(
        _ hash: String,
        of user: UserID,
        ifVersion version: Int64? = nil
    ) -> SQL {
        """
        UPDATE users
        SET password_hash = \(hash), version = version + 1, updated_at = clock_timestamp()
        WHERE id = \(user) AND (\(version)::bigint IS NULL OR version = \(version))
        """
    }

    package static func find(_ email: EmailAddress, in scope: Scope) throws -> UserID? {
        let rows = try scope.query("SELECT app.find_user(\(email.normalized)) AS user_id")
        return try rows.first?.decode("user_id", as: UserID?.self)
    }

    /// The person and what the platform lets them be; only one's own row is seen.
    package static func me(_ user: UserID) -> SQL {
        """
        SELECT u.id, u.email, u.display_name,
            \(SessionStore.platformRole("u.id")) AS platform_role
        FROM users AS u
        WHERE u.id = \(user)
        """
    }

    package static func user(_ row: Row) throws -> User {
        User(
            id: try row.decode("id"),
            email: try row.decode("email"),
            name: try row.decode("display_name")
        )
    }

    package static func platformRole(_ row: Row) throws -> PlatformRole? {
        try row.decode("platform_role", as: String?.self).flatMap(PlatformRole.init)
    }
}
