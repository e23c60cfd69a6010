import Domain
import Storage

/// The lines that a change of a tenant leaves: in its own trail and feed, and in the platform's.
struct TenantTrail {
    let scope: Scope
    let tenant: TenantID

    /// The two statements, tenant first: the order in which heads are locked.
    func record(
        _ action: String,
        _ operation: AuditEntry.Operation = .update,
        changes: Changes,
        event data: JSONValue = .object([:])
    ) -> [Statement] {
        let entry = AuditEntry(
            action: action,
            operation: operation,
            resourceType: "tenant",
            resourceID: tenant.description,
            requestID: nil,
            changes: changes.canonical
        )
        return [
            scope.record(entry, event: TenantEvent(action, data: data, visibility: .admins)),
            scope.recordPlatform(entry),
        ]
    }
}
