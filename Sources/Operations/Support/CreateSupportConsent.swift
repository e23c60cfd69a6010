package import Domain
import Storage

/// Lets support write in the workspace for some hours: whoever has the token may.
package struct CreateSupportConsent: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Returns: The consent and its token, which nobody can show again.
    /// - Throws: `permission_denied` for anybody but an owner.
    package func callAsFunction(
        _ request: ConsentRequest,
        by caller: TenantCaller
    ) async throws -> GivenConsent {
        try await environment.database.write(.tenant(caller, .ownerManage)) { scope in
            _ = try TenantStore(scope).lock()
            let id = scope.newID(SupportConsent.self)
            let token = ConsentToken(consent: id)
            let rows = try scope.batch([
                ConsentStore.insert(
                    id,
                    tenant: caller.tenant,
                    by: caller.caller.user,
                    tokenHash: token.hash,
                    request
                ),
                ConsentStore.find(id, in: caller.tenant),
            ])
            guard let row = rows[1].first else {
                throw DomainError(.internal, .internalError, "The consent was not made.")
            }
            let consent = try ConsentStore.consent(row)
            _ = try scope.last([ConsentTrail(scope: scope, consent: consent).given()])
            return GivenConsent(consent: consent, token: token.text)
        }
    }
}

/// The lines that a consent leaves in the tenant's trail and feed.
struct ConsentTrail {
    let scope: Scope
    let consent: SupportConsent

    func given() -> Statement {
        var changes = Changes()
        changes.note("expires_at", from: .null, to: .string(consent.expiresAt.rfc3339))
        changes.note("personal_data", from: .null, to: .bool(consent.allowsPersonalData))
        changes.note("note", from: .null, to: consent.note.map(JSONValue.string) ?? .null)
        return record("support.consent_given", .create, changes)
    }

    func revoked(sessionsEnded: Int) -> Statement {
        var changes = Changes()
        changes.note("sessions_ended", from: .null, to: .integer(Int64(sessionsEnded)))
        return record("support.consent_revoked", .delete, changes)
    }

    private func record(
        _ action: String,
        _ operation: AuditEntry.Operation,
        _ changes: Changes
    ) -> Statement {
        let entry = AuditEntry(
            action: action,
            operation: operation,
            resourceType: "support_consent",
            resourceID: consent.id.description,
            requestID: nil,
            changes: changes.canonical
        )
        let data = JSONValue.object(["id": .string(consent.id.description)])
        return scope.record(entry, event: TenantEvent(action, data: data, visibility: .admins))
    }
}
