/// Who may give which role to whom: the rank and subset rules, in the one place that all doors use.
package enum MemberRules {
    /// Refuses a change of `target` (nil for a new member) to `newRole` (nil for a removal or a
    /// suspension) by somebody of `actorRank`; `isOwner` says whether the actor is an owner.
    ///
    /// - Throws: `rank_violation` when the target stands as high as the actor,
    ///   `grant_exceeds_own` when the new role does. An owner may touch and grant owners.
    package static func check(
        actorRank: Int,
        isOwner: Bool,
        target: Role?,
        newRole: Role?
    )
        throws(DomainError)
    {
        if let target, target.rank >= actorRank, !isOwner {
            throw .forbidden(
                .rankViolation,
                "A member with the role \(target.rawValue) stands too high."
            )
        }
        if let newRole, newRole.rank >= actorRank, !isOwner {
            throw .forbidden(
                .grantExceedsOwn,
                "The role \(newRole.rawValue) is not below your own."
            )
        }
    }
}
