import Operations

/// The settings `ai.…` of all providers.
extension SettingRegistry {
    static let callDays = Setting(
        name: "ai.keep_calls_days",
        summary: "How old calls to models become before they are forgotten; 0: never",
        example: "400",
        standard: { _ in "400" },
        parse: SettingParser.callDays
    )
}

extension SettingParser {
    /// Not less than what the daily reconciliation looks at.
    static let callDays: Parse<Int> = { text throws(SettingRule) in
        guard let days = Int(text), days == 0 || (PruneCalls.leastDays...36_500).contains(days)
        else {
            throw SettingRule(
                "must be 0 or a number from \(PruneCalls.leastDays) to 36500; got '\(text)'"
            )
        }
        return days
    }
}
