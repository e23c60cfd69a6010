/// Which members of a tenant are wanted; the last to join come first.
package struct MemberFilter: Hashable, Sendable {
    /// A part of the name or of the mail address.
    package var search: String?
    package var roles: Among<RoleName>
    /// All but the removed, when none is asked for.
    package var statuses: Among<MemberStatus>
    package var joinedFrom: Instant?
    package var joinedTo: Instant?

    package init(search: String? = nil, role: RoleName? = nil, status: MemberStatus? = nil) {
        self.search = search
        roles = Among(role)
        statuses = Among(status)
    }
}

extension Member {
    /// Where a page begins that follows this line.
    package var position: PagePosition {
        PagePosition([String(joinedAt.microseconds), user.description])
    }
}
