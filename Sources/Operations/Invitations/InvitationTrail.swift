import Domain
import Storage

/// The line that a change of an invitation leaves in the trail and in the feed; no mail address.
struct InvitationTrail {
    let scope: Scope
    let id: InvitationID

    func record(
        _ action: String,
        _ operation: AuditEntry.Operation,
        changes: Changes = Changes()
    ) -> Statement {
        let entry = AuditEntry(
            action: action,
            operation: operation,
            resourceType: "invitation",
            resourceID: id.description,
            requestID: nil,
            changes: changes.canonical
        )
        let event = TenantEvent(
            action,
            data: .object(["id": .string(id.description)]),
            visibility: .admins
        )
        return scope.record(entry, event: event)
    }

    /// The line of an invitation that went from one status to another.
    func settled(_ status: InvitationStatus) -> Statement {
        var changes = Changes()
        changes.note(
            "status",
            from: .string(InvitationStatus.pending.rawValue),
            to: .string(status.rawValue)
        )
        return record("invitation.\(status.rawValue)", .update, changes: changes)
    }

    /// Ends the pending invitation of somebody who becomes a member in another way, and frees its
    /// seat; the lines for the trail.
    static func endPending(of email: EmailAddress, _ scope: Scope) throws -> [Statement] {
        let ledger = InvitationLedger(scope)
        guard let id = try ledger.pending(email) else { return [] }
        _ = try scope.batch(ledger.settle(id, as: .revoked))
        return [InvitationTrail(scope: scope, id: id).settled(.revoked)]
    }

    /// Ends what operators offered; the lines for the trail.
    static func revokeSupport(_ scope: Scope) throws -> [Statement] {
        try MemberLedger(scope).lockUnguarded()
        return try InvitationLedger(scope).revokeSupport().map {
            InvitationTrail(scope: scope, id: $0).settled(.revoked)
        }
    }
}
