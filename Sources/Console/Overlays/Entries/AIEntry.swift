import Domain

/// What is filled in about a tenant's AI.
enum AIEntry: Entry {
    case budget(TenantRef, Budget)
    case newBudget(TenantRef)
    /// The next price of a model, after what it costs now.
    case price(model: String, now: PriceAmounts?)

    var tenant: TenantRef? {
        switch self {
        case .budget(let tenant, _), .newBudget(let tenant): tenant
        case .price: nil
        }
    }

    func order(
        _ values: FormValues,
        of form: FormOverlay,
        now _: Instant
    ) throws(DomainError) -> FormOverlay.Order {
        switch self {
        case .budget(let tenant, let budget):
            let edit = try Self.edit(values, of: budget)
            // Wrong units and orders are said here, before anything is asked for.
            let changed = try edit.applied(to: budget)
            guard changed != budget else {
                throw .invalid("hard", "is what it was, and so is all the rest")
            }
            let ask = AIRequest.change(budget.id, edit, version: budget.version)
            return .confirm(.change(budget, to: changed, .tenant(.ai(ask), tenant), from: form))
        case .newBudget(let tenant):
            let draft = try FormOverlay.newBudget(values)
            return .confirm(.make(draft, .tenant(.ai(.create(draft)), tenant), from: form))
        case .price(let model, let now):
            let amounts = try FormOverlay.price(values)
            let ask = Ask.platform(.prices(.set(model: model, amounts)))
            return .confirm(.price(amounts, of: model, now: now, ask, from: form))
        }
    }

    private static func edit(
        _ values: FormValues,
        of budget: Budget
    ) throws(DomainError) -> BudgetEdit {
        var problems = FieldProblems()
        let hard = problems.collect { () throws(DomainError) in
            try BudgetAmount(values["hard"], field: "hard")
        }
        let soft = problems.collect { () throws(DomainError) -> BudgetEdit.Soft in
            guard let typed = values["soft"].nonBlank else { return .none }
            return .at(try BudgetAmount(typed, field: "soft"))
        }
        let allowance = problems.collect { () throws(DomainError) in
            let typed = values["overage_allowance"].nonBlank ?? budget.typed(0)
            return try BudgetAmount(typed, field: "overage_allowance")
        }
        let policy = FormOverlay.policy(values, &problems)
        guard let hard, let soft, let allowance, problems.list.isEmpty else {
            throw .invalid(problems.list)
        }
        return BudgetEdit(
            hard: hard,
            soft: soft,
            overageAllowance: allowance,
            thresholds: policy.thresholds,
            onSoft: policy.onSoft,
            onHard: policy.onHard,
            onLost: policy.onLost,
            enabled: values["enabled"] != "off"
        )
    }

    func done(
        _ answer: ConsoleAnswer,
        _: FormValues,
        in console: inout Console
    ) -> [Effect] {
        switch answer {
        case .ai(.budget(let changed)):
            guard let back = takeBack(after: changed) else { break }
            let sentence = "The limit is \(changed.amount(changed.limits.hard)) now."
            console.tell(sentence, back, in: tenant)
            return console.settleAfterWrite(answer)
        case .ai(let answer): return console.takeDone(answer)
        case .prices(let answer): return console.takeDone(answer, after: priceOfNow)
        default: break
        }
        if case .ai(let answer) = answer { return console.takeDone(answer) }
        return console.reload(isExplicit: true)
    }

    private var priceOfNow: PriceAmounts? {
        if case .price(_, let now) = self { now } else { nil }
    }

    private func takeBack(after changed: Budget) -> TakeBack? {
        guard case .budget(let tenant, let old) = self,
            let hard = try? BudgetAmount(old.typed(old.limits.hard), field: "hard"),
            let allowance = try? BudgetAmount(
                old.typed(old.limits.overageAllowance),
                field: "overage_allowance"
            )
        else { return nil }
        let amount = old.limits.soft.flatMap {
            try? BudgetAmount(old.typed($0), field: "soft")
        }
        let edit = BudgetEdit(
            hard: hard,
            soft: amount.map { BudgetEdit.Soft.at($0) } ?? BudgetEdit.Soft.none,
            overageAllowance: allowance,
            thresholds: old.policy.thresholds,
            onSoft: old.policy.onSoft,
            onHard: old.policy.onHard,
            onLost: old.policy.onLost,
            enabled: old.enabled
        )
        return TakeBack(
            "Set the old limits",
            .tenant(.ai(.change(old.id, edit, version: changed.version)), tenant)
        )
    }
}
