package import Domain
import FoundationEssentials
package import Postgres

/// A person's second factor, with a lock on it.
package struct SecondFactor: Sendable {
    /// Sealed for the person.
    package let secret: [UInt8]
    package let isConfirmed: Bool
    /// The last step whose code was used.
    package let lastStep: Int64
    package let failures: Int32
    package let retryAt: Instant?
}

/// What sign-in must know of a person besides the password.
package struct FactorStanding: Sendable {
    package let email: String
    package let version: Int64
    package let isActive: Bool
    package let isOperator: Bool
    package let hasFactor: Bool
    /// Whether the token that was asked about has opened its session.
    package let isTokenUsed: Bool
}

/// Second factors and recovery codes; for the system context of sign-in.
package enum SecondFactorStore {
    /// `tokenHash`: of a sign-in's token; empty where there is none.
    package static func standing(of user: UserID, tokenHash: [UInt8] = []) -> SQL {
        """
        SELECT u.email, u.version, u.status,
            \(SessionStore.platformRole("u.id")) AS platform_role,
            f.confirmed_at IS NOT NULL AS has_factor,
            EXISTS (SELECT FROM one_time_tokens AS t WHERE t.token_hash = \(tokenHash)) AS is_used
        FROM users AS u
        LEFT JOIN second_factors AS f ON f.user_id = u.id
        WHERE u.id = \(user)
        """
    }

    package static func standing(_ row: Row) throws -> FactorStanding {
        FactorStanding(
            email: try row.decode("email"),
            version: try row.decode("version"),
            isActive: try row.decode("status", as: String.self) == "active",
            isOperator: try row.decode("platform_role", as: String?.self) != nil,
            hasFactor: try row.decode("has_factor"),
            isTokenUsed: try row.decode("is_used")
        )
    }

    /// One row changed when the sign-in's token was not used before.
    package static func use(token hash: [UInt8], of user: UserID, expiresAt: Instant) -> SQL {
        """
        INSERT INTO one_time_tokens (token_hash, kind, user_id, expires_at, used_at)
        VALUES (\(hash), 'mfa', \(user), \(expiresAt), clock_timestamp())
        ON CONFLICT DO NOTHING
        """
    }

    /// One row changed unless a confirmed factor stands in the way.
    package static func enrol(_ user: UserID, secret: [UInt8]) -> SQL {
        """
        INSERT INTO second_factors AS f (user_id, secret)
        VALUES (\(user), \(secret))
        ON CONFLICT ON CONSTRAINT second_factors_pkey DO UPDATE
        SET secret = excluded.secret, last_step = 0, created_at = clock_timestamp()
        WHERE f.confirmed_at IS NULL
        """
    }

    package static func lock(_ user: UserID) -> SQL {
        """
        SELECT f.secret, f.confirmed_at IS NOT NULL AS is_confirmed, f.last_step, f.failures,
            f.retry_at
        FROM second_factors AS f
        WHERE f.user_id = \(user)
        FOR UPDATE
        """
    }

    package static func factor(_ row: Row) throws -> SecondFactor {
        SecondFactor(
            secret: try row.decode("secret"),
            isConfirmed: try row.decode("is_confirmed"),
            lastStep: try row.decode("last_step"),
            failures: try row.decode("failures"),
            retryAt: try row.decode("retry_at")
        )
    }

    /// A code of the app was right.
    package static func use(step: Int64, of user: UserID) -> SQL {
        """
        UPDATE second_factors
        SET last_step = \(step), failures = 0, retry_at = NULL,
            confirmed_at = coalesce(confirmed_at, clock_timestamp())
        WHERE user_id = \(user)
        """
    }

    /// One row changed when the code was one that is not used yet.
    package static func use(recoveryCode hash: [UInt8], of user: UserID) -> SQL {
        """
        UPDATE recovery_codes
        SET used_at = clock_timestamp()
        WHERE user_id = \(user) AND code_hash = \(hash) AND used_at IS NULL
        """
    }

    package static func forgetFailures(of user: UserID) -> SQL {
        "UPDATE second_factors SET failures = 0, retry_at = NULL WHERE user_id = \(user)"
    }

    package static func fail(_ failures: Int32, until retryAt: Instant?, of user: UserID) -> SQL {
        """
        UPDATE second_factors
        SET failures = \(failures), retry_at = \(retryAt)
        WHERE user_id = \(user)
        """
    }

    package static func replaceRecoveryCodes(_ hashes: [[UInt8]], of user: UserID) -> [SQL] {
        ["DELETE FROM recovery_codes WHERE user_id = \(user)"]
            + hashes.map { hash in
                "INSERT INTO recovery_codes (user_id, code_hash) VALUES (\(user), \(hash))"
            }
    }

    package static func delete(_ user: UserID) -> SQL {
        "DELETE FROM second_factors WHERE user_id = \(user)"
    }

    /// `confirmed_at` and how many recovery codes are `left`; a row when there is a factor.
    package static func status(of user: UserID) -> SQL {
        """
        SELECT f.confirmed_at,
            (SELECT count(*) FROM recovery_codes AS c
             WHERE c.user_id = f.user_id AND c.used_at IS NULL) AS left
        FROM second_factors AS f
        WHERE f.user_id = \(user) AND f.confirmed_at IS NOT NULL
        """
    }

    package static func status(_ row: Row) throws -> (since: Instant, left: Int64) {
        (try row.decode("confirmed_at"), try row.decode("left"))
    }
}
