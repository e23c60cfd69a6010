import Domain
import Storage

/// The line that a change of a member leaves in the trail and in the feed; no name, no mail.
struct MemberTrail {
    let scope: Scope
    let member: Member

    func record(
        _ action: String,
        _ operation: AuditEntry.Operation,
        changes: Changes
    ) -> Statement {
        let entry = AuditEntry(
            action: action,
            operation: operation,
            resourceType: "member",
            resourceID: member.user.description,
            requestID: nil,
            changes: changes.canonical
        )
        let event = TenantEvent(
            action,
            data: .object([
                "user": .string(member.user.description),
                "role": .string(member.role.name),
                "status": .string(member.status.rawValue),
            ])
        )
        return scope.record(entry, event: event)
    }

    /// The line of somebody who joined.
    var added: Statement {
        var changes = Changes()
        changes.note("role", from: .null, to: .string(member.role.name))
        return record("member.added", .create, changes: changes)
    }
}
