/// Which members of a tenant are wanted; the last to join come first.
package struct MemberFilter: Hashable, Sendable {
    /// A part of the name or of the mail address.
    package var search: String?
    package var role: RoleName?
    /// Nil for all but the removed.
    package var status: MemberStatus?

    package init(search: String? = nil, role: RoleName? = nil, status: MemberStatus? = nil) {
        self.search = search
        self.role = role
        self.status = status
    }
}

extension Member {
    /// Where a page begins that follows this line.
    package var position: PagePosition {
        PagePosition([String(joinedAt.microseconds), user.description])
    }
}
