import Domain
import Storage

/// A mail with a link in it: the token, its row and the mail, and the pause before the next one.
struct LinkMail {
    private let environment: Environment
    private let kind: LinkKind

    init(_ environment: Environment, _ kind: LinkKind) {
        self.environment = environment
        self.kind = kind
    }

    /// The statements that make older links void and send a new one.
    ///
    /// Nobody is sent none, and a mail that comes too soon is not sent either. All of it costs the
    /// same. `person` is who is to get the link, nil for nobody. One that is not asked for costs
    /// the same too, and holds back none that is.
    func statements(
        to person: Credentials?,
        at address: EmailAddress,
        isAsked: Bool = true,
        in scope: Scope
    ) throws -> [Statement] {
        let brake = isAsked ? kind.rawValue : "none"
        let isDue = try MailBrake.takes(brake, to: address, in: scope)
        let wanted = isDue && isAsked && person != nil
        let token = URLToken()
        let expiry = scope.clock.now().advanced(by: kind.life)
        let mail = Mail(
            kind == .verify ? .verification : .passwordReset,
            to: try person.map { try EmailAddress($0.email) } ?? address,
            in: person?.language ?? .english,
            values: [
                "name": person?.name ?? "", "token": token.text,
                "expires_at": expiry.rfc3339,
            ]
        )
        let user = wanted ? person?.user : nil
        return LinkStore.replace(with: token.hash, kind: kind, of: user, expiresAt: expiry)
            + [try Outbox(environment).queue(mail, wanted: wanted)]
    }
}

/// Keeps a form that anybody may send from filling somebody's mailbox.
enum MailBrake {
    /// Whether a mail of this kind may go to an address now; if so, the next must wait.
    static func takes(_ kind: String, to address: EmailAddress, in scope: Scope) throws -> Bool {
        let key = SignInTry.key("mail-\(kind)", [address.normalized])
        let stored = try SignInCountStore.lock([key], in: scope)
        let next = MailPause.sending(stored[key] ?? SignInCount(), at: scope.clock.now())
        // Written either way: the two take the same time.
        let count = next ?? stored[key] ?? SignInCount()
        _ = try scope.change(SignInCountStore.save([key: count]))
        return next != nil
    }
}
