package import Domain
import FoundationEssentials
package import Postgres

/// What sign-in needs to know of a mail address.
package struct Credentials: Sendable {
    package let user: UserID
    package let email: String
    package let name: String
    package let passwordHash: String?
    package let isActive: Bool
    package let defaultTenant: TenantID?
    package let platformRole: PlatformRole?
    /// Guards a new hash against overwriting a password that was changed meanwhile.
    package let version: Int64
    /// False for somebody who registered and has not followed the link yet.
    package let isVerified: Bool
    package let language: Mail.Language
}

/// The person for whom a session begins, whatever proved who they are.
package struct SessionOwner: Sendable {
    package let user: UserID
    package let email: String
    package let name: String
    package let platformRole: PlatformRole?
    package let defaultTenant: TenantID?

    package init(_ credentials: Credentials) {
        user = credentials.user
        email = credentials.email
        name = credentials.name
        platformRole = credentials.platformRole
        defaultTenant = credentials.defaultTenant
    }

    fileprivate init(_ row: Row) throws {
        user = try row.decode("id")
        email = try row.decode("email")
        name = try row.decode("display_name")
        platformRole = try row.decode("platform_role", as: String?.self)
            .flatMap(PlatformRole.init)
        defaultTenant = try row.decode("default_tenant_id")
    }
}

/// What decides which proof a signed-in person can show.
package struct ProofStanding: Sendable {
    package let email: String
    package let passwordHash: String?
    package let hasFactor: Bool
    /// When the session began: refreshing it does not make it younger.
    package let signedInAt: Instant
}

/// How long a session may live at most, and without being used.
package struct SessionLimits: Hashable, Sendable {
    package let endsAt: Instant
    package let idleSeconds: Int64

    package init(endsAt: Instant, idleSeconds: Int64) {
        self.endsAt = endsAt
        self.idleSeconds = idleSeconds
    }
}

/// A session that is about to begin.
package struct NewSession: Sendable {
    package let session: Session
    package let tokenHash: [UInt8]?
    package let userAgent: String?
    package let ip: String?
    /// When it is over however much it is used.
    package let endsAt: Instant
    /// How long it lives without being used.
    package let idleSeconds: Int64

    package init(
        session: Session,
        limits: SessionLimits,
        tokenHash: [UInt8]?,
        userAgent: String?,
        ip: String?
    ) {
        self.session = session
        endsAt = limits.endsAt
        idleSeconds = limits.idleSeconds
        self.tokenHash = tokenHash
        self.userAgent = userAgent
        self.ip = ip
    }
}

/// Sessions and the credentials that open them; for the system context of sign-in.
package enum SessionStore {
    package static func findCredentials(_ address: EmailAddress) -> SQL {
        """
        SELECT c.user_id, u.email, u.display_name, c.password_hash, c.status,
            c.default_tenant_id, u.version, u.email_verified_at, u.locale,
            \(platformRole("c.user_id")) AS platform_role
        FROM app.find_credentials(\(address.normalized)) AS c
        JOIN users AS u ON u.id = c.user_id
        """
    }

    /// The same for a person who is signed in.
    package static func findCredentials(of user: UserID) -> SQL {
        """
        SELECT c.user_id, u.email, u.display_name, c.password_hash, c.status,
            c.default_tenant_id, u.version, u.email_verified_at, u.locale,
            \(platformRole("c.user_id")) AS platform_role
        FROM users AS u, app.find_credentials(u.email_norm) AS c
        WHERE u.id = \(user) AND c.user_id = u.id
        """
    }

    package static func credentials(_ row: Row) throws -> Credentials {
        Credentials(
            user: try row.decode("user_id"),
            email: try row.decode("email"),
            name: try row.decode("display_name"),
            passwordHash: try row.decode("password_hash"),
            isActive: try row.decode("status", as: String.self) == "active",
            defaultTenant: try row.decode("default_tenant_id"),
            platformRole: try row.decode("platform_role", as: String?.self)
                .flatMap(PlatformRole.init),
            version: try row.decode("version"),
            isVerified: try row.decode("email_verified_at", as: Instant?.self) != nil,
            language: Mail.Language(rawValue: try row.decode("locale")) ?? .english
        )
    }

    /// What a person can prove themselves with, and since when they are signed in.
    package static func proofStanding(of user: UserID, session: SessionID) -> SQL {
        """
        SELECT u.email, c.password_hash, s.created_at, f.confirmed_at IS NOT NULL AS has_factor
        FROM users AS u
        JOIN sessions AS s ON s.id = \(session) AND s.user_id = u.id
        LEFT JOIN second_factors AS f ON f.user_id = u.id,
        app.find_credentials(u.email_norm) AS c
        WHERE u.id = \(user) AND c.user_id = u.id
        """
    }

    package static func proofStanding(_ row: Row) throws -> ProofStanding {
        ProofStanding(
            email: try row.decode("email"),
            passwordHash: try row.decode("password_hash"),
            hasFactor: try row.decode("has_factor"),
            signedInAt: try row.decode("created_at")
        )
    }

    /// Somebody who may have a session: no row for one who was disabled or erased.
    package static func findOwner(_ user: UserID) -> SQL {
        """
        SELECT u.id, u.email, u.display_name, u.default_tenant_id,
            \(platformRole("u.id")) AS platform_role
        FROM users AS u
        WHERE u.id = \(user) AND u.status = 'active'
        """
    }

    package static func owner(_ row: Row) throws -> SessionOwner {
        try SessionOwner(row)
    }

    /// The session behind a token's hash, when both live.
    package static func find(_ id: SessionID, tokenHash: [UInt8]) -> SQL {
        """
        SELECT s.user_id, s.tenant_id, s.email, s.display_name, s.platform_role, s.expires_at,
            u.time_zone
        FROM app.find_session(\(id), \(tokenHash)) AS s
        LEFT JOIN users AS u ON u.id = s.user_id
        """
    }

    /// The person behind a session that was found, with the zone in which they read times.
    package static func found(_ row: Row, session: SessionID) throws -> Identity {
        var identity = try identity(row, session: session)
        identity.timeZone = try row.decode("time_zone")
        return identity
    }

    package static func identity(_ row: Row, session: SessionID) throws -> Identity {
        Identity(
            user: try row.decode("user_id"),
            session: session,
            email: try row.decode("email"),
            name: try row.decode("display_name"),
            platformRole: try row.decode("platform_role", as: String?.self)
                .flatMap(PlatformRole.init),
            tenant: try row.decode("tenant_id"),
            expiresAt: try row.decode("expires_at")
        )
    }

    package static func insert(_ new: NewSession) -> SQL {
        let session = new.session
        return """
            INSERT INTO sessions (id, user_id, kind, token_hash, tenant_id, user_agent, ip,
                expires_at, ends_at, idle_seconds)
            VALUES (\(session.id), \(session.user), \(session.kind.rawValue), \(new.tokenHash),
                \(session.tenant), \(new.userAgent), \(new.ip)::inet, \(session.expiresAt),
                \(new.endsAt), \(new.idleSeconds)::integer)
            """
    }

    /// One row when the session lived until now.
    package static func revoke(_ id: SessionID, of user: UserID) -> SQL {
        """
        UPDATE sessions
        SET revoked_at = clock_timestamp()
        WHERE id = \(id) AND user_id = \(user) AND revoked_at IS NULL
        """
    }

    /// The role that a person has on the platform now, as a scalar expression.
    static func platformRole(_ user: StaticString) -> SQL {
        """
        (SELECT p.role FROM platform_roles AS p
         WHERE p.user_id = \(unsafe: "\(user)")
           AND (p.expires_at IS NULL OR p.expires_at > statement_timestamp())
         ORDER BY p.role LIMIT 1)
        """
    }
}
