import Console
import Terminal

/// The language of the console, and how it writes Arabic.
extension SettingRegistry {
    static let language = Setting(
        name: "console.language",
        summary: "Language of the console: en, ar, or auto for that of the locale",
        example: "ar",
        standard: { _ in "auto" },
        parse: SettingParser.language
    )
    static let arabicShaping = Setting(
        name: "console.arabic",
        summary: "Who orders and joins Arabic letters: joined, terminal, logical, or auto",
        example: "joined",
        standard: { _ in "auto" },
        parse: SettingParser.arabicShaping
    )
}

extension SettingParser {
    /// A language, nil for that of the locale.
    static let language: Parse<Language?> = { text throws(SettingRule) in
        try choice(text, of: Language.self)
    }

    /// Who joins letters, nil for what suits the terminal.
    static let arabicShaping: Parse<ArabicShaping?> = { text throws(SettingRule) in
        try choice(text, of: ArabicShaping.self)
    }

    private static func choice<Value: CaseIterable & RawRepresentable<String>>(
        _ text: String,
        of type: Value.Type
    ) throws(SettingRule) -> Value? {
        if text == "auto" { return nil }
        guard let value = type.allCases.first(where: { $0.rawValue == text }) else {
            let names = ["auto"] + type.allCases.map(\.rawValue)
            throw SettingRule("must be one of \(names.joined(separator: ", ")); got '\(text)'")
        }
        return value
    }
}

extension ViewSettings {
    /// The tongue of the console on a terminal.
    func tongue(isUTF8: Bool, environment: [String: String]) -> Tongue {
        let language = language ?? Language(environment: environment)
        let shaping = arabicShaping ?? ArabicShaping(environment: environment)
        // Without UTF-8 there are no Arabic letters to speak it with.
        return (isUTF8 ? language : .english).tongue(shaping)
    }
}
