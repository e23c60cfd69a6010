import Domain
import Storage

/// The lines that a support session leaves in both trails and in the tenant's feed.
struct SupportTrail {
    let scope: Scope
    let session: SupportSession

    func opened() -> [Statement] {
        var changes = Changes()
        changes.note("mode", from: .null, to: .string(session.mode.rawValue))
        changes.note("reason", from: .null, to: .string(session.reason))
        changes.note("ticket", from: .null, to: session.ticket.map(JSONValue.string) ?? .null)
        changes.note(
            "consent",
            from: .null,
            to: session.consent.map { .string($0.description) } ?? .null
        )
        changes.note("expires_at", from: .null, to: .string(session.expiresAt.rfc3339))
        return record("support.opened", .create, changes)
    }

    func ended() -> [Statement] {
        record("support.ended", .update, Changes())
    }

    private func record(
        _ action: String,
        _ operation: AuditEntry.Operation,
        _ changes: Changes
    ) -> [Statement] {
        let entry = AuditEntry(
            action: action,
            operation: operation,
            resourceType: "support_session",
            resourceID: session.id.description,
            requestID: nil,
            changes: changes.canonical
        )
        let event = TenantEvent(
            action,
            data: .object([
                "id": .string(session.id.description), "mode": .string(session.mode.rawValue),
            ]),
            visibility: .admins
        )
        return [scope.record(entry, event: event), scope.recordPlatform(entry)]
    }
}
