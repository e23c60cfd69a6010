package import Domain
import Storage

/// Gives an API key another secret; the old one may go on for a while, so that whoever uses it can
/// be changed over without a gap.
package struct RotateAPIKey: Sendable {
    private let environment: Environment

    /// The longest time for which two secrets are good: 30 days.
    package static let longestOverlap = Duration.seconds(30 * 86_400)

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: the key's.
    ///   - overlap: how long the old secret is good; one from an earlier rotation ends at once.
    ///   - caller: who made it.
    /// - Returns: The key and its new text, which is shown once.
    /// - Throws: Not found, `invalid_transition` for a revoked one, a validation error.
    package func callAsFunction(
        _ id: APIKeyID,
        overlap: Duration = .zero,
        by caller: TenantCaller
    ) async throws -> IssuedAPIKey {
        guard overlap >= .zero, overlap <= Self.longestOverlap else {
            throw DomainError.invalid("overlap_seconds", "must be 0 to 2592000 (30 days)")
        }
        return try await environment.database.write(.tenant(caller, .apikeyManage)) { scope in
            let shelf = KeyShelf(scope: scope)
            _ = try shelf.own(id)
            let text = APIKeyText(tenant: try scope.tenant, key: id)
            let key = try shelf.changed(
                APIKeyStore.rotate(
                    id,
                    secretHash: text.hash,
                    overlap: overlap.components.seconds,
                    in: scope.tenant
                )
            )
            var changes = Changes()
            changes.note(
                "previous_until",
                from: .null,
                to: key.previousUntil.map { .string($0.rfc3339) } ?? .null
            )
            _ = try scope.last([
                KeyTrail(scope: scope, key: key).record(
                    "apikey.rotated",
                    .update,
                    changes: changes
                )
            ])
            return IssuedAPIKey(key: key, text: text.text)
        }
    }
}
