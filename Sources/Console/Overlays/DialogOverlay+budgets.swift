import Domain
import Terminal

/// What a budget will be, before it is: each value old and new, and what it means now.
extension DialogOverlay {
    static func change(
        _ budget: Budget,
        to changed: Budget,
        _ ask: Ask,
        from form: FormOverlay
    ) -> DialogOverlay {
        let use = budget.use
        var lines = steps(from: BudgetTerms(budget), to: BudgetTerms(changed))
        lines.append(
            SafeText(
                "Used in this period: \(budget.typed(use.used)); held by calls in flight: "
                    + "\(budget.typed(use.held))."
            )
        )
        lines += consequences(BudgetTerms(changed), taken: use.used + use.held)
        lines.append("The next call sees it; calls in flight finish. Undone by: undo right after.")
        return DialogOverlay(
            dialog: Dialog(
                title: form.title,
                lines: lines,
                verb: "Change",
                isDangerous: BudgetTerms(changed).stops(at: use.used + use.held)
            ),
            intent: .ai(.confirm(ask, form))
        )
    }

    static func make(
        _ draft: BudgetDraft,
        _ ask: Ask,
        from form: FormOverlay
    ) -> DialogOverlay {
        let terms = BudgetTerms(draft)
        let about = draft.holder.isEmpty ? draft.scope.word : "\(draft.scope.word) \(draft.holder)"
        var lines = [
            SafeText("\(about), \(draft.metric.rawValue) a \(draft.period.rawValue)", limit: 300)
        ]
        lines += steps(from: nil, to: terms)
        lines.append("Nothing counts against it yet: what was used before stays out of it.")
        lines += consequences(terms, taken: 0)
        lines.append("The next call sees it. Undone by: taking it off (Measuring).")
        return DialogOverlay(
            dialog: Dialog(
                title: form.title,
                lines: lines,
                verb: "Make",
                isDangerous: terms.stops(at: 0)
            ),
            intent: .ai(.confirm(ask, form))
        )
    }

    /// The limits always; of the rest what changes.
    private static func steps(from old: BudgetTerms?, to new: BudgetTerms) -> [SafeText] {
        let before = (old ?? .usual(new.metric)).rest
        let rest = zip(before, new.rest).filter { $0.value != $1.value }.map { old, new in
            SafeText("\(new.name): \(old.value) → \(new.value)", limit: 200)
        }
        let limits = zip(old?.limitsText ?? ["–", "–"], new.limitsText)
        let named = zip(["Hard limit", "Soft limit"], limits).compactMap {
            name,
            limit -> SafeText? in
            let (old, new) = limit
            if old == new { return old == "–" ? nil : SafeText("\(name): \(new), as before") }
            return SafeText("\(name): \(old) → \(new)")
        }
        return named + rest
    }

    private static func consequences(_ terms: BudgetTerms, taken: Int64) -> [SafeText] {
        if !terms.enabled { return ["It is off: it limits nothing until Measuring is on."] }
        if terms.ceiling == 0 { return ["A hard limit of 0 blocks every call that it is about."] }
        if terms.stops(at: taken) {
            return ["That is as much as the new limit, or more: calls stop at once."]
        }
        return []
    }
}

/// What may change about a budget.
private struct BudgetTerms {
    let metric: Budget.Metric
    var limits: BudgetLimits
    var policy: BudgetPolicy
    var enabled: Bool

    init(_ budget: Budget) {
        metric = budget.metric
        limits = budget.limits
        policy = budget.policy
        enabled = budget.enabled
    }

    init(_ draft: BudgetDraft) {
        metric = draft.metric
        limits = draft.limits
        policy = draft.policy
        enabled = true
    }

    private init(metric: Budget.Metric) {
        self.metric = metric
        limits = BudgetLimits(soft: nil, hard: 0, overageAllowance: 0)
        policy = BudgetPolicy()
        enabled = true
    }

    /// What a budget has of which nothing was said.
    static func usual(_ metric: Budget.Metric) -> BudgetTerms { BudgetTerms(metric: metric) }

    /// What may be used before calls are refused.
    var ceiling: Int64 { limits.ceiling(policy) }

    func stops(at taken: Int64) -> Bool { enabled && taken >= ceiling }

    var limitsText: [String] {
        [metric.typed(limits.hard), limits.soft.map(metric.typed) ?? "–"]
    }

    /// By the names of the form's fields, in their words.
    var rest: [(name: String, value: String)] {
        let thresholds = policy.thresholds.map(String.init).joined(separator: ", ")
        return [
            ("At the soft", title(policy.onSoft.rawValue, FormOverlay.softChoices)),
            ("At the hard", title(policy.onHard.rawValue, FormOverlay.hardChoices)),
            (
                "Allowance",
                limits.overageAllowance == 0 ? "–" : metric.typed(limits.overageAllowance)
            ),
            ("Alerts at %", thresholds.isEmpty ? "–" : thresholds),
            ("Lost calls", title(policy.onLost.rawValue, FormOverlay.lostChoices)),
            ("Measuring", enabled ? "on" : "off"),
        ]
    }

    private func title(_ value: String, _ choices: [FormField.Choice]) -> String {
        choices.first { $0.value == value }?.title.string ?? value
    }
}
