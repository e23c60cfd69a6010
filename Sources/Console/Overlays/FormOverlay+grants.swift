import Domain
import Terminal

extension FormOverlay {
    static func give(to member: Member, in tenant: TenantRef) -> FormOverlay {
        let rights = [
            FormField.Choice(Permission.artifactRead.description, title: "read"),
            FormField.Choice(Permission.artifactUpdate.description, title: "read and change"),
        ]
        return FormOverlay(
            title: SafeText("Give \(member.name) an artifact", limit: 60),
            plan: [SafeText("Makes 1 grant in \(tenant.name). Undone by: take back.")],
            form: Form([
                FormField(
                    id: "artifact",
                    label: "Artifact",
                    content: .pick(
                        PickField(
                            [],
                            isWhole: false,
                            options: .init(takesWords: true, placeholder: "none yet")
                        )
                    ),
                    hint: "↓ opens the list, letters search; an id may be pasted",
                    help: "The one document that the member may use from now on. Others stay "
                        + "out of reach unless the role gives them."
                ),
                choice("may", "May", of: rights),
            ]),
            intent: .member(.give(tenant, member))
        )
    }
}

extension DialogOverlay {
    static func take(
        _ grant: MemberGrant,
        from member: Member,
        in tenant: TenantRef
    ) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: SafeText("Take \(grant.shortName) back", limit: 60),
                lines: [
                    SafeText("Ends 1 grant of \(member.name)."),
                    "Undone by: undo right after, or giving it again.",
                ],
                verb: "Take back",
                isDangerous: true
            ),
            intent: .member(.take(tenant, member, grant))
        )
    }
}
