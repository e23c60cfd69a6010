package import Terminal

/// A language that the console speaks.
package enum Language: String, Sendable, Hashable, CaseIterable {
    case english = "en"
    case arabic = "ar"

    /// The language of the locale; English when the console does not speak that one.
    package init(environment: [String: String]) {
        let names = ["LC_ALL", "LC_MESSAGES", "LANG"]
        let locale = names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        let code = locale.prefix { $0 != "_" && $0 != "." && $0 != "@" }
        self = Language(rawValue: String(code)) ?? .english
    }

    /// The language as drawings take it.
    ///
    /// English needs no words and loads none.
    package func tongue(_ shaping: ArabicShaping) -> Tongue {
        switch self {
        case .english: Tongue(shaping: shaping)
        case .arabic: Tongue(.arabic, shaping: shaping)
        }
    }
}
