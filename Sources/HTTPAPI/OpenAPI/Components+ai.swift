import Domain

extension Components {
    /// Budgets and use of AI.
    static let ai: [(String, Schema)] = [
        ("Budget", AIComponents.budget),
        ("UsageSum", usage),
    ]

    private static let usage = Schema.object([
        ("start", .optional(.time)), ("key", .text), ("requests", .integer),
        ("tokens_in", .integer),
        ("tokens_out", .integer), ("cost_usd", .money),
    ])
}
