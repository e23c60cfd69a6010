package import Domain
import FoundationEssentials
package import Postgres

/// Who somebody is for an issuer elsewhere.
package struct ExternalIdentity: Hashable, Sendable {
    package var provider: String
    package var issuer: String
    package var subject: String
    /// What the issuer said last, as JSON: mail address and name.
    package var claims: String

    package init(provider: String, issuer: String, subject: String, claims: String) {
        self.provider = provider
        self.issuer = issuer
        self.subject = subject
        self.claims = claims
    }
}

/// Identities of other issuers, by provider and subject; for the system context of sign-in.
package enum IdentityStore {
    /// The person who has the identity: `user_id`.
    package static func owner(_ identity: ExternalIdentity) -> SQL {
        """
        SELECT i.user_id
        FROM identities AS i
        WHERE i.provider = \(identity.provider) AND i.subject = \(identity.subject)
          AND i.issuer = \(identity.issuer)
        """
    }

    package static func user(_ row: Row) throws -> UserID {
        try row.decode("user_id")
    }

    /// One row changed when neither the identity nor the person's place for it was taken.
    package static func insert(_ identity: ExternalIdentity, for user: UserID) -> SQL {
        """
        INSERT INTO identities (provider, subject, issuer, user_id, claims)
        VALUES (\(identity.provider), \(identity.subject), \(identity.issuer), \(user),
            \(identity.claims)::jsonb)
        ON CONFLICT DO NOTHING
        """
    }

    package static func touch(_ identity: ExternalIdentity) -> SQL {
        """
        UPDATE identities
        SET claims = \(identity.claims)::jsonb, last_used_at = clock_timestamp()
        WHERE provider = \(identity.provider) AND subject = \(identity.subject)
        """
    }

    package static func list(of user: UserID) -> SQL {
        """
        SELECT i.provider, i.claims ->> 'email' AS email, i.linked_at, i.last_used_at
        FROM identities AS i
        WHERE i.user_id = \(user)
        ORDER BY i.provider
        """
    }

    package static func linked(_ row: Row) throws -> LinkedIdentity {
        LinkedIdentity(
            provider: try row.decode("provider"),
            email: try row.decode("email"),
            linkedAt: try row.decode("linked_at"),
            lastUsedAt: try row.decode("last_used_at")
        )
    }

    /// The providers of a person, with a lock on each: `provider`.
    package static func lock(of user: UserID) -> SQL {
        """
        SELECT i.provider FROM identities AS i WHERE i.user_id = \(user)
        ORDER BY i.provider FOR UPDATE
        """
    }

    package static func provider(_ row: Row) throws -> String {
        try row.decode("provider")
    }

    package static func delete(_ provider: String, of user: UserID) -> SQL {
        "DELETE FROM identities WHERE user_id = \(user) AND provider = \(provider)"
    }

    /// Whether the person has a password: `has_password`.
    package static func hasPassword(_ user: UserID) -> SQL {
        """
        SELECT c.password_hash IS NOT NULL AS has_password
        FROM users AS u, app.find_credentials(u.email_norm) AS c
        WHERE u.id = \(user)
        """
    }

    package static func hasPassword(_ row: Row) throws -> Bool {
        try row.decode("has_password")
    }

    /// What decides whether an address may be linked to the account that has it.
    package static func account(_ address: EmailAddress) -> SQL {
        """
        SELECT c.user_id, c.password_hash IS NOT NULL AS has_password,
            u.email_verified_at IS NOT NULL AS is_verified,
            \(SessionStore.platformRole("c.user_id")) AS platform_role
        FROM app.find_credentials(\(address.normalized)) AS c
        JOIN users AS u ON u.id = c.user_id
        """
    }

    package static func account(_ row: Row) throws -> MailAccount {
        MailAccount(
            user: try row.decode("user_id"),
            hasPassword: try row.decode("has_password"),
            isVerified: try row.decode("is_verified"),
            isOperator: try row.decode("platform_role", as: String?.self) != nil
        )
    }

    /// Notes that the address is the person's own.
    package static func verify(_ user: UserID) -> SQL {
        """
        UPDATE users
        SET email_verified_at = clock_timestamp(), updated_at = clock_timestamp()
        WHERE id = \(user) AND email_verified_at IS NULL
        """
    }
}

/// The account behind a mail address.
package struct MailAccount: Hashable, Sendable {
    package let user: UserID
    package let hasPassword: Bool
    package let isVerified: Bool
    package let isOperator: Bool
}
