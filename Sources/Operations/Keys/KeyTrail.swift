import Domain
import Storage

/// The line that a change of a key leaves in the trail and in the feed: never its secret.
struct KeyTrail {
    let scope: Scope
    let key: APIKey

    func record(
        _ action: String,
        _ operation: AuditEntry.Operation,
        changes: Changes
    ) -> Statement {
        let entry = AuditEntry(
            action: action,
            operation: operation,
            resourceType: "api_key",
            resourceID: key.id.description,
            requestID: nil,
            changes: changes.canonical
        )
        let event = TenantEvent(
            action,
            data: .object(["id": .string(key.id.description), "name": .string(key.name)]),
            visibility: .admins
        )
        return scope.record(entry, event: event)
    }
}

/// The keys that a change is about.
struct KeyShelf {
    let scope: Scope

    /// The key, locked, for a caller who may touch it: members touch their own only, and one of
    /// somebody else is to them as if there were none.
    func locked(_ id: APIKeyID) throws -> APIKey {
        let rows = try scope.query(APIKeyStore.lock(id, in: try scope.tenant))
        guard let key = try rows.first.map(APIKeyStore.key),
            try scope.authorization().grant != .own || key.createdBy == scope.access.context.user
        else { throw DomainError.notFound("API key", id.description) }
        return key
    }

    /// The same, refusing one that was revoked.
    func active(_ id: APIKeyID) throws -> APIKey {
        let key = try locked(id)
        guard key.status == .active else {
            throw DomainError(
                .conflict,
                .invalidTransition,
                "The API key \"\(key.name)\" was revoked.",
                hint: "Make a new one."
            )
        }
        return key
    }

    /// The same, for its maker alone: a key acts for them, so nobody else may have its secret.
    func own(_ id: APIKeyID) throws -> APIKey {
        let key = try active(id)
        guard key.createdBy == scope.access.context.user else {
            throw DomainError(
                .forbidden,
                .permissionDenied,
                "Only who made a key can give it another secret, end or rate.",
                hint: "Revoke it, and make one of your own."
            )
        }
        return key
    }

    /// The row that a statement returns.
    func changed(_ statement: Statement) throws -> APIKey {
        guard let row = try scope.query(statement).first else {
            throw DomainError(.internal, .internalError, "The API key was not stored.")
        }
        return try APIKeyStore.key(row)
    }
}
