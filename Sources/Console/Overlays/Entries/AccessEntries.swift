import Domain

/// The reason for which an operator enters a tenant.
struct SupportEntry: Entry {
    let place: TenantRef
    let destination: Destination

    var tenant: TenantRef? { nil }

    func order(
        _ values: FormValues,
        of _: FormOverlay,
        now _: Instant
    ) throws(DomainError) -> FormOverlay.Order {
        let (minutes, reason) = try values.minutesAndReason(atMost: SupportRequest.longestMinutes)
        let request = try SupportRequest(
            reason: reason,
            ticket: values["ticket"].nonBlank,
            mode: AccessMode(rawValue: values["mode"]) ?? .readOnly,
            minutes: minutes,
            consentToken: values["consent_token"].nonBlank
        )
        return .ask(.platform(.openSupport(place.id, request)))
    }

    func done(
        _ answer: ConsoleAnswer,
        _: FormValues,
        in console: inout Console
    ) -> [Effect] {
        guard case .supportSession(let session) = answer else {
            return console.reload(isExplicit: true)
        }
        let effects = console.enter(session, then: destination)
        console.unpark()
        return effects
    }
}

/// The reason for which the console may write.
struct ElevationEntry: Entry {
    var tenant: TenantRef? { nil }

    func order(
        _ values: FormValues,
        of _: FormOverlay,
        now _: Instant
    ) throws(DomainError) -> FormOverlay.Order {
        let (minutes, reason) = try values.minutesAndReason(atMost: 60)
        return .elevate(minutes: minutes, reason: reason)
    }

    func done(_: ConsoleAnswer, _: FormValues, in console: inout Console) -> [Effect] {
        console.reload(isExplicit: true)
    }
}

/// What an owner gives support.
struct ConsentEntry: Entry {
    let place: TenantRef

    var tenant: TenantRef? { place }

    func order(
        _ values: FormValues,
        of _: FormOverlay,
        now _: Instant
    ) throws(DomainError) -> FormOverlay.Order {
        guard let hours = Int(values["hours"].trimmed) else {
            throw .invalid("hours", "must be 1 to 168")
        }
        let request = try ConsentRequest(
            hours: hours,
            note: values["note"].nonBlank,
            allowsPersonalData: values["personal_data"] == "yes"
        )
        return .ask(.tenant(.consents(.give(request)), place))
    }

    func done(
        _ answer: ConsoleAnswer,
        _: FormValues,
        in console: inout Console
    ) -> [Effect] {
        guard case .directory(let outcome) = answer else {
            return console.reload(isExplicit: true)
        }
        return console.takeDone(outcome)
    }
}
