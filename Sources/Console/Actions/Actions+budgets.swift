import Domain
import Terminal

extension Actions {
    /// Making budgets, and starting their periods over.
    static let budgets: [Action] = [
        Action(
            id: "newbudget",
            keys: ["n"],
            label: "new budget",
            help: "Limit what calls may cost: of the tenant, a member, a key, a purpose, a model.",
            screens: [.ai],
            permission: .aiBudgetManage,
            writes: true,
            rank: 10,
            run: { console in
                console.shownTenant.map { console.openForm(.newBudget(in: $0)) } ?? []
            }
        ),
        Action(
            id: "resetbudget",
            keys: ["Z"],
            label: "reset budget",
            help: "Start the running period of the selected budget over, with a reason.",
            screens: [.ai],
            permission: .aiBudgetManage,
            writes: true,
            rank: 14,
            obstacle: { console in
                guard let budget = console.selectedBudget else { return "No budget is selected." }
                if budget.isPlans { return "The plan's own budget cannot be reset." }
                return budget.use.used == 0 ? "Nothing was used in this period." : nil
            },
            run: { console in
                guard let tenant = console.shownTenant, let budget = console.selectedBudget else {
                    return []
                }
                console.overlay = .dialog(.reset(budget, in: tenant, console.context))
                return []
            }
        ),
    ]
}
