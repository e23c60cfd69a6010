import Domain
import Terminal

extension Actions {
    /// People across tenants and their roles on the platform.
    static let people: [Action] = [
        Action(
            id: "users",
            keys: ["P"],
            label: "users",
            help: "Show the people of the platform.",
            permission: .platformUsersManage,
            run: { $0.open(.users(filter: nil)) }
        ),
        Action(
            id: "operators",
            keys: ["O"],
            label: "platform roles",
            help: "Show who is what on the platform.",
            permission: .platformRolesManage,
            run: { $0.open(.operators(filter: nil)) }
        ),
        Action(
            id: "visits",
            keys: ["A"],
            label: "support sessions",
            help: "Show who looked at which tenant, when and why.",
            permission: .platformSupportOpen,
            run: { $0.open(.visits(filter: nil)) }
        ),
        Action(
            id: "attempts",
            keys: ["I"],
            label: "sign-ins",
            help: "Show the tries to sign in as the person that did not succeed.",
            screens: [.users, .user],
            permission: .platformAuditRead,
            rank: 9,
            obstacle: needsAccount,
            run: { $0.openAttempts() }
        ),
        Action(
            id: "disable",
            keys: ["S"],
            label: "disable or enable",
            help: "Shut the person out everywhere, or let a disabled one in again.",
            screens: [.users, .user],
            permission: .platformUsersManage,
            writes: true,
            rank: 10,
            obstacle: needsAccount,
            run: { $0.askAccountStatus() }
        ),
        Action(
            id: "endsessions",
            keys: ["K"],
            label: "end sessions",
            help: "End all sessions of the person, who may sign in anew.",
            screens: [.users, .user],
            permission: .platformUsersManage,
            writes: true,
            rank: 11,
            obstacle: needsAccount,
            run: { $0.askEndSessions() }
        ),
        Action(
            id: "person",
            keys: ["e"],
            label: "edit",
            help: "Change the person's name or language.",
            screens: [.users, .user],
            permission: .platformUsersManage,
            writes: true,
            rank: 12,
            obstacle: needsAccount,
            run: { $0.askEditAccount() }
        ),
        Action(
            id: "grant",
            keys: ["n"],
            label: "grant role",
            help: "Give a person a role on the platform, perhaps for a while.",
            screens: [.operators, .users, .user],
            permission: .platformRolesManage,
            writes: true,
            rank: 13,
            run: { $0.askGrant() }
        ),
        Action(
            id: "revokerole",
            keys: ["D"],
            label: "revoke role",
            help: "Take a role on the platform away at once.",
            screens: [.operators],
            permission: .platformRolesManage,
            writes: true,
            rank: 14,
            obstacle: { $0.selectedPlatformGrant == nil ? "No role that holds is selected." : nil },
            run: { $0.askRevokeGrant() }
        ),
    ]

    static let needsAccount: @Sendable (Console) -> String? = { console in
        console.selectedAccount == nil ? "Nobody is selected." : nil
    }

    /// What a tenant decides and sees about support.
    static let support: [Action] = [
        section("stays", key: "0", label: "support sessions", .auditRead, .stays(filter: nil)),
        section("consents", key: "9", label: "support consents", .auditRead, .consents),
        Action(
            id: "consent",
            keys: ["C"],
            label: "standing consent",
            help: "Let super-admins write in support sessions until further notice, or no more.",
            screens: [.tenant],
            permission: .ownerManage,
            writes: true,
            rank: 20,
            run: { $0.askStandingConsent() }
        ),
        Action(
            id: "rename",
            keys: ["N"],
            label: "rename",
            help: "Give the tenant another name; its slug stays.",
            screens: [.tenants, .tenant],
            permission: .platformTenantsManage,
            writes: true,
            rank: 17,
            obstacle: { $0.chosenTenant == nil ? "No tenant is selected." : nil },
            run: { $0.askRename() }
        ),
        Action(
            id: "give-consent",
            keys: ["n"],
            label: "give consent",
            help: "Give support a token that lets it write for some hours.",
            screens: [.consents],
            permission: .ownerManage,
            writes: true,
            rank: 10,
            run: { $0.askGiveConsent() }
        ),
        Action(
            id: "takeback",
            keys: ["D"],
            label: "revoke",
            help: "Take a consent back; what rests on it ends at once.",
            screens: [.consents],
            permission: .ownerManage,
            writes: true,
            rank: 11,
            obstacle: {
                $0.selectedConsent == nil ? "No consent that holds is selected." : nil
            },
            run: { $0.askRevokeConsent() }
        ),
        Action(
            id: "endvisit",
            keys: ["D"],
            label: "end",
            help: "End a support session of your own.",
            screens: [.visits],
            permission: .platformSupportOpen,
            rank: 10,
            obstacle: {
                $0.selectedVisit == nil ? "No running session of yours is selected." : nil
            },
            run: { $0.askEndVisit() }
        ),
    ]
}
