import Domain

/// What is filled in about a tenant's AI.
enum AIEntry: Entry {
    case budget(TenantRef, Budget)

    private var place: TenantRef {
        switch self {
        case .budget(let tenant, _): tenant
        }
    }

    var tenant: TenantRef? { place }

    func order(
        _ values: FormValues,
        of _: FormOverlay,
        now _: Instant
    ) throws(DomainError) -> FormOverlay.Order {
        switch self {
        case .budget(_, let budget):
            let edit = try Self.edit(values, of: budget)
            let change = AIRequest.change(budget.id, edit, version: budget.version)
            return .ask(.tenant(.ai(change), place))
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
        let edit = BudgetEdit(hard: hard, soft: soft, enabled: values["enabled"] != "off")
        // Wrong units and orders are said here, before anything is asked for.
        _ = try edit.applied(to: budget)
        return edit
    }

    func done(
        _ answer: ConsoleAnswer,
        _: FormValues,
        in console: inout Console
    ) -> [Effect] {
        guard case .ai(let answer) = answer else { return console.reload(isExplicit: true) }
        guard case .budget(let changed) = answer, let back = takeBack(after: changed) else {
            return console.takeDone(answer)
        }
        let sentence = "The limit is \(changed.amount(changed.limits.hard)) now."
        console.tell(sentence, back, in: place)
        return console.settleAfterWrite(.ai(answer))
    }

    private func takeBack(after changed: Budget) -> TakeBack? {
        guard case .budget(_, let old) = self,
            let hard = try? BudgetAmount(old.typed(old.limits.hard), field: "hard")
        else { return nil }
        let amount = old.limits.soft.flatMap {
            try? BudgetAmount(old.typed($0), field: "soft")
        }
        let edit = BudgetEdit(
            hard: hard,
            soft: amount.map { BudgetEdit.Soft.at($0) } ?? BudgetEdit.Soft.none,
            enabled: old.enabled
        )
        return TakeBack(
            "Set the old limits",
            .tenant(.ai(.change(old.id, edit, version: changed.version)), place)
        )
    }
}
