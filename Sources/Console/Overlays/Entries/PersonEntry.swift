import Domain

/// What is filled in about a person of the platform or their role on it.
enum PersonEntry: Entry {
    case account(Account)
    case grant
    /// Who sits at the console.
    case own(OwnProfile)

    var tenant: TenantRef? { nil }

    func order(
        _ values: FormValues,
        of form: FormOverlay,
        now: Instant
    ) throws(DomainError) -> FormOverlay.Order {
        switch self {
        case .account(let account):
            let edit = try AccountEdit(name: values["name"], locale: values["locale"])
            return .ask(.platform(.people(.update(account.id, edit, version: account.version))))
        case .own(let profile):
            let edit = try AccountEdit(
                name: values["name"],
                locale: nil,
                timeZone: values["time_zone"].trimmed
            )
            return .ask(.platform(.people(.changeOwn(edit, version: profile.version))))
        case .grant:
            let grant = try Self.grant(values, now: now)
            if case .grant(let wanted, let address) = grant, wanted.role == .superAdmin {
                return .confirm(.grantSuperAdmin(grant, to: address, from: form))
            }
            return .ask(.platform(.people(grant)))
        }
    }

    private static func grant(
        _ values: FormValues,
        now: Instant
    ) throws(DomainError) -> PeopleRequest {
        var problems = FieldProblems()
        let address = problems.collect { () throws(DomainError) in
            guard let address = try? EmailAddress(values["user"].trimmed) else {
                throw .invalid("user", "must be a mail address such as ada@example.org")
            }
            return address
        }
        let role = problems.collect { () throws(DomainError) in
            guard let role = PlatformRole(rawValue: values["role"]) else {
                throw .invalid("role", "must be chosen")
            }
            return role
        }
        let end = problems.collect { () throws(DomainError) in
            try Self.end(values["hours"], now: now)
        }
        let reason = problems.collect { () throws(DomainError) in
            try Validation.text(values["reason"], field: "reason", length: 3...500)
        }
        guard let address, let role, let end, let reason else { throw .invalid(problems.list) }
        let wanted = try NewPlatformGrant(role: role, expiresAt: end, reason: reason, now: now)
        return .grant(wanted, to: address.description)
    }

    private static func end(_ text: String, now: Instant) throws(DomainError) -> Instant? {
        guard let text = text.nonBlank else { return nil }
        guard let hours = Int64(text.trimmed), (1...8_784).contains(hours) else {
            throw .invalid("hours", "must be 1 to 8784, or empty")
        }
        return now.advanced(by: .seconds(hours * 3_600))
    }

    func done(
        _ answer: ConsoleAnswer,
        _: FormValues,
        in console: inout Console
    ) -> [Effect] {
        guard case .directory(let outcome) = answer else {
            return console.reload(isExplicit: true)
        }
        if case .own(let profile) = outcome {
            console.take(profile)
            console.tell("You are \(profile.name) now.", takeBack(after: outcome), in: nil)
            return console.reload(isExplicit: true)
        }
        return console.takeDone(outcome, takeBack: takeBack(after: outcome))
    }

    private func takeBack(after answer: PeopleAnswer) -> TakeBack? {
        switch (self, answer) {
        case (.account(let old), .account(let changed)):
            guard let edit = try? AccountEdit(name: old.user.name, locale: old.locale) else {
                return nil
            }
            return TakeBack(
                "Change \(old.user.name) back",
                .platform(.people(.update(old.id, edit, version: changed.version)))
            )
        case (.own(let old), .own(let changed)):
            let edit = try? AccountEdit(name: old.name, locale: nil, timeZone: old.timeZone ?? "")
            return edit.map { edit in
                TakeBack(
                    "Change yourself back",
                    .platform(.people(.changeOwn(edit, version: changed.version)))
                )
            }
        case (.grant, .grant(let grant)):
            let revoke = PeopleRequest.revoke(
                grant.role,
                of: grant.user.id,
                reason: "undo of the grant"
            )
            return TakeBack(
                "\(grant.user.name) is no \(grant.role.rawValue) any more",
                .platform(.people(revoke))
            )
        default: return nil
        }
    }

    func source(of field: String) -> ChoiceSource? {
        switch (self, field) {
        case (.grant, "user"): .accounts
        case (.own, "time_zone"): .timeZones
        default: nil
        }
    }
}
