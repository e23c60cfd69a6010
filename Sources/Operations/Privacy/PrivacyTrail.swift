import Domain
import Storage

/// The lines that requests about people's data leave in the trails; no name, no mail.
struct PrivacyTrail {
    let scope: Scope

    func request(
        _ action: String,
        _ request: DataRequest,
        reason: String? = nil
    ) -> AuditEntry {
        entry(
            action,
            resource: ("data_request", request.id.description),
            changes: [
                ("kind", .string(request.kind.rawValue)),
                ("subject", .string(request.subject.description)),
                ("status", .string(request.status.rawValue)),
            ] + (reason.map { [("reason", .string($0))] } ?? [])
        )
    }

    func person(_ action: String, _ subject: UserID, reason: String?) -> AuditEntry {
        entry(
            action,
            resource: ("user", subject.description),
            changes: reason.map { [("reason", .string($0))] } ?? []
        )
    }

    /// A member has left because the account behind them is erased.
    func left(_ subject: UserID) -> Statement {
        scope.record(
            person("member.erased", subject, reason: nil),
            event: TenantEvent(
                "member.erased",
                data: .object(["user": .string(subject.description)])
            )
        )
    }

    func entry(
        _ action: String,
        resource: (type: String, id: String),
        changes members: [(String, JSONValue)]
    ) -> AuditEntry {
        var changes = Changes()
        for (name, value) in members { changes.note(name, from: .null, to: value) }
        return AuditEntry(
            action: action,
            operation: .other,
            resourceType: resource.type,
            resourceID: resource.id,
            requestID: nil,
            changes: changes.canonical
        )
    }
}
