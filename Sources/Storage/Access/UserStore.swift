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
    ///
    /// It says nothing of the mail address: see `verify`.
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

    /// The address of a person in the form for comparing.
    package static func address(of user: UserID, in scope: Scope) throws -> String? {
        try scope.query("SELECT u.email_norm FROM users AS u WHERE u.id = \(user)")
            .first?.decode("email_norm")
    }

    /// The address of an active person in the form for comparing, who is not erased until the end of
    /// the transaction; nil for anybody else.
    package static func hold(_ user: UserID, in scope: Scope) throws -> String? {
        try scope.query(
            """
            SELECT u.email_norm FROM users AS u
            WHERE u.id = \(user) AND u.status = 'active'
            FOR KEY SHARE
            """
        ).first?.decode("email_norm")
    }

    /// How a mail to a person begins, and its language.
    package static func greeting(
        of user: UserID,
        in scope: Scope
    ) throws -> (name: String, language: Mail.Language) {
        let rows = try scope.query(
            "SELECT u.display_name, u.locale FROM users AS u WHERE u.id = \(user)"
        )
        guard let row = rows.first else { return ("", .english) }
        return (
            try row.decode("display_name"),
            Mail.Language(rawValue: try row.decode("locale")) ?? .english
        )
    }

    /// The mail address is known to be the person's.
    package static func verify(_ user: UserID) -> SQL {
        """
        UPDATE users
        SET email_verified_at = coalesce(email_verified_at, clock_timestamp()),
            version = version + 1, updated_at = clock_timestamp()
        WHERE id = \(user)
        """
    }

    /// A person from the public door, with a password and an address that nobody has proved yet.
    ///
    /// One row unless somebody has the address.
    package static func register(
        _ id: UserID,
        email: EmailAddress,
        name: String,
        language: Mail.Language,
        passwordHash: String
    ) -> SQL {
        """
        INSERT INTO users AS u (id, email, email_norm, display_name, locale, password_hash)
        VALUES (\(id), \(email.description), \(email.normalized), \(name),
            \(language.rawValue), \(passwordHash))
        ON CONFLICT ON CONSTRAINT users_email_norm_key DO NOTHING
        RETURNING u.id AS user_id
        """
    }

    /// The id in the row of a registration.
    package static func registered(_ statement: SQL, in scope: Scope) throws -> UserID? {
        try scope.query(statement).first?.decode("user_id", as: UserID.self)
    }

    /// Replaces what an earlier registration of the same address left, unless it was proved
    /// meanwhile.
    package static func registerAnew(
        _ user: UserID,
        name: String,
        language: Mail.Language,
        passwordHash: String
    ) -> SQL {
        """
        UPDATE users
        SET display_name = \(name), locale = \(language.rawValue),
            password_hash = \(passwordHash), version = version + 1,
            updated_at = clock_timestamp()
        WHERE id = \(user) AND email_verified_at IS NULL AND status = 'active'
        RETURNING id AS user_id
        """
    }

    package static func find(_ email: EmailAddress, in scope: Scope) throws -> UserID? {
        let rows = try scope.query("SELECT app.find_user(\(email.normalized)) AS user_id")
        return try rows.first?.decode("user_id", as: UserID?.self)
    }

    /// The person and what the platform lets them be; only one's own row is seen.
    package static func me(_ user: UserID) -> SQL {
        """
        SELECT u.id, u.email, u.display_name, u.locale, u.time_zone, u.version,
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

    /// Of the row of `me`: the language of mails, the zone of times, and what a change must know.
    package static func standing(
        _ row: Row
    ) throws -> (locale: String, timeZone: String?, version: Int64) {
        (try row.decode("locale"), try row.decode("time_zone"), try row.decode("version"))
    }

    package static func platformRole(_ row: Row) throws -> PlatformRole? {
        try row.decode("platform_role", as: String?.self).flatMap(PlatformRole.init)
    }
}
