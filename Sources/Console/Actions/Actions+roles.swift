import Domain
import Terminal

extension Actions {
    /// Invitations, roles of the tenant's own making, and one's own place.
    static let roles: [Action] = [
        Action(
            id: "invite",
            keys: ["i"],
            label: "invite",
            help: "Invite a mail address; the mail brings a link that holds for seven days.",
            screens: [.members, .invitations],
            permission: .memberInvite,
            writes: true,
            rank: 15,
            run: { $0.askInvite() }
        ),
        Action(
            id: "invited",
            keys: ["I"],
            label: "invitations",
            help: "Show who is invited, and what became of it.",
            screens: [.members],
            permission: .memberInvite,
            rank: 16,
            run: { console in
                console.shownTenant.map {
                    console.open(Destination(.invitations(filter: nil), in: $0))
                } ?? []
            }
        ),
        Action(
            id: "allroles",
            keys: ["R"],
            label: "roles",
            help: "Show the roles and what each may do.",
            screens: [.members, .invitations],
            permission: .roleRead,
            rank: 17,
            run: { console in
                console.shownTenant.map { console.open(Destination(.roles, in: $0)) } ?? []
            }
        ),
        Action(
            id: "transfer",
            keys: ["H"],
            label: "hand over",
            help: "Make the member an owner in your own place; you are an admin then.",
            screens: [.members],
            permission: .ownerManage,
            writes: true,
            rank: 18,
            obstacle: needsHeir,
            run: { $0.askTransfer() }
        ),
        Action(
            id: "depart",
            keys: ["E"],
            label: "leave",
            help: "Give up your own place in the tenant.",
            screens: [.members],
            permission: .workspaceRead,
            writes: true,
            rank: 19,
            obstacle: {
                $0.shownTenant?.membership == nil ? "You have no place of your own here." : nil
            },
            run: { $0.askDepart() }
        ),
        Action(
            id: "resend",
            keys: ["c"],
            label: "send again",
            help: "Send the invitation again; the link of the earlier mail stops working.",
            screens: [.invitations],
            permission: .memberInvite,
            writes: true,
            rank: 11,
            obstacle: needsPending,
            run: { $0.askResend() }
        ),
        Action(
            id: "revoke",
            keys: ["D"],
            label: "take back",
            help: "Take the invitation back and free its seat.",
            screens: [.invitations],
            permission: .memberInvite,
            writes: true,
            rank: 12,
            obstacle: needsPending,
            run: { $0.askRevoke() }
        ),
        Action(
            id: "newrole",
            keys: ["n"],
            label: "new",
            help: "Make a role of the tenant's own.",
            screens: [.roles],
            permission: .roleManage,
            writes: true,
            rank: 10,
            run: { $0.askNewRole() }
        ),
        Action(
            id: "editrole",
            keys: ["e"],
            label: "edit",
            help: "Change the role; it takes effect at once for all who hold it.",
            screens: [.roles],
            permission: .roleManage,
            writes: true,
            rank: 11,
            obstacle: needsOwnRole,
            run: { $0.askEditRole() }
        ),
        Action(
            id: "deleterole",
            keys: ["D"],
            label: "delete",
            help: "Delete a role that nobody holds and no invitation offers.",
            screens: [.roles],
            permission: .roleManage,
            writes: true,
            rank: 12,
            obstacle: needsOwnRole,
            run: { $0.askDeleteRole() }
        ),
    ]

    private static let needsHeir: @Sendable (Console) -> String? = { console in
        guard let heir = console.selectedMember else { return "No member is selected." }
        guard heir.user != console.standing.identity?.user else { return "That is you." }
        return heir.status == .active ? nil : "\(heir.name) is \(heir.status.rawValue)."
    }

    private static let needsPending: @Sendable (Console) -> String? = { console in
        guard let invitation = console.selectedInvitation else {
            return "No invitation is selected."
        }
        return invitation.status == .pending
            ? nil : "The invitation is \(invitation.status.rawValue)."
    }

    private static let needsOwnRole: @Sendable (Console) -> String? = { console in
        guard let role = console.selectedRole else { return "No role is selected." }
        return role.isSystem ? "The role \(role.role.name) is the platform's." : nil
    }
}
