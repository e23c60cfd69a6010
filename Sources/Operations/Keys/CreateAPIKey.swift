package import Domain
import Storage

/// Makes an API key; its text leaves here once and is stored nowhere.
package struct CreateAPIKey: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - name: what people call it.
    ///   - scopes: names of permissions that the caller holds.
    ///   - expiresAt: when it ends; nil for never.
    ///   - ratePerMinute: its own limit; nil for the usual one.
    ///   - caller: somebody who may make keys, for whom the key will act.
    /// - Returns: The key and its text, which is shown once.
    /// - Throws: `grant_exceeds_own` for a scope that the caller lacks, `plan_limit_reached`.
    package func callAsFunction(
        name: String,
        scopes: [String],
        expiresAt: Instant? = nil,
        ratePerMinute: Int? = nil,
        by caller: TenantCaller
    ) async throws -> IssuedAPIKey {
        let new = try NewAPIKey(
            name: name,
            scopes: scopes,
            expiresAt: expiresAt,
            ratePerMinute: ratePerMinute,
            now: environment.database.clock.now()
        )
        return try await environment.database.write(.tenant(caller, .apikeyManage)) { scope in
            let grantable = try scope.query(APIKeyStore.grantable)
            try Self.require(new.scopes, in: Set(grantable.compactMap(APIKeyStore.permission)))
            _ = try scope.query(QuotaStore.take(.apiKeys, of: scope.tenant))
            let id = scope.newID(APIKey.self)
            let text = APIKeyText(tenant: try scope.tenant, key: id)
            let key = try KeyShelf(scope: scope).changed(
                APIKeyStore.insert(
                    new,
                    id: id,
                    secretHash: text.hash,
                    by: caller.caller.user,
                    in: scope.tenant
                )
            )
            _ = try scope.last([
                KeyTrail(scope: scope, key: key).record(
                    "apikey.created",
                    .create,
                    changes: Self.changes(new)
                )
            ])
            return IssuedAPIKey(key: key, text: text.text)
        }
    }

    private static func require(_ wanted: [Permission], in own: Set<Permission>) throws {
        let beyond = wanted.filter { !own.contains($0) }
        guard beyond.isEmpty else {
            let list = beyond.map(\.description).joined(separator: ", ")
            throw DomainError(
                .forbidden,
                .grantExceedsOwn,
                "You cannot give a key what you do not hold yourself: \(list).",
                hint: "Leave it out, or ask somebody who holds it to make the key."
            )
        }
    }

    private static func changes(_ new: NewAPIKey) -> Changes {
        var changes = Changes()
        let scopes = new.scopes.map { JSONValue.string($0.description) }
        changes.note("name", from: .null, to: .string(new.name))
        changes.note("scopes", from: .null, to: .array(scopes))
        changes.note(
            "expires_at",
            from: .null,
            to: new.expiresAt.map { .string($0.rfc3339) } ?? .null
        )
        return changes
    }
}
