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
            form: Form(
                [
                    scopeChoice,
                    holder(of: .tenant),
                    choice("period", "Each", Budget.Period.allCases.reversed().map(\.rawValue)),
                    text(
                        "hard",
                        "Hard limit",
                        limit: 30,
                        hint: "with its unit: $25, 2M tokens or 500 requests"
                    ),
                    softLimit(),
                ] + policy(BudgetPolicy(), allowance: "")
            ),
            intent: .ai(.newBudget(tenant))
        )
    }

    /// What is typed in its fields; a name of a member or key is looked up with the sending.
    static func newBudget(_ values: FormValues) throws(DomainError) -> BudgetDraft {
        guard let scope = Budget.Scope(rawValue: values["scope"]),
            let period = Budget.Period(rawValue: values["period"])
        else { throw .invalid("scope", "must be chosen") }
        var problems = FieldProblems()
        let holder = values["scope_id"].trimmed
        if holder.isEmpty != (scope == .tenant) {
            _ = problems.collect { () throws(DomainError) -> Budget.Scope in
                throw scope.missingHolder
            }
        }
        let policy = policy(values, &problems)
        let typed = limits(values, &problems)
        guard let (metric, limits) = typed, problems.list.isEmpty else {
            throw .invalid(problems.list)
        }
        var draft = BudgetDraft(
            scope: scope,
            holder: holder,
            metric: metric,
            period: period,
            limits: limits
        )
        draft.policy = policy
        if scope != .user, scope != .apiKey { _ = try draft.budget(of: holder) }
        return draft
    }

    /// The amounts and what they count, which the hard one tells.
    private static func limits(
        _ values: FormValues,
        _ problems: inout FieldProblems
    ) -> (Budget.Metric, BudgetLimits)? {
        let hard = problems.collect { () throws(DomainError) -> BudgetAmount in
            let hard = try BudgetAmount(values["hard"], field: "hard")
            guard hard.metric != nil else {
                throw .invalid("hard", "must say its unit: $25, 2M tokens or 500 requests")
            }
            return hard
        }
        guard let hard, let metric = hard.metric else { return nil }
        return problems.collect { () throws(DomainError) -> (Budget.Metric, BudgetLimits) in
            func amount(_ field: String) throws(DomainError) -> Int64? {
                guard let text = values[field].nonBlank else { return nil }
                return try BudgetAmount(text, field: field).value(in: metric, field: field)
            }
            let limits = BudgetLimits(
                soft: try amount("soft"),
                hard: try hard.value(in: metric, field: "hard"),
                overageAllowance: try amount("overage_allowance") ?? 0
            )
            try limits.check()
            return (metric, limits)
        }
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
