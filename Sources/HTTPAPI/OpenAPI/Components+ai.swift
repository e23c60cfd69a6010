import Domain

extension Components {
    /// Budgets and use of AI.
    static let ai: [(String, Schema)] = [
        ("Budget", budget),
        ("UsageSum", usage),
    ]

    private static let budget = Schema.object([
        ("id", .uuid), ("scope", .choice(Budget.Scope.allCases.map(\.rawValue))),
        ("scope_id", .text), ("metric", .choice(Budget.Metric.allCases.map(\.rawValue))),
        ("period", .choice(Budget.Period.allCases.map(\.rawValue))),
        ("soft", .optional(.integer)), ("hard", .integer), ("overage_allowance", .integer),
        ("enabled", .boolean), ("period_start", .time), ("used", .integer), ("held", .integer),
    ])

    private static let usage = Schema.object([
        ("key", .text), ("requests", .integer), ("tokens_in", .integer),
        ("tokens_out", .integer), ("cost_usd", .money),
    ])
}
