import Domain
import Terminal

extension FormOverlay {
    static func invite(_ tenant: TenantRef, roles: [FormField.Choice]) -> FormOverlay {
        FormOverlay(
            title: SafeText("Invite to \(tenant.name)", limit: 60),
            plan: [
                SafeText(
                    "Reserves 1 seat for seven days and sends 1 mail with a link. "
                        + "Undone by: take back."
                )
            ],
            form: Form([
                text("email", "Mail", placeholder: "ada@example.org", limit: 254),
                role(of: roles, at: Domain.Role.member.rawValue),
                choice("language", "Language", Mail.Language.allCases.map(\.rawValue)),
            ]),
            intent: .member(.invite(tenant))
        )
    }

    static func newRole(_ tenant: TenantRef) -> FormOverlay {
        FormOverlay(
            title: SafeText("New role in \(tenant.name)", limit: 60),
            plan: [SafeText("Makes 1 role, which nobody has yet. Undone by: delete.")],
            form: Form(
                fields(
                    name: "",
                    rank: RoleDraft.usualRank,
                    permissions: [Permission.artifactRead.description]
                )
            ),
            intent: .role(.make(tenant))
        )
    }

    static func editRole(_ role: TenantRole, in tenant: TenantRef) -> FormOverlay {
        FormOverlay(
            title: SafeText("Role \(role.role.name)", limit: 60),
            plan: [
                SafeText(
                    "Changes 1 role of \(Format.plural(role.members, "member")), at once. "
                        + "Undone by: undo right after."
                )
            ],
            form: Form(
                fields(
                    name: role.role.name,
                    rank: role.role.rank,
                    permissions: role.role.permissions.names
                )
            ),
            intent: .role(.edit(tenant, role))
        )
    }

    private static func fields(name: String, rank: Int, permissions: [String]) -> [FormField] {
        [
            text("name", "Name", value: name, placeholder: "Editor", limit: 50),
            text("rank", "Rank", value: String(rank), limit: 2, hint: "1 to 79, below your own"),
            FormField(
                id: "permissions",
                label: "May",
                content: .pick(
                    PickField(
                        assignable,
                        chosen: permissions,
                        options: .init(isMultiple: true, placeholder: "nothing yet")
                    )
                ),
                hint: "↓ opens the list, space picks, names may be pasted",
                help: "What its members may do, never beyond your own rights. :own reaches only "
                    + "what they made themselves or were given."
            ),
        ]
    }

    /// What a role of a tenant's making may hold; where a role limits it to one's own, that too.
    private static var assignable: [FormField.Choice] {
        Permission.allCases.filter { !MemberRules.reserved.contains($0) }.flatMap { permission in
            let isLimited = Domain.Role.allCases.contains { $0.grants(permission) == .own }
            return [FormField.Choice(permission.description)]
                + (isLimited ? [FormField.Choice("\(permission):own")] : [])
        }
    }
}

extension DialogOverlay {
    static func revoke(_ invitation: Invitation, in tenant: TenantRef) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: SafeText("Take back the invitation of \(invitation.email)", limit: 60),
                lines: [
                    SafeText("Ends 1 invitation to \(tenant.name) and frees its seat."),
                    "The link of its mail stops working. Undone by: inviting again.",
                ],
                verb: "Take back",
                isDangerous: true
            ),
            intent: .invitation(.revoke(tenant, invitation))
        )
    }

    static func resend(_ invitation: Invitation, in tenant: TenantRef) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: SafeText("Invite \(invitation.email) again", limit: 60),
                lines: [
                    "Sends 1 mail with another link that holds for seven days.",
                    "The link of the earlier mail stops working. Cannot be undone.",
                ],
                verb: "Send"
            ),
            intent: .invitation(.resend(tenant, invitation))
        )
    }

    static func delete(_ role: CustomRole, in tenant: TenantRef) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: SafeText("Delete the role \(role.name)", limit: 60),
                lines: [
                    SafeText("Deletes 1 role of \(tenant.name), which nobody may have."),
                    "Undone by: undo right after, which makes it again.",
                ],
                verb: "Delete",
                isDangerous: true
            ),
            intent: .role(.delete(tenant, role))
        )
    }
}
