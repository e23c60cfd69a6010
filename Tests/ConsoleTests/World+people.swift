import Domain

@testable import Console

extension World {
    static let editor = CustomRole(
        id: id(50),
        name: "Content editor",
        rank: 45,
        permissions: PermissionSet([.workspaceRead, .artifactRead, .artifactCreate])
    )

    static let roles: [TenantRole] =
        Role.allCases.enumerated().map { index, role in
            TenantRole(role: .system(role), members: index, version: nil)
        } + [
            TenantRole(
                role: .custom(
                    CustomRole(
                        id: id(51),
                        name: hostileNames[1],
                        rank: 70,
                        permissions: PermissionSet([.workspaceRead, .memberInvite])
                    )
                ),
                members: 1,
                version: 1
            ), TenantRole(role: .custom(editor), members: 3, version: 4),
        ]

    static let invitations: [Invitation] = [
        invitation(70, "new@acme.example", "Content editor", .pending, omar.id, 30),
        invitation(71, "bidi\u{202E}gpj@acme.example", "viewer", .accepted, huda.id, 900),
        invitation(72, "no@acme.example", "member", .declined, ada.id, 4_000),
        invitation(73, "late@acme.example", "guest", .expired, omar.id, 14_000),
    ]

    private static func invitation(
        _ number: Int,
        _ email: String,
        _ role: String,
        _ status: InvitationStatus,
        _ inviter: UserID,
        _ minutes: Int64
    ) -> Invitation {
        Invitation(
            id: id(number),
            email: email,
            role: role,
            status: status,
            invitedBy: inviter,
            createdAt: ago(minutes),
            sentAt: ago(minutes),
            expiresAt: ago(minutes).advanced(by: Invitation.life),
            version: 1
        )
    }

    static let grants: [MemberGrant] = artifacts.prefix(3).enumerated().map { index, artifact in
        MemberGrant(
            kind: .artifact,
            resource: artifact.id,
            name: index == 2 ? nil : artifact.name,
            permissions: index == 0 ? [.artifactRead, .artifactUpdate] : [.artifactRead],
            grantedBy: omar.id,
            createdAt: ago(Int64(index) * 700 + 20),
            version: 1
        )
    }
}
