package import Domain
import Storage

/// Takes a member's place in the workspace away; trails and histories keep the name.
package struct RemoveMember: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - user: Who is to go.
    ///   - reason: Why, for the trail.
    ///   - caller: Needs `member.remove`.
    /// - Throws: `not_found`, `rank_violation`, `last_owner`.
    package func callAsFunction(
        _ user: UserID,
        reason: String? = nil,
        by caller: TenantCaller
    ) async throws {
        let reason = try Validation.reason(reason)
        try await environment.database.write(.tenant(caller, .memberRemove)) { scope in
            let ledger = MemberLedger(scope)
            let standing = try ledger.lock(user)
            var member = try standing.present(user)
            try MemberRules.check(standing.authorization, target: member.role, role: nil)
            let statements = try ledger.leave(member)
            var changes = Changes()
            changes.note("status", from: .string(member.status.rawValue), to: .string("removed"))
            changes.note("reason", from: .null, to: reason.map(JSONValue.string) ?? .null)
            member.status = .removed
            let line = MemberTrail(scope: scope, member: member).record(
                "member.removed",
                .delete,
                changes: changes
            )
            _ = try scope.last(statements + [line])
        }
    }
}
