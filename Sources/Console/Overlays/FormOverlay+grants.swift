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
                text("artifact", "Artifact", limit: 36, hint: "its id; y on an artifact copies it"),
                choice("may", "May", of: rights),
            ]),
            intent: .give(tenant, member)
        )
    }

    static func give(
        _ id: String,
        may: String,
        to member: Member
    )
        throws(DomainError) -> GrantRequest
    {
        guard let artifact = ArtifactID(id.trimmed) else {
            throw .invalid("artifact", "must be the id of an artifact")
        }
        let permissions = try MemberGrant.permissions([may], of: .artifact)
        return .give(artifact, permissions, to: member.user)
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
                    "Undone by: U right after, or giving it again.",
                ],
                verb: "Take back",
                isDangerous: true
            ),
            intent: .take(tenant, member, grant)
        )
    }
}
