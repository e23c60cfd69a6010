import Domain
import Storage

/// Another name or language for a person, whoever asks for it.
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
        guard !changes.isEmpty else { return account }
        account.version += 1
        let trail = AccountTrail(scope: scope, user: user)
        _ = try scope.last([
            AccountStore.update(user, edit), trail.record("user.updated", changes: changes),
        ])
        return account
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
