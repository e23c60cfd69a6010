package import Domain
import Storage

/// Ends an API key for good, on its very next request; the row stays for the trail.
package struct RevokeAPIKey: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: the key's.
    ///   - reason: why, for the trail.
    ///   - caller: somebody who may manage keys, or made this one.
    /// - Returns: The key; one that was revoked before as it was, and nothing is recorded.
    /// - Throws: Not found; a validation error for the reason.
    package func callAsFunction(
        _ id: APIKeyID,
        reason: String? = nil,
        by caller: TenantCaller
    ) async throws -> APIKey {
        let reason = try Validation.reason(reason)
        let key = try await revoke(id, reason, by: caller)
        environment.keys.forget(id, in: caller.tenant)
        return key
    }

    private func revoke(
        _ id: APIKeyID,
        _ reason: String?,
        by caller: TenantCaller
    ) async throws -> APIKey {
        try await environment.database.write(.tenant(caller, .apikeyManage)) { scope in
            let shelf = KeyShelf(scope: scope)
            let before = try shelf.locked(id)
            guard before.status == .active else { return before }
            let key = try shelf.changed(APIKeyStore.revoke(id, in: scope.tenant))
            var changes = Changes()
            changes.note("status", from: .string("active"), to: .string("revoked"))
            changes.note("reason", from: .null, to: reason.map(JSONValue.string) ?? .null)
            _ = try scope.last([
                QuotaStore.give(.apiKeys, of: scope.tenant),
                KeyTrail(scope: scope, key: key).record(
                    "apikey.revoked",
                    .delete,
                    changes: changes
                ),
            ])
            return key
        }
    }
}
