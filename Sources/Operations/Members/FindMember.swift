package import Domain
import Storage

/// One member of the workspace, somebody who was removed included.
package struct FindMember: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `not_found`; `permission_denied` for a guest who asks for somebody else.
    package func callAsFunction(
        _ user: UserID,
        by caller: TenantCaller
    ) async throws -> Member {
        let fetched = try await environment.database.fetch(
            .tenant(caller, .memberRead),
            MemberStore.find(user, in: caller.tenant)
        )
        if fetched.authorization?.grant == .own, user != caller.caller.user {
            throw Refusals.permissionDenied
        }
        guard let row = fetched.rows.first else {
            throw DomainError.notFound("member", user.description)
        }
        return try MemberStore.member(row)
    }
}
