/// Why the settings cannot be used: one sentence, and what to do.
struct SettingProblem: Error, Equatable {
    let sentence: String
    let hint: String?

    init(_ sentence: String, hint: String? = nil) {
        self.sentence = sentence
        self.hint = hint
    }

    /// A value that breaks its rule.
    init(_ setting: any SettingDescription, from source: SettingSource, _ rule: SettingRule) {
        self.init(
            "Setting \(setting.name) (\(source.place(of: setting))) \(rule.phrase).",
            hint: "For example: \(setting.example)"
        )
    }

    /// A name that no setting has.
    init(unknown name: String, in place: String, known: [String]) {
        self.init(
            "There is no setting \(name) (in \(place)).",
            hint: NearestName.hint(for: name, among: known) ?? "See: ghostworks settings"
        )
    }
}

/// Where a value came from.
enum SettingSource: Hashable, Sendable {
    case option(String)
    case environment
    case file(String)
    case standard

    /// The word for the table of settings.
    var word: String {
        switch self {
        case .option(let name): name
        case .environment: "environment"
        case .file(let path): path
        case .standard: "default"
        }
    }

    /// Where to look for the value that is wrong.
    func place(of setting: any SettingDescription) -> String {
        switch self {
        case .option(let name): "option \(name)"
        case .environment: "\(setting.environmentName) in the environment"
        case .file(let path): path
        case .standard: "default"
        }
    }
}
