import Domain

/// What is asked before an API key ends, and the showing of a new one.
enum KeyQuestion: Question {
    case revoke(TenantRef, APIKey)
    case copy(IssuedAPIKey)

    var tenant: TenantRef? {
        if case .revoke(let tenant, _) = self { tenant } else { nil }
    }

    func ask(reason: String) -> Ask? {
        guard case .revoke(let tenant, let key) = self else { return nil }
        return .tenant(.keys(.revoke(key.id, reason: reason)), tenant)
    }

    func done(_ answer: ConsoleAnswer, in console: inout Console) -> [Effect] {
        guard case .revoke(_, let key) = self else { return [] }
        console.toast("Revoked the key \(key.name).", .success)
        return console.settleAfterWrite(answer)
    }
}
