import Domain
import Terminal

/// The sign-in: mail address and password, then perhaps a code, in front of everything else.
struct SignInScreen: Hashable, Sendable {
    /// Whether an earlier session is being looked for, so that nobody types in vain.
    var isResuming: Bool
    var message: String?
    private(set) var form: Form
    /// Stands for a password that was right, while a code is asked for.
    private(set) var token: String?

    enum Step: Hashable {
        case none
        case leave
        case giveUp
        case signIn(email: String, password: String)
        case verify(token: String, code: String)
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
        if key == KeyMove.wayOut { return .leave }
        if isWaiting { return key == KeyEvent(.escape) ? .giveUp : .none }
        if token != nil, key == KeyEvent(.escape) {
            token = nil
            message = nil
            form = Self.form(email: "")
            return .none
        }
        switch form.handle(key) {
        case .submitted: return submit()
        case .ignored, .changed, .cancelled: return .none
        }
    }

    mutating func paste(_ text: String) -> Bool { form.paste(text) }

    /// Takes the form as somebody filled it in elsewhere.
    mutating func fill(_ form: Form) { self.form = form }

    /// Empties what must not be kept in a recording.
    mutating func mask() { form.mask() }

    /// The password was right and does not suffice.
    mutating func askForCode(_ token: String) {
        self.token = token
        message = nil
        form = Self.codeForm
    }

    private static var codeForm: Form {
        let code = TextField(options: .init(limit: 64, placeholder: "six digits"))
        return Form([FormField(id: "code", label: "Code", content: .text(code))])
    }

    /// Takes away what was wrong, and keeps what need not be typed again.
    mutating func clearSecret() {
        guard token == nil else {
            form = Self.codeForm
            return
        }
        form = Self.form(email: form.values["email"] ?? "")
        if form.values["email"] != "" { form.focus(on: "password") }
    }

    private mutating func submit() -> Step {
        if let token {
            let code = (form.values["code"] ?? "").trimmed
            guard code.isEmpty else { return .verify(token: token, code: code) }
            form.show(errors: ["code": "needed"])
            return .none
        }
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
