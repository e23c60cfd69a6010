import Domain
import Terminal

extension Actions {
    /// Tenants, as operators manage them.
    static let platform: [Action] = [
        Action(
            id: "provision",
            keys: ["n"],
            label: "new",
            help: "Provision a tenant.",
            screens: [.tenants],
            permission: .platformTenantsManage,
            writes: true,
            rank: 10,
            run: { $0.openForm(.provision(key: $0.formKey)) }
        ),
        Action(
            id: "inspect",
            keys: ["i"],
            label: "inspect",
            help: "Show plan, quotas and figures of a tenant without entering it.",
            screens: [.tenants],
            permission: .platformTenantsRead,
            rank: 11,
            obstacle: needsTenant,
            run: { $0.inspectSelected() }
        ),
        Action(
            id: "suspend",
            keys: ["S"],
            label: "suspend",
            help: "Suspend the tenant: nobody of it gets in until it is resumed.",
            screens: [.tenants, .tenant],
            permission: .platformTenantsManage,
            writes: true,
            rank: 12,
            obstacle: { needsStatus(.active, $0) },
            run: { $0.askSuspend() }
        ),
        Action(
            id: "resume",
            keys: ["R"],
            label: "resume",
            help: "Let a suspended tenant in again.",
            screens: [.tenants, .tenant],
            permission: .platformTenantsManage,
            writes: true,
            rank: 13,
            obstacle: { needsStatus(.suspended, $0) },
            run: { $0.askResume() }
        ),
        Action(
            id: "plan",
            keys: ["p"],
            label: "plan",
            help: "Put the tenant on another plan.",
            screens: [.tenants, .tenant],
            permission: .platformTenantsManage,
            writes: true,
            rank: 14,
            obstacle: needsTenant,
            run: { $0.askPlan() }
        ),
        Action(
            id: "quota",
            keys: ["u"],
            label: "quota",
            help: "Change the soft and the hard limit of one resource.",
            screens: [.tenants, .tenant],
            permission: .platformTenantsManage,
            writes: true,
            rank: 15,
            obstacle: needsTenant,
            run: { $0.askQuota() }
        ),
        Action(
            id: "support",
            keys: ["o"],
            label: "support session",
            help: "Enter the tenant for some minutes, with a reason, on record.",
            screens: [.tenants, .tenant],
            permission: .platformSupportOpen,
            rank: 16,
            obstacle: needsTenant,
            run: { $0.askSupport() }
        ),
        Action(
            id: "leave",
            keys: ["X"],
            label: "leave",
            help: "End the support session and take its screens away.",
            rank: 60,
            obstacle: { $0.standing.support == nil ? "No support session is open." : nil },
            run: { $0.endSupport() }
        ),
        Action(
            id: "figures",
            keys: ["F"],
            label: "count anew",
            help: "Count members, artifacts and use of all tenants again.",
            screens: [.overview, .tenants],
            permission: .platformTenantsRead,
            rank: 40,
            run: { $0.send(.platform(.refreshFigures), to: .root(.refreshFigures)) }
        ),
    ]

    private static let needsTenant: @Sendable (Console) -> String? = { console in
        if console.chosenTenant == nil { return "No tenant is selected." }
        return nil
    }

    private static func needsStatus(_ status: TenantStatus, _ console: Console) -> String? {
        guard let chosen = console.chosenTenant else { return "No tenant is selected." }
        guard let actual = chosen.status, actual != status else { return nil }
        return "\(chosen.tenant.slug) is \(actual.rawValue)."
    }
}
