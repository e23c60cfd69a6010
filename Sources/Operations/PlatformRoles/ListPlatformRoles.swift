package import Domain
import Storage

/// One page of the roles on the platform, the last granted first.
package struct ListPlatformRoles: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// `endedToo` also shows what was revoked or has run out.
    package func callAsFunction(
        endedToo: Bool,
        page: PageRequest,
        by caller: Caller
    ) async throws -> Page<PlatformGrant> {
        let fetched = try await environment.database.fetch(
            .platform(caller, .platformRolesManage),
            PlatformRoleStore.page(endedToo: endedToo, page)
        )
        return Page(
            surplus: try fetched.rows.map(PlatformRoleStore.grant),
            request: page,
            position: \.position
        )
    }
}
