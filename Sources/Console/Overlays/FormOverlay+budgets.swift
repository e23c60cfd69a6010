import Domain
import Terminal

extension FormOverlay {
    static func newBudget(in tenant: TenantRef) -> FormOverlay {
        FormOverlay(
            title: SafeText("New budget of \(tenant.name)", limit: 70),
            plan: [
                "Adds 1 budget; every call that it is about counts against it from now on.",
                "A hard limit of 0 blocks them all. Undone by: taking it off (Measuring).",
            ],
            form: Form([
                choice("scope", "About", Budget.Scope.allCases.map(\.rawValue)),
                text(
                    "scope_id",
                    "Which",
                    placeholder: "the whole workspace",
                    limit: 254,
                    hint: "a member's mail or id, a key's id, a purpose, a model"
                ),
                choice("period", "Each", Budget.Period.allCases.reversed().map(\.rawValue)),
                text(
                    "hard",
                    "Hard limit",
                    limit: 30,
                    hint: "with its unit: $25, 2M tokens or 500 requests"
                ),
                text(
                    "soft",
                    "Soft limit",
                    placeholder: "none",
                    limit: 30,
                    hint: "warns from here on; empty for none"
                ),
                lostChoice(at: .estimate),
            ]),
            intent: .ai(.newBudget(tenant))
        )
    }

    static func newBudget(
        _ values: FormValues,
        in tenant: TenantRef
    ) throws(DomainError) -> Order {
        guard let scope = Budget.Scope(rawValue: values["scope"]),
            let period = Budget.Period(rawValue: values["period"])
        else { throw .invalid("scope", "must be chosen") }
        let typed = try BudgetAmount(values["hard"], field: "hard")
        guard let metric = typed.metric else {
            throw .invalid("hard", "must say its unit: $25, 2M tokens or 500 requests")
        }
        var soft: Int64?
        if let text = values["soft"].nonBlank {
            soft = try BudgetAmount(text, field: "soft").value(in: metric, field: "soft")
        }
        guard let onLost = BudgetPolicy.LostAction(rawValue: values["on_lost"]) else {
            throw .invalid("on_lost", "must be chosen")
        }
        var draft = BudgetDraft(
            scope: scope,
            holder: values["scope_id"].trimmed,
            metric: metric,
            period: period,
            limits: BudgetLimits(
                soft: soft,
                hard: try typed.value(in: metric, field: "hard"),
                overageAllowance: 0
            )
        )
        draft.onLost = onLost
        // A mail address is looked up with the sending; everything else is checked here.
        if scope != .user { _ = try draft.budget(of: draft.holder) }
        guard scope != .user || !draft.holder.isEmpty else {
            throw .invalid("scope_id", "must be a member's mail address or id")
        }
        return .ask(.tenant(.ai(.create(draft)), tenant))
    }
}

extension DialogOverlay {
    static func reset(
        _ budget: Budget,
        in tenant: TenantRef,
        _ context: ScreenContext
    ) -> DialogOverlay {
        let used = budget.amount(budget.use.used)
        return DialogOverlay(
            dialog: Dialog(
                title: SafeText("Reset \(budget.label(context))", limit: 70),
                lines: [
                    SafeText(
                        "Starts the running period of 1 budget of \(tenant.name) over: \(used) "
                            + "used count no longer."
                    ),
                    "The log of use stays, what calls hold stays held. Cannot be undone.",
                ],
                verb: "Reset",
                isDangerous: true,
                demand: .init(word: tenant.slug, needsReason: true)
            ),
            intent: .ai(.reset(tenant, budget))
        )
    }
}
