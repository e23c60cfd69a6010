/// A mail that is to be sent: which text, to whom, in which language, with which values.
package struct Mail: Hashable, Sendable {
    package var template: Template
    package var recipient: EmailAddress
    package var language: Language
    /// What the template's text names; may hold secrets such as links.
    package var values: [String: String]

    package init(
        _ template: Template,
        to recipient: EmailAddress,
        in language: Language = .english,
        values: [String: String]
    ) {
        self.template = template
        self.recipient = recipient
        self.language = language
        self.values = values
    }

    /// The texts there are.
    ///
    /// `values` of each: `name`, and those named here; times in RFC 3339.
    package enum Template: String, CaseIterable, Hashable, Sendable {
        /// `token`, `expires_at`
        case verification
        /// Somebody registered with an address that is known.
        case registeredAlready = "registered_already"
        /// `token`, `expires_at`
        case passwordReset = "password_reset"
        case passwordChanged = "password_changed"
        /// `workspace`, `inviter`, `role`, `token`, `expires_at`
        case invitation
        /// `until`
        case lockNotice = "lock_notice"
        /// `workspace`, `budget_scope`, `budget_metric`, `used`, `hard`, `since`; `percent` unless it
        /// is the soft limit.
        case budgetAlert = "budget_alert"
    }

    package enum Language: String, CaseIterable, Hashable, Sendable {
        case english = "en"
        case arabic = "ar"
    }
}
