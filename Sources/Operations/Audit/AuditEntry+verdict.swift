import Domain
import Storage

extension AuditEntry {
    /// What a verification leaves in the trail that it verified.
    init(_ verdict: ChainVerdict, in scope: Scope) {
        var changes = Changes()
        changes.note("checked", from: .null, to: .integer(verdict.checked))
        if let fault = verdict.fault {
            changes.note("fault", from: .null, to: .string(fault.kind.rawValue))
            changes.note("seq", from: .null, to: .integer(fault.seq))
        }
        self.init(
            action: "audit.verified",
            operation: .other,
            resourceType: "audit",
            resourceID: nil,
            outcome: verdict.fault == nil ? .success : .failed,
            requestID: scope.access.requestID,
            changes: changes.canonical
        )
    }
}
