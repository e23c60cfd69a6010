/// Who may do what: the table of the product's permission design, a line a permission.
///
/// Columns: super_admin, support, owner, admin, brand_creator, member, viewer, guest, API key.
/// `y` yes, `o` only what one made or was given, `r` in any support session, `w` in a writing
/// support session, `s` by the key's scopes, `-` no. The migration seeds the same table; a test
/// compares the two.
package enum PermissionMatrix {
    package static let columns = [
        "super_admin", "support", "owner", "admin", "brand_creator", "member", "viewer", "guest",
        "api_key",
    ]

    package static let names = rows.map(\.name)

    /// The letter for a role's column; `-` for an unknown role.
    package static func letter(_ permission: Permission, role: String) -> Character {
        guard let column = columns.firstIndex(of: role) else { return "-" }
        let grants = rows[permission.rawValue].grants
        return grants[grants.index(grants.startIndex, offsetBy: column)]
    }

    static let rows: [(name: String, grants: String)] = [
        ("platform.tenants.read", "yy-------"),
        ("platform.tenants.manage", "y--------"),
        ("platform.users.manage", "y--------"),
        ("platform.roles.manage", "y--------"),
        ("platform.support.open", "yy-------"),
        ("platform.ai.manage", "y--------"),
        ("platform.jobs.manage", "y--------"),
        ("platform.health.read", "yy-------"),
        ("platform.audit.read", "yy-------"),
        ("workspace.read", "rryyyyyys"),
        ("workspace.update", "--yy----s"),
        ("settings.manage", "--yy----s"),
        ("storefront.manage", "--yy----s"),
        ("workspace.delete", "--y------"),
        ("owner.manage", "--y------"),
        ("member.read", "rryyyyyo-"),
        ("member.invite", "w-yy-----"),
        ("member.update_role", "w-yy-----"),
        ("member.suspend", "w-yy-----"),
        ("member.remove", "w-yy-----"),
        ("role.read", "rryyyyy--"),
        ("role.manage", "--yy-----"),
        ("apikey.read", "r-yy-o---"),
        ("apikey.manage", "--yy-o---"),
        ("billing.read", "rryy-----"),
        ("billing.manage", "--y------"),
        ("quota.read", "rryyyyy-s"),
        ("audit.read", "rryy----s"),
        ("audit.verify", "rryy----s"),
        ("audit.export", "--yy----s"),
        ("audit.stream.manage", "--yy-----"),
        ("retention.manage", "--y------"),
        ("compliance.report", "--yy-----"),
        ("privacy.export", "--yyoooo-"),
        ("privacy.erase", "--yooooo-"),
        ("activity.read", "rryyyyyos"),
        ("artifact.read", "rryyyyyos"),
        ("artifact.create", "w-yyyy-os"),
        ("artifact.update", "w-yyyy-os"),
        ("artifact.delete", "w-yyoo--s"),
        ("artifact.restore", "w-yyoo--s"),
        ("artifact.purge", "w-y-----s"),
        ("project.read", "rryyyyyos"),
        ("project.manage", "--yyoo--s"),
        ("task.read", "rryyyyyos"),
        ("task.write", "--yyyy-os"),
        ("task.delete", "--yyyo--s"),
        ("automation.read", "rryyyyy-s"),
        ("automation.manage", "--yy----s"),
        ("catalog.read", "rryyyyy-s"),
        ("catalog.manage", "--yyy---s"),
        ("media.read", "r-yyyyyos"),
        ("media.upload", "--yyyy-os"),
        ("media.delete", "--yyyo-os"),
        ("order.read", "rryy-y--s"),
        ("order.manage", "--yy----s"),
        ("order.refund", "--y-----s"),
        ("donation.read", "rryy-y--s"),
        ("donation.manage", "--yy----s"),
        ("donation.refund", "--y-----s"),
        ("pledge.read", "rryy-y--s"),
        ("pledge.manage", "--yy----s"),
        ("pledge.refund", "--y-----s"),
        ("visit.read", "rryyy-y-s"),
        ("ai.use", "--yyyy--s"),
        ("ai.conversation.read", "--yyoo--s"),
        ("ai.usage.read", "rryyyoy-s"),
        ("ai.budget.manage", "--yy-----"),
        ("ai.route.manage", "--yy-----"),
        ("ai.prompt.read", "r-yyyy--s"),
        ("ai.prompt.manage", "--yyy---s"),
        ("content.read", "r-yyyyy-s"),
        ("content.write", "--yyyo--s"),
        ("content.publish", "--yyy---s"),
        ("content.schedule", "--yyy---s"),
        ("brand.manage", "--yyy----"),
        ("exercise.write", "--oooo---"),
        ("exercise.read_all", "--yyy----"),
        ("integration.manage", "--yy-----"),
        ("webhook.manage", "--yy-----"),
        ("job.read", "rryy----s"),
        ("job.manage", "--yy----s"),
        ("notification.self", "--yyyyyy-"),
    ]
}
