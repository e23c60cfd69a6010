import Domain
import Terminal

extension Actions {
    /// The parts of a tenant.
    static let tenant: [Action] = [
        section("summary", key: "1", label: "summary", .workspaceRead, .summary),
        section("members", key: "2", label: "members", .memberRead, .members(filter: nil)),
        section("artifacts", key: "3", label: "artifacts", .artifactRead, .artifacts(filter: nil)),
        section("ai", key: "4", label: "AI quotas", .aiUsageRead, .ai),
        section("audit", key: "5", label: "audit", .auditRead, .audit(filter: nil)),
        section("keys", key: "6", label: "API keys", .apikeyRead, .keys),
    ]

    /// A part of a tenant behind a digit; the footer has one entry for all of them.
    static func section(
        _ id: String,
        key: String,
        label: String,
        _ permission: Permission,
        _ section: Destination.Section
    ) -> Action {
        Action(
            id: id,
            keys: [key],
            label: label,
            help: "Show the tenant's \(label).",
            screens: ScreenKind.ofTenant,
            permission: permission,
            rank: section == .summary ? 8 : nil,
            hint: section == .summary ? ("0-9", "parts") : nil,
            run: { console in
                guard let content = console.trail.current?.content, let tenant = content.tenant
                else { return [] }
                if content.kind == section.kind {
                    return console.reload(isExplicit: true)
                }
                return console.open(Destination(section, in: tenant))
            }
        )
    }

    /// The people of a tenant.
    static let members: [Action] = [
        Action(
            id: "add",
            keys: ["a"],
            label: "add",
            help: "Add a member by mail address.",
            screens: [.members],
            permission: .memberInvite,
            writes: true,
            rank: 10,
            run: { $0.askAddMember() }
        ),
        Action(
            id: "role",
            keys: ["c"],
            label: "change role",
            help: "Give the member another role.",
            screens: [.members],
            permission: .memberUpdateRole,
            writes: true,
            rank: 11,
            obstacle: needsMember,
            run: { $0.askRole() }
        ),
        Action(
            id: "lock",
            keys: ["S"],
            label: "suspend",
            help: "Suspend the member, or let a suspended one in again.",
            screens: [.members],
            permission: .memberSuspend,
            writes: true,
            rank: 12,
            obstacle: needsMember,
            run: { $0.askMemberStatus() }
        ),
        Action(
            id: "remove",
            keys: ["D"],
            label: "remove",
            help: "Remove the member and free the seat.",
            screens: [.members],
            permission: .memberRemove,
            writes: true,
            rank: 13,
            obstacle: needsMember,
            run: { $0.askRemoveMember() }
        ),
        Action(
            id: "trace",
            keys: ["f"],
            label: "follow",
            help: "Show what the person did in the audit trail.",
            screens: [.members, .audit, .trail, .event, .trailEvent],
            permission: .auditRead,
            rank: 14,
            obstacle: needsPerson,
            run: { $0.followActor() }
        ),
    ]

    static let needsMember: @Sendable (Console) -> String? = { console in
        if console.selectedMember == nil { return "No member is selected." }
        return nil
    }

    private static let needsPerson: @Sendable (Console) -> String? = { console in
        if console.selectedPerson == nil { return "No person is behind this row." }
        return nil
    }
}
