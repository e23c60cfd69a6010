/// Who may give what to whom: the rank and subset rules, in the one place that all doors use.
package enum MemberRules {
    /// Permissions that no role of a tenant's making can hold: the platform's, and those that
    /// decide over the tenant itself.
    package static let reserved: Set<Permission> = Set(
        Permission.allCases.filter { $0.rawValue <= Permission.platformAuditRead.rawValue }
    ).union([.workspaceDelete, .ownerManage])

    /// Permissions that every role of a tenant's making holds: to come in, and one's own affairs.
    package static let common: Set<Permission> = [.workspaceRead, .notificationSelf]

    /// Refuses a change of somebody who stands as high as the actor; owners may touch owners.
    ///
    /// - Throws: `rank_violation`.
    package static func requireAbove(
        _ target: MemberRole,
        _ actor: Authorization
    )
        throws(DomainError)
    {
        guard target.rank >= actor.rank, !actor.isOwner else { return }
        throw .forbidden(
            .rankViolation,
            "A member with the role \(target.name) stands too high."
        )
    }

    /// Refuses to give a role that stands as high as the actor, or that may more than the actor.
    ///
    /// An owner may grant every role, owner included.
    ///
    /// - Throws: `grant_exceeds_own`.
    package static func requireGrant(
        of role: MemberRole,
        by actor: Authorization
    )
        throws(DomainError)
    {
        guard !actor.isOwner else { return }
        guard role.rank < actor.rank else {
            throw .forbidden(
                .grantExceedsOwn,
                "The role \(role.name) is not below your own."
            )
        }
        try requireSubset(role.permissions, of: actor, what: "The role \(role.name)")
    }

    /// Refuses to give permissions that the actor does not hold as far.
    ///
    /// - Throws: `grant_exceeds_own`.
    package static func requireSubset(
        _ permissions: PermissionSet,
        of actor: Authorization,
        what: String
    )
        throws(DomainError)
    {
        guard let excess = permissions.excess(over: actor.permissions), !actor.isOwner else {
            return
        }
        throw .forbidden(
            .grantExceedsOwn,
            "\(what) holds \(excess), which reaches further than your own rights."
        )
    }

    /// Both rules for a change of `target` (nil for a new member) to `role` (nil for a removal or a
    /// suspension).
    package static func check(
        _ actor: Authorization,
        target: MemberRole?,
        role: MemberRole?
    )
        throws(DomainError)
    {
        if let target { try requireAbove(target, actor) }
        if let role { try requireGrant(of: role, by: actor) }
    }
}
