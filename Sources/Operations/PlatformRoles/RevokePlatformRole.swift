package import Domain
import Storage

/// Takes a role on the platform away; the person's support sessions end with it.
package struct RevokePlatformRole: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `last_super_admin`, `not_found` for a role that the person does not have.
    package func callAsFunction(
        _ role: PlatformRole,
        of user: UserID,
        reason: String,
        by caller: Caller
    ) async throws {
        let reason = try Validation.text(reason, field: "reason", length: 3...500)
        try await environment.database.write(.platform(caller, .platformRolesManage)) { scope in
            _ = try PlatformRoleStore.lock(in: scope)
            guard try scope.change(PlatformRoleStore.end(role, of: user)) == 1 else {
                throw DomainError(
                    .notFound,
                    .notFound,
                    "The person does not have the role \(role.rawValue) on the platform.",
                    hint: "The list of operators names who has one."
                )
            }
            var changes = Changes()
            changes.note("role", from: .string(role.rawValue), to: .null)
            changes.note("reason", from: .null, to: .string(reason))
            let trail = AccountTrail(scope: scope, user: user)
            _ = try scope.last([
                SupportSessionStore.endAll(of: user), PlatformRoleStore.recount,
                trail.record("platform_role.revoked", .delete, changes: changes),
            ])
        }
    }
}
