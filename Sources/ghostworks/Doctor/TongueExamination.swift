import Console
import Terminal

/// Looks at the language of the console and at how Arabic reaches the terminal.
struct TongueExamination {
    private let view: ViewSettings
    private let environment: [String: String]

    init(_ view: ViewSettings, _ environment: [String: String]) {
        self.view = view
        self.environment = environment
    }

    var finding: Finding {
        let language = view.language ?? Language(environment: environment)
        let shaping = view.arabicShaping ?? ArabicShaping(environment: environment)
        return .ok("language", "\(language.rawValue); \(shaping.explanation)")
    }
}

extension ArabicShaping {
    /// What a value of `console.arabic` means.
    fileprivate var explanation: String {
        switch self {
        case .joined: "Arabic is ordered and joined here (console.arabic joined)"
        case .terminal:
            "Arabic is ordered here and joined by the terminal (console.arabic terminal)"
        case .logical, .plain: "the terminal orders and joins Arabic (console.arabic logical)"
        }
    }
}
