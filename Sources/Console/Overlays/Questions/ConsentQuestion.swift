import Domain

/// What owners are asked before support may do more or less, and the showing of a token.
enum ConsentQuestion: Question {
    case standing(TenantRef, Bool)
    case revoke(TenantRef, SupportConsent)
    case copyToken(String)

    var tenant: TenantRef? {
        switch self {
        case .standing(let tenant, _), .revoke(let tenant, _): tenant
        case .copyToken: nil
        }
    }

    func ask(reason _: String) -> Ask? {
        switch self {
        case .standing(let tenant, let isOn): .tenant(.consents(.standing(isOn)), tenant)
        case .revoke(let tenant, let consent): .tenant(.consents(.revoke(consent.id)), tenant)
        case .copyToken: nil
        }
    }

    /// Only taking it away can be taken back without the slug being typed.
    func takeBack(after _: ConsoleAnswer) -> TakeBack? {
        guard case .standing(let tenant, true) = self else { return nil }
        return TakeBack(
            "Let support only read in \(tenant.name)",
            .tenant(.consents(.standing(false)), tenant)
        )
    }

    func done(_ answer: ConsoleAnswer, in console: inout Console) -> [Effect] {
        if case .copyToken = self { return [] }
        guard case .directory(let outcome) = answer else {
            return console.reload(isExplicit: true)
        }
        return console.takeDone(outcome, takeBack: takeBack(after: answer), in: tenant)
    }
}
