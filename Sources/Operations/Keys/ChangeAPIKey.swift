package import Domain
import Storage

/// Gives an API key another name, rate limit or end; secret and scopes stay.
package struct ChangeAPIKey: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: the key's.
    ///   - edit: what is to be different.
    ///   - version: the version that the caller saw; nil for any.
    ///   - caller: somebody who may manage keys; end and rate are for who made it.
    /// - Returns: The key as changed.
    /// - Throws: Not found, `invalid_transition` for a revoked one, `version_conflict`.
    package func callAsFunction(
        _ id: APIKeyID,
        _ edit: APIKeyEdit,
        version: Int64? = nil,
        by caller: TenantCaller
    ) async throws -> APIKey {
        if let end = edit.expiresAt.value, end <= environment.database.clock.now() {
            throw DomainError.invalid("expires_at", "must be in the future")
        }
        let key = try await change(id, edit, version, by: caller)
        environment.keys.forget(id, in: caller.tenant)
        return key
    }

    private func change(
        _ id: APIKeyID,
        _ edit: APIKeyEdit,
        _ version: Int64?,
        by caller: TenantCaller
    ) async throws -> APIKey {
        try await environment.database.write(.tenant(caller, .apikeyManage)) { scope in
            let shelf = KeyShelf(scope: scope)
            let prolongs = edit.expiresAt != .none || edit.ratePerMinute != .none
            let before = try prolongs ? shelf.own(id) : shelf.active(id)
            if let version, version != before.version { throw Self.conflict(before, version) }
            let after = try shelf.changed(APIKeyStore.update(id, edit, in: scope.tenant))
            _ = try scope.last([
                KeyTrail(scope: scope, key: after).record(
                    "apikey.changed",
                    .update,
                    changes: Self.changes(from: before, to: after)
                )
            ])
            return after
        }
    }

    private static func changes(from old: APIKey, to new: APIKey) -> Changes {
        func end(_ key: APIKey) -> JSONValue {
            key.expiresAt.map { .string($0.rfc3339) } ?? .null
        }
        func rate(_ key: APIKey) -> JSONValue {
            key.ratePerMinute.map { .integer(Int64($0)) } ?? .null
        }
        var changes = Changes()
        changes.note("name", from: .string(old.name), to: .string(new.name))
        changes.note("expires_at", from: end(old), to: end(new))
        changes.note("rate_per_minute", from: rate(old), to: rate(new))
        return changes
    }

    private static func conflict(_ key: APIKey, _ expected: Int64) -> DomainError {
        DomainError(
            .precondition,
            .versionConflict,
            "The API key is at version \(key.version), not \(expected).",
            hint: "Look at it again before you change it."
        )
    }
}
