import Domain

extension Console {
    /// What follows the making of a role.
    mutating func made(_ role: TenantRole, in tenant: TenantRef) -> [Effect] {
        offerUndo(
            "Delete the role \(role.role.name)",
            .tenant(.roles(.delete(RoleName(role.role))), tenant),
            in: tenant,
            after: "Made the role \(role.role.name)."
        )
        return reload(isExplicit: true)
    }

    /// What follows a change of a role; undoing it needs the version that the change made.
    mutating func changed(
        _ role: TenantRole,
        from old: TenantRole,
        in tenant: TenantRef
    ) -> [Effect] {
        guard role != old else {
            toast("Nothing was different in the role \(old.role.name).", .hint)
            return []
        }
        let back = RoleEdit(
            name: old.role.name,
            rank: old.role.rank,
            permissions: old.role.permissions
        )
        offerUndo(
            "Change the role \(old.role.name) back",
            .tenant(.roles(.edit(RoleName(role.role), back, version: role.version)), tenant),
            in: tenant,
            after: "Changed the role \(role.role.name)."
        )
        return settleAfterWrite(.role(role))
    }

    mutating func deleted(_ role: CustomRole, in tenant: TenantRef) -> [Effect] {
        let draft = try? RoleDraft(
            name: role.name,
            rank: role.rank,
            permissions: role.permissions
        )
        if let draft {
            offerUndo(
                "Make the role \(role.name) again",
                .tenant(.roles(.create(draft)), tenant),
                in: tenant,
                after: "Deleted the role \(role.name)."
            )
        }
        return reload(isExplicit: true)
    }
}
