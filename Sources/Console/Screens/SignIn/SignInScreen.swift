import Domain
import Terminal

/// The sign-in: mail address and password, in front of everything else.
struct SignInScreen: Hashable, Sendable {
    /// Whether an earlier session is being looked for, so that nobody types in vain.
    var isResuming: Bool
    var message: String?
    private(set) var form: Form

    enum Step: Hashable {
        case none
        case leave
        case giveUp
        case signIn(email: String, password: String)
    }

    init(isResuming: Bool, message: String? = nil) {
        self.isResuming = isResuming
        self.message = message
        form = Self.form(email: "")
    }

    private static func form(email: String) -> Form {
        let mail = TextField(
            email,
            options: .init(limit: 254, placeholder: "ada@example.org")
        )
        let password = TextField(options: .init(limit: 1_000, isSecret: true))
        return Form([
            FormField(id: "email", label: "Mail", content: .text(mail)),
            FormField(id: "password", label: "Password", content: .text(password)),
        ])
    }

    mutating func press(_ key: KeyEvent, isWaiting: Bool) -> Step {
        if key == KeyEvent(.character("c"), .control) { return .leave }
        if isWaiting { return key == KeyEvent(.escape) ? .giveUp : .none }
        switch form.handle(key) {
        case .submitted: return submit()
        case .ignored, .changed, .cancelled: return .none
        }
    }

    mutating func paste(_ text: String) -> Bool { form.paste(text) }

    mutating func clearPassword() {
        form = Self.form(email: form.values["email"] ?? "")
        if form.values["email"] != "" { form.focus(on: "password") }
    }

    private mutating func submit() -> Step {
        let email = (form.values["email"] ?? "").trimmed
        let password = form.values["password"] ?? ""
        var errors: [String: SafeText] = [:]
        if email.isEmpty { errors["email"] = "needed" }
        if password.isEmpty { errors["password"] = "needed" }
        guard errors.isEmpty else {
            form.show(errors: errors)
            return .none
        }
        return .signIn(email: email, password: password)
    }
}
