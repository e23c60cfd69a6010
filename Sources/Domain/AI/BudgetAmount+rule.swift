extension BudgetAmount {
    /// What an amount must be, so that a budget can take it.
    package enum Rule: Hashable, Sendable {
        /// In the unit that the budget counts, and in no other; money is never without one.
        case unit(Budget.Metric, not: Budget.Metric?)
        /// A whole number of the metric's units, which fits 64 bits.
        case whole(Budget.Metric)
        case notNegative
        case atMostLargest
    }
}

extension BudgetAmount.Rule {
    /// The refusal of a field, in words for people, who type an amount with its unit.
    ///
    /// It names the rule, for doors at which amounts are written otherwise.
    func broken(by field: String) -> DomainError {
        var problem = problem(of: field)
        problem.amountRule = self
        return .invalid([problem])
    }

    private func problem(of field: String) -> FieldProblem {
        switch self {
        case .unit(let counted, not: let given?):
            FieldProblem(
                field,
                "is in \(given.words), but the budget counts \(counted.words); write \(counted.example)"
            )
        case .unit(let counted, not: nil):
            FieldProblem(field, "must say its unit: write \(counted.example)")
        case .whole(.cost): FieldProblem(field, "must have at most nine decimals and fit")
        case .whole: FieldProblem(field, "must be a whole number that fits")
        case .notNegative: FieldProblem(field, "must not be negative")
        case .atMostLargest: FieldProblem(field, "must be at most \(BudgetAmount.largest)")
        }
    }
}
