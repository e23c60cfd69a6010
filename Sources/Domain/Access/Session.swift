/// A signed-in session of a person.
package struct Session: Hashable, Sendable {
    package var id: SessionID
    package var user: UserID
    package var kind: Kind
    package var tenant: TenantID?
    package var expiresAt: Instant

    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case api
        case shell
        case console
    }

    package init(
        id: SessionID,
        user: UserID,
        kind: Kind,
        tenant: TenantID?,
        expiresAt: Instant
    ) {
        self.id = id
        self.user = user
        self.kind = kind
        self.tenant = tenant
        self.expiresAt = expiresAt
    }
}

/// The person behind a live session, as the doors show them.
package struct Identity: Hashable, Sendable {
    package var user: UserID
    package var session: SessionID
    package var email: String
    package var name: String
    package var platformRole: PlatformRole?
    package var tenant: TenantID?
    package var expiresAt: Instant
    /// Where the person reads times, for a door that shows them.
    package var timeZone: String?

    package init(
        user: UserID,
        session: SessionID,
        email: String,
        name: String,
        platformRole: PlatformRole?,
        tenant: TenantID?,
        expiresAt: Instant
    ) {
        self.user = user
        self.session = session
        self.email = email
        self.name = name
        self.platformRole = platformRole
        self.tenant = tenant
        self.expiresAt = expiresAt
    }
}

/// An operator's stay inside one tenant.
package struct SupportSession: Hashable, Sendable {
    package var id: SupportSessionID
    package var staff: UserID
    package var staffName: String
    package var tenant: TenantID
    package var tenantSlug: String
    package var reason: String
    package var ticket: String?
    package var mode: AccessMode
    /// The owner's consent that it rests on; nil without one, or with the standing one.
    package var consent: SupportConsentID?
    package var allowsPersonalData: Bool
    package var startedAt: Instant
    package var expiresAt: Instant
    package var endedAt: Instant?

    /// Whether it runs at that moment.
    package func isLive(at now: Instant) -> Bool { endedAt == nil && expiresAt > now }

    /// The longest life of a support session.
    package static let longestLife = Duration.seconds(3_600)

    package init(
        id: SupportSessionID,
        staff: UserID,
        staffName: String,
        tenant: TenantID,
        tenantSlug: String,
        reason: String,
        ticket: String?,
        mode: AccessMode,
        consent: SupportConsentID? = nil,
        allowsPersonalData: Bool = false,
        startedAt: Instant,
        expiresAt: Instant,
        endedAt: Instant?
    ) {
        self.id = id
        self.staff = staff
        self.staffName = staffName
        self.tenant = tenant
        self.tenantSlug = tenantSlug
        self.reason = reason
        self.ticket = ticket
        self.mode = mode
        self.consent = consent
        self.allowsPersonalData = allowsPersonalData
        self.startedAt = startedAt
        self.expiresAt = expiresAt
        self.endedAt = endedAt
    }
}
