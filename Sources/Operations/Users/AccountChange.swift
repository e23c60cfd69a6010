import Domain
import Storage

/// Another name, language or time zone for a person, whoever asks for it.
struct AccountChange {
    let scope: Scope
    let user: UserID

    /// - Throws: `not_found`; `version_conflict` when `version` is given and not the present one.
    func callAsFunction(_ edit: AccountEdit, version: Int64?) throws -> Account {
        var account = try scope.lockAccount(user)
        try account.requireVersion(version)
        guard account.status != .erased else {
            throw DomainError.notFound("person", user.description)
        }
        // The trail keeps that the name changed, and not the names.
        var changes = Changes()
        if let name = edit.name, name != account.user.name {
            changes.note("name", from: .null, to: .string("changed"))
            account.user.name = name
        }
        if let locale = edit.locale {
            changes.note("locale", from: .string(account.locale), to: .string(locale))
            account.locale = locale
        }
        if let zone = edit.timeZone, zone != account.timeZone ?? "" {
            let wanted = zone.isEmpty ? nil : zone
            try requireZone(wanted)
            changes.note(
                "time_zone",
                from: account.timeZone.map { .string($0) } ?? .null,
                to: wanted.map { .string($0) } ?? .null
            )
            account.timeZone = wanted
        }
        guard !changes.isEmpty else { return account }
        account.version += 1
        let trail = AccountTrail(scope: scope, user: user)
        _ = try scope.last([
            AccountStore.update(user, edit), trail.record("user.updated", changes: changes),
        ])
        return account
    }

    private func requireZone(_ name: String?) throws {
        guard let name else { return }
        guard try scope.query(TimeZoneStore.find(name)).first != nil else {
            throw TimeZoneName.unknown
        }
    }
}

extension Account {
    fileprivate func requireVersion(_ expected: Int64?) throws(DomainError) {
        guard let expected, expected != version else { return }
        throw DomainError(
            .precondition,
            .versionConflict,
            "The person is at version \(version), not \(expected).",
            hint: "Look at it again before you change it."
        )
    }
}
