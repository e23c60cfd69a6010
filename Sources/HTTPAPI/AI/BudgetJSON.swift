import Domain

/// How budgets and their alerts are written, and how amounts are read.
enum BudgetJSON {
    /// An amount in the unit that the object names: money as a decimal text.
    static func amount(_ value: Int64, _ metric: Budget.Metric) -> JSON {
        metric == .cost ? JSON(nanoUSD: value) : .integer(value)
    }

    @Sendable static func budget(_ budget: Budget) -> JSON {
        let metric = budget.metric
        return [
            "id": JSON(budget.id), "scope": .string(budget.scope.rawValue),
            "scope_id": .string(budget.scopeID), "metric": .string(metric.rawValue),
            "unit": .string(metric.unit), "period": .string(budget.period.rawValue),
            "soft": budget.limits.soft.map { amount($0, metric) } ?? .null,
            "hard": amount(budget.limits.hard, metric),
            "overage_allowance": amount(budget.limits.overageAllowance, metric),
            "thresholds": .array(budget.policy.thresholds.map { .integer(Int64($0)) }),
            "on_soft": .string(budget.policy.onSoft.rawValue),
            "on_hard": .string(budget.policy.onHard.rawValue),
            "on_lost": .string(budget.policy.onLost.rawValue),
            "enabled": .bool(budget.enabled), "period_start": JSON(budget.use.periodStart),
            "used": amount(budget.use.used, metric), "held": amount(budget.use.held, metric),
            "version": .integer(budget.version),
        ]
    }

    static func period(_ period: BudgetPeriod, _ metric: Budget.Metric) -> JSON {
        [
            "period_start": JSON(period.start), "unit": .string(metric.unit),
            "hard": amount(period.hard, metric), "used": amount(period.used, metric),
            "held": amount(period.held, metric), "overage": amount(period.overage, metric),
        ]
    }

    @Sendable static func alert(_ alert: ListedAlert) -> JSON {
        [
            "id": .string(alert.id.description), "budget_id": JSON(alert.id.budget),
            "scope": .string(alert.scope.rawValue), "scope_id": .string(alert.scopeID),
            "metric": .string(alert.metric.rawValue), "unit": .string(alert.metric.unit),
            "period_start": JSON(alert.id.periodStart),
            "threshold": .integer(Int64(alert.id.threshold)),
            "used": amount(alert.used, alert.metric), "hard": amount(alert.hard, alert.metric),
            "raised_at": JSON(alert.raisedAt), "acknowledged_at": JSON(alert.acknowledgedAt),
            "acknowledged_by": JSON(alert.acknowledgedBy),
        ]
    }

    /// What a budget's amounts may be sent as.
    static let amountNote =
        "A whole number of tokens or requests, or USD as a decimal text where the metric is cost, "
        + "such as \"25.00\"; no signs, no names of units."

    /// The domain tells people what to type; a program is told what it may send.
    static func reworded(_ error: DomainError) -> DomainError {
        guard case .invalid(let problems) = error.kind else { return error }
        var told = problems
        for index in told.indices {
            guard let words = told[index].amountRule.flatMap(words) else { continue }
            told[index].problem = words
        }
        return told == problems ? error : .invalid(told)
    }

    /// A rule in the words of this door; nil where people are told the same.
    private static func words(_ rule: BudgetAmount.Rule) -> String? {
        switch rule {
        case .unit(.cost, _): "must be USD as a decimal text such as \"25.00\""
        case .unit(let metric, _): "must be a whole number of \(metric.words)"
        case .whole, .notNegative, .atMostLargest: nil
        }
    }
}

extension BodyFields {
    /// An amount of a budget whose metric the body need not name.
    func amount(_ name: String) throws(DomainError) -> BudgetAmount? {
        if let number = integer(name) { return BudgetAmount(units: number) }
        guard let text = text(name) else { return nil }
        guard let money = BudgetAmount(usd: text) else {
            throw .invalid(name, BudgetAmount.fault(text) ?? BodyField.Kind.amount.rule)
        }
        return money
    }

    /// The same in the units of a metric.
    func amount(_ name: String, in metric: Budget.Metric) throws(DomainError) -> Int64? {
        do throws(DomainError) {
            return try amount(name)?.value(in: metric, field: name)
        } catch {
            throw BudgetJSON.reworded(error)
        }
    }
}
