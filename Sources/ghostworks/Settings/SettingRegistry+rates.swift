/// The settings `http.rate_…`.
extension SettingRegistry {
    static let addressRate = Setting(
        name: "http.rate_address",
        summary: "Requests of one address; `off` for any number",
        example: "2000/10s",
        standard: { _ in "2000/10s" },
        parse: SettingParser.rate
    )
    static let signInRate = Setting(
        name: "http.rate_signin",
        summary: "Attempts of one address to sign in, register or reset a password",
        example: "60/1m",
        standard: { _ in "60/1m" },
        parse: SettingParser.rate
    )
    static let userRate = Setting(
        name: "http.rate_user",
        summary: "Requests of one person",
        example: "1000/10s",
        standard: { _ in "1000/10s" },
        parse: SettingParser.rate
    )
    static let keyRate = Setting(
        name: "http.rate_key",
        summary: "Requests of one API key that has no limit of its own",
        example: "1000/10s",
        standard: { _ in "1000/10s" },
        parse: SettingParser.rate
    )
    static let tenantRate = Setting(
        name: "http.rate_tenant",
        summary: "Requests in one tenant",
        example: "5000/10s",
        standard: { _ in "5000/10s" },
        parse: SettingParser.rate
    )
    static let writeRate = Setting(
        name: "http.rate_write",
        summary: "Changes by one person or one API key",
        example: "500/10s",
        standard: { _ in "500/10s" },
        parse: SettingParser.rate
    )
    static let modelCallRate = Setting(
        name: "ai.rate_calls",
        summary: "Calls to models by one member or one API key",
        example: "120/1m",
        standard: { _ in "120/1m" },
        parse: SettingParser.rate
    )
    static let modelTokenRate = Setting(
        name: "ai.rate_tokens",
        summary: "Tokens of such calls",
        example: "1000000/1m",
        standard: { _ in "1000000/1m" },
        parse: SettingParser.rate
    )
}
