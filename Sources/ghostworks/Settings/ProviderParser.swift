import OpenID

/// The rules of providers' values.
enum ProviderParser {
    static let flag: SettingParser.Parse<Bool> = { text throws(SettingRule) in
        switch text {
        case "true": return true
        case "false": return false
        default: throw SettingRule("must be true or false; got '\(text)'")
        }
    }

    static let algorithms: SettingParser.Parse<Set<TokenAlgorithm>> = { text throws(SettingRule) in
        var found: Set<TokenAlgorithm> = []
        for word in words(text) {
            guard let algorithm = TokenAlgorithm(rawValue: word) else {
                let known = TokenAlgorithm.allCases.map(\.rawValue).joined(separator: ", ")
                throw SettingRule("must be some of \(known); got '\(word)'")
            }
            found.insert(algorithm)
        }
        guard !found.isEmpty else { throw SettingRule("must name an algorithm") }
        return found
    }

    static let scopes: SettingParser.Parse<[String]> = { text throws(SettingRule) in
        let scopes = words(text)
        guard scopes.contains("openid") else {
            throw SettingRule("must contain openid; got '\(text)'")
        }
        return scopes
    }

    static let address: SettingParser.Parse<String> = { text throws(SettingRule) in
        guard EndpointRule(allowsLoopback: true).allows(text) else {
            throw SettingRule("must be an https:// URL; got '\(text)'")
        }
        return text
    }

    static let origins: SettingParser.Parse<[String]> = { text throws(SettingRule) in
        for origin in words(text) {
            let host = origin.firstRange(of: "://").map { origin[$0.upperBound...] } ?? ""
            guard EndpointRule(allowsLoopback: true).allows(origin), !host.contains("/"),
                !host.contains("?"), origin == origin.lowercased()
            else {
                throw SettingRule(
                    "must be origins such as https://app.example.org; got '\(origin)'"
                )
            }
        }
        return words(text)
    }

    private static func words(_ text: String) -> [String] {
        text.split { $0 == " " || $0 == "," }.map(String.init)
    }
}
