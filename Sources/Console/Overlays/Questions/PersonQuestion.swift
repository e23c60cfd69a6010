import Domain

/// What is asked before a person or their role on the platform changes.
enum PersonQuestion: Question {
    /// Disables, or enables who is disabled.
    case status(Account)
    case endSessions(Account)
    case revokeGrant(PlatformGrant)
    /// A role that rules the platform; backing out leads to the form again.
    case confirmGrant(PeopleRequest, FormOverlay)
    case erase(Account)

    var tenant: TenantRef? { nil }

    var holdsWork: Bool {
        if case .confirmGrant = self { true } else { false }
    }

    var form: FormOverlay? {
        if case .confirmGrant(_, let form) = self { form } else { nil }
    }

    func ask(reason: String) -> Ask? {
        switch self {
        case .status(let account):
            Self.turn(account, on: account.status != .active, reason: reason)
        case .endSessions(let account):
            .platform(.people(.endSessions(account.id, reason: reason)))
        case .revokeGrant(let grant):
            .platform(.people(.revoke(grant.role, of: grant.user.id, reason: reason)))
        case .confirmGrant(let grant, _): .platform(.people(grant))
        case .erase(let account): .platform(.personal(.erase(account.id, reason: reason)))
        }
    }

    func takeBack(after _: ConsoleAnswer) -> TakeBack? {
        guard case .status(let account) = self else { return nil }
        let wasActive = account.status == .active
        return TakeBack(
            "\(wasActive ? "Enable" : "Disable") \(account.user.name)",
            Self.turn(
                account,
                on: wasActive,
                reason: "undo of \(wasActive ? "disabling" : "enabling")"
            )
        )
    }

    private static func turn(_ account: Account, on isOn: Bool, reason: String) -> Ask {
        .platform(
            .people(
                isOn
                    ? .enable(account.id, reason: reason) : .disable(account.id, reason: reason)
            )
        )
    }

    func done(_ answer: ConsoleAnswer, in console: inout Console) -> [Effect] {
        if case .erase = self { return console.tookPrivacy(answer) }
        guard case .directory(let outcome) = answer else {
            return console.reload(isExplicit: true)
        }
        return console.takeDone(outcome, takeBack: takeBack(after: answer))
    }
}
