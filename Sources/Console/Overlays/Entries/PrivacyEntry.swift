import Domain

/// What is filled in about personal data.
enum PrivacyEntry: Entry {
    case hold(TenantRef)
    case copyOf(Account)

    var tenant: TenantRef? {
        if case .hold(let tenant) = self { tenant } else { nil }
    }

    func order(
        _ values: FormValues,
        of _: FormOverlay,
        now _: Instant
    ) throws(DomainError) -> FormOverlay.Order {
        let reason = try Validation.text(values["reason"], field: "reason", length: 3...500)
        switch self {
        case .hold(let tenant):
            let hold = PrivacyRequest.hold(values["member"].nonBlank?.trimmed, reason: reason)
            return .ask(.tenant(.privacy(hold), tenant))
        case .copyOf(let account):
            return .ask(.platform(.personal(.ask(account.id, reason: reason))))
        }
    }

    func done(
        _ answer: ConsoleAnswer,
        _: FormValues,
        in console: inout Console
    ) -> [Effect] {
        guard case .hold(let tenant) = self, case .privacy(.hold(let hold)) = answer else {
            return console.tookPrivacy(answer)
        }
        console.tell(
            "Placed the hold; it forbids to erase from now on.",
            TakeBack("Lift the hold", .tenant(.privacy(.release(hold.id)), tenant)),
            in: tenant
        )
        let context = console.context
        console.trail.change { $0.note(answer, context) }
        return console.reload(isExplicit: true)
    }

    func source(of field: String) -> ChoiceSource? {
        guard case .hold(let tenant) = self, field == "member" else { return nil }
        return .members(tenant)
    }
}
