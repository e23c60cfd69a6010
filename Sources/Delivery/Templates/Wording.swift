import Domain

/// The words of one mail in one language; mustache tags name the mail's values.
struct Wording: Sendable {
    var subject: String
    /// What stands before the link.
    var opening: [String]
    var action: Action?
    /// What stands after it.
    var closing: [String]
    /// The last line, shown alone and as it is: a code to type where no link can be opened.
    var code: String?

    /// The one thing that the mail asks to do.
    struct Action: Sendable {
        var label: String
        /// Behind the base of links.
        ///
        /// Tokens stand behind the `#`, where no server logs them.
        var path: String
    }

    /// Every text of the wording.
    var texts: [String] {
        [subject] + opening + closing + [action?.label, action?.path, code].compactMap { $0 }
    }

    static func of(_ template: Mail.Template, in language: Mail.Language) -> Wording {
        switch language {
        case .english: english(template)
        case .arabic: arabic(template)
        }
    }
}

extension Mail.Template {
    /// The values that the words of a template may name.
    var valueNames: Set<String> {
        let own: Set<String> =
            switch self {
            case .verification, .passwordReset: ["token", "expires_at"]
            case .invitation: ["workspace", "inviter", "role", "token", "expires_at"]
            case .lockNotice: ["until"]
            case .budgetAlert:
                [
                    "workspace", "budget_scope", "budget_metric", "used", "hard", "since",
                    "percent",
                ]
            case .registeredAlready, .passwordChanged: []
            }
        return own.union(["name"])
    }
}
