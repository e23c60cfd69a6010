import Domain

/// What is filled in about a tenant's AI.
enum AIEntry: Entry {
    case budget(TenantRef, Budget)
    case newBudget(TenantRef)
    /// The next price of a model.
    case price(model: String)

    var tenant: TenantRef? {
        switch self {
        case .budget(let tenant, _), .newBudget(let tenant): tenant
        case .price: nil
        }
    }

    func order(
        _ values: FormValues,
        of _: FormOverlay,
        now _: Instant
    ) throws(DomainError) -> FormOverlay.Order {
        switch self {
        case .budget(let tenant, let budget):
            let edit = try Self.edit(values, of: budget)
            let change = AIRequest.change(budget.id, edit, version: budget.version)
            return .ask(.tenant(.ai(change), tenant))
        case .newBudget(let tenant): return try FormOverlay.newBudget(values, in: tenant)
        case .price(let model): return try FormOverlay.price(values, model: model)
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
        guard let hard, let soft else { throw .invalid(problems.list) }
        let edit = BudgetEdit(
            hard: hard,
            soft: soft,
            onLost: BudgetPolicy.LostAction(rawValue: values["on_lost"]),
            enabled: values["enabled"] != "off"
        )
        // Wrong units and orders are said here, before anything is asked for.
        _ = try edit.applied(to: budget)
        return edit
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
        case .prices(let answer): return console.takeDone(answer)
        default: break
        }
        if case .ai(let answer) = answer { return console.takeDone(answer) }
        return console.reload(isExplicit: true)
    }

    private func takeBack(after changed: Budget) -> TakeBack? {
        guard case .budget(let tenant, let old) = self,
            let hard = try? BudgetAmount(old.typed(old.limits.hard), field: "hard")
        else { return nil }
        let amount = old.limits.soft.flatMap {
            try? BudgetAmount(old.typed($0), field: "soft")
        }
        let edit = BudgetEdit(
            hard: hard,
            soft: amount.map { BudgetEdit.Soft.at($0) } ?? BudgetEdit.Soft.none,
            onLost: old.policy.onLost,
            enabled: old.enabled
        )
        return TakeBack(
            "Set the old limits",
            .tenant(.ai(.change(old.id, edit, version: changed.version)), tenant)
        )
    }
}
