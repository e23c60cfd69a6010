import Domain
import Terminal

/// The fields of budgets, and what is read from them.
extension FormOverlay {
    /// Who or what a budget is about, asked for in the words of its scope.
    static func holder(of scope: Budget.Scope, _ value: String = "") -> FormField {
        let (label, placeholder, hint): (SafeText, SafeText, SafeText) =
            switch scope {
            case .tenant: ("Which", "the whole workspace", "stays empty")
            case .user: ("Member", "ada@example.org", "the member's mail address or id")
            case .apiKey: ("API key", "none yet", "the key's name, or its id")
            case .storefront: ("Storefront", "none yet", "the storefront's slug")
            case .purpose: ("Purpose", "none yet", "the purpose that calls name, such as chat")
            case .model: ("Model", "none yet", "the model's id, such as offline/writer")
            }
        return text(
            "scope_id",
            label,
            value: value,
            placeholder: placeholder,
            limit: 254,
            hint: hint
        )
    }

    static var scopeChoice: FormField {
        choice(
            "scope",
            "About",
            of: Budget.Scope.allCases.map {
                FormField.Choice($0.rawValue, title: $0 == .apiKey ? "API key" : nil)
            }
        )
    }

    /// Lets the field below ask for what the chosen scope needs; what was typed stays.
    mutating func followScope() {
        guard case .ai(.newBudget) = intent,
            let scope = Budget.Scope(rawValue: form.values["scope"] ?? ""),
            let index = form.fields.firstIndex(where: { $0.id == "scope_id" })
        else { return }
        let asked = Self.holder(of: scope, form.fields[index].value)
        guard asked.hint != form.fields[index].hint else { return }
        form.fields[index] = asked
    }

    static func softLimit(_ value: String = "") -> FormField {
        text(
            "soft",
            "Soft limit",
            value: value,
            placeholder: "none",
            limit: 30,
            hint: "warns from here on; empty for none"
        )
    }

    /// What happens on the way to the limits and at them.
    static func policy(_ policy: BudgetPolicy, allowance: String) -> [FormField] {
        var soft = choice("on_soft", "At the soft", of: softChoices, at: policy.onSoft.rawValue)
        soft.hint = "what happens to calls from the soft limit on"
        var hard = choice("on_hard", "At the hard", of: hardChoices, at: policy.onHard.rawValue)
        hard.hint = "what happens to calls at the hard limit"
        return [
            soft, hard,
            text(
                "overage_allowance",
                "Allowance",
                value: allowance,
                placeholder: "none",
                limit: 30,
                hint: "what may go beyond the hard limit, where calls go on"
            ),
            text(
                "thresholds",
                "Alerts at %",
                value: policy.thresholds.map(String.init).joined(separator: ", "),
                placeholder: "none",
                limit: 60,
                hint: "rising percentages of the hard limit, such as 80, 100"
            ),
            lostChoice(at: policy.onLost),
        ]
    }

    static let softChoices = [
        FormField.Choice(BudgetPolicy.SoftAction.alert.rawValue, title: "an alert only"),
        FormField.Choice(BudgetPolicy.SoftAction.degradeModel.rawValue, title: "a cheaper model"),
        FormField.Choice(BudgetPolicy.SoftAction.shorten.rawValue, title: "shorter answers"),
    ]

    static let hardChoices = [
        FormField.Choice(BudgetPolicy.HardAction.block.rawValue, title: "they are refused"),
        FormField.Choice(
            BudgetPolicy.HardAction.allowance.rawValue,
            title: "they go on within the allowance"
        ),
    ]

    /// What is chosen and typed in the fields of `policy`; what is wrong is added to the problems.
    static func policy(_ values: FormValues, _ problems: inout FieldProblems) -> BudgetPolicy {
        let usual = BudgetPolicy()
        let thresholds = problems.collect { () throws(DomainError) -> [Int] in
            let policy = BudgetPolicy(
                thresholds: try BudgetPolicy.thresholds(parsing: values["thresholds"])
            )
            try policy.check()
            return policy.thresholds
        }
        return BudgetPolicy(
            thresholds: thresholds ?? usual.thresholds,
            onSoft: BudgetPolicy.SoftAction(rawValue: values["on_soft"]) ?? usual.onSoft,
            onHard: BudgetPolicy.HardAction(rawValue: values["on_hard"]) ?? usual.onHard,
            onLost: BudgetPolicy.LostAction(rawValue: values["on_lost"]) ?? usual.onLost
        )
    }
}
