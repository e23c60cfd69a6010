/// A person known to the platform.
package struct User: Hashable, Sendable {
    package var id: UserID
    package var email: String
    package var name: String

    package init(id: UserID, email: String, name: String) {
        self.id = id
        self.email = email
        self.name = name
    }
}

/// A person's place in a tenant.
package struct Member: Hashable, Sendable {
    package var user: UserID
    package var email: String
    package var name: String
    package var role: MemberRole
    package var status: MemberStatus
    package var joinedAt: Instant
    /// In this tenant, a minute's accuracy; what happens elsewhere does not count.
    package var lastSeenAt: Instant?
    package var version: Int64

    package init(
        user: UserID,
        email: String,
        name: String,
        role: MemberRole,
        status: MemberStatus,
        joinedAt: Instant,
        lastSeenAt: Instant? = nil,
        version: Int64
    ) {
        self.user = user
        self.email = email
        self.name = name
        self.role = role
        self.status = status
        self.joinedAt = joinedAt
        self.lastSeenAt = lastSeenAt
        self.version = version
    }
}

package enum MemberStatus: String, CaseIterable, Hashable, Sendable {
    case active
    case suspended
    case removed
}
