import Domain

extension SettingParser {
    /// `1000/10s`: so many in such a time; `off` for no limit.
    static let rate: Parse<RateLimit?> = { text throws(SettingRule) in
        if text == "off" { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let count = Int(parts[0]),
            let window = try? duration(String(parts[1])),
            let limit = RateLimit(count: count, window: window)
        else {
            throw SettingRule("must be a limit such as 1000/10s, or off; got '\(text)'")
        }
        return limit
    }

    /// Addresses and networks, with commas; none when empty.
    static let proxies: Parse<TrustedProxies> = { text throws(SettingRule) in
        var ranges: [AddressRange] = []
        for part in text.split(separator: ",") {
            let name = part.filter { $0 != " " }
            guard let range = AddressRange(name) else {
                throw SettingRule(
                    "must be addresses or networks such as 10.0.0.0/8; got '\(name)'"
                )
            }
            ranges.append(range)
        }
        return TrustedProxies(ranges)
    }
}
