/// A person as operators manage them, whatever tenants they belong to.
package struct Account: Hashable, Sendable {
    package var user: User
    package var status: AccountStatus
    package var emailVerifiedAt: Instant?
    package var locale: String
    /// Where the person reads times; nil for wherever the machine is.
    package var timeZone: String?
    package var createdAt: Instant
    package var version: Int64
    /// What the person is on the platform now; the highest where they are several things.
    package var platformRole: PlatformRole?

    package init(
        user: User,
        status: AccountStatus,
        emailVerifiedAt: Instant?,
        locale: String,
        createdAt: Instant,
        version: Int64,
        platformRole: PlatformRole?
    ) {
        self.user = user
        self.status = status
        self.emailVerifiedAt = emailVerifiedAt
        self.locale = locale
        self.createdAt = createdAt
        self.version = version
        self.platformRole = platformRole
    }

    package var id: UserID { user.id }
}

/// Whether a person may sign in.
package enum AccountStatus: String, CaseIterable, Hashable, Sendable {
    case active
    case disabled
    case erased
}

/// Which people are wanted; the newest first.
package struct AccountFilter: Hashable, Sendable {
    /// A part of a name or a mail address.
    package var search: String?
    package var statuses: Among<AccountStatus>
    package var createdFrom: Instant?
    package var createdTo: Instant?

    package init(search: String? = nil, status: AccountStatus? = nil) {
        self.search = search
        statuses = Among(status)
    }
}

/// A person with their places and roles.
package struct AccountDetail: Hashable, Sendable {
    package var account: Account
    package var places: [AccountPlace]
    package var roles: [PlatformGrant]
    /// Sessions that live now.
    package var liveSessions: Int

    package init(
        account: Account,
        places: [AccountPlace],
        roles: [PlatformGrant],
        liveSessions: Int
    ) {
        self.account = account
        self.places = places
        self.roles = roles
        self.liveSessions = liveSessions
    }
}

/// A membership as the person's page shows it.
package struct AccountPlace: Hashable, Sendable {
    package var tenant: TenantID
    package var slug: String
    package var name: String
    /// The key of a system role; nil for one of the tenant's own making.
    package var role: String?
    package var status: MemberStatus
    package var joinedAt: Instant

    package init(
        tenant: TenantID,
        slug: String,
        name: String,
        role: String?,
        status: MemberStatus,
        joinedAt: Instant
    ) {
        self.tenant = tenant
        self.slug = slug
        self.name = name
        self.role = role
        self.status = status
        self.joinedAt = joinedAt
    }
}

/// A person's session as operators see it.
package struct AccountSession: Hashable, Sendable {
    package var id: SessionID
    package var kind: String
    package var userAgent: String?
    package var ip: String?
    package var createdAt: Instant
    package var lastSeenAt: Instant
    package var expiresAt: Instant
    package var revokedAt: Instant?

    package init(
        id: SessionID,
        kind: String,
        userAgent: String?,
        ip: String?,
        createdAt: Instant,
        lastSeenAt: Instant,
        expiresAt: Instant,
        revokedAt: Instant?
    ) {
        self.id = id
        self.kind = kind
        self.userAgent = userAgent
        self.ip = ip
        self.createdAt = createdAt
        self.lastSeenAt = lastSeenAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
    }

    package func isLive(at now: Instant) -> Bool { revokedAt == nil && expiresAt > now }
}

extension Account {
    /// Where a page begins that follows this line.
    package var position: PagePosition {
        PagePosition([String(createdAt.microseconds), id.description])
    }
}

extension AccountSession {
    /// Where a page begins that follows this line.
    package var position: PagePosition {
        PagePosition([String(createdAt.microseconds), id.description])
    }
}
