/// A role on the platform, given to a person, perhaps for a while.
package struct PlatformGrant: Hashable, Sendable {
    package var user: User
    package var role: PlatformRole
    /// Nil for the first super-admin, whom nobody granted anything.
    package var grantedBy: UserID?
    package var grantedByName: String?
    package var grantedAt: Instant
    package var expiresAt: Instant?

    package init(
        user: User,
        role: PlatformRole,
        grantedBy: UserID?,
        grantedByName: String?,
        grantedAt: Instant,
        expiresAt: Instant?
    ) {
        self.user = user
        self.role = role
        self.grantedBy = grantedBy
        self.grantedByName = grantedByName
        self.grantedAt = grantedAt
        self.expiresAt = expiresAt
    }

    package func isLive(at now: Instant) -> Bool { expiresAt.map { $0 > now } ?? true }

    /// Where a page begins that follows this line.
    package var position: PagePosition {
        PagePosition([
            String(grantedAt.microseconds), user.id.description, role.rawValue,
        ])
    }
}

/// A wish to give somebody a role on the platform; checked.
package struct NewPlatformGrant: Hashable, Sendable {
    package let role: PlatformRole
    package let expiresAt: Instant?
    package let reason: String

    /// The longest time a grant with an end may last.
    package static let longest = Duration.seconds(366 * 86_400)

    /// - Throws: A validation error for an end that is past or too far, or for no reason.
    package init(
        role: PlatformRole,
        expiresAt: Instant?,
        reason: String,
        now: Instant
    )
        throws(DomainError)
    {
        self.role = role
        if let expiresAt {
            guard expiresAt > now else { throw .invalid("expires_at", "must lie ahead") }
            guard expiresAt <= now.advanced(by: Self.longest) else {
                throw .invalid("expires_at", "must be at most 366 days ahead, or be left out")
            }
        }
        self.expiresAt = expiresAt
        self.reason = try Validation.text(reason, field: "reason", length: 3...500)
    }
}
