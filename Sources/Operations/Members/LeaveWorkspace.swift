package import Domain
import Storage

/// Gives up one's own place in the workspace.
package struct LeaveWorkspace: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `last_owner`; `permission_denied` in a support session, which is no place.
    package func callAsFunction(by caller: TenantCaller) async throws {
        guard caller.supportSession == nil else { throw Refusals.permissionDenied }
        try await environment.database.write(.tenant(caller, .workspaceRead)) { scope in
            let ledger = MemberLedger(scope)
            var member = try ledger.lock(caller.caller.user).present(caller.caller.user)
            let statements = try ledger.leave(member)
            var changes = Changes()
            changes.note("status", from: .string(member.status.rawValue), to: .string("removed"))
            member.status = .removed
            let line = MemberTrail(scope: scope, member: member)
                .record("member.left", .delete, changes: changes)
            _ = try scope.last(statements + [line])
        }
    }
}
