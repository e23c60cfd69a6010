package import Domain
import Storage

/// Every permission there is, with one sentence each.
package struct ListPermissions: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(by caller: Caller) async throws -> [PermissionNote] {
        let fetched = try await environment.database.fetch(
            .person(caller),
            PermissionStore.list
        )
        return try fetched.rows.compactMap(PermissionStore.note)
    }
}

/// What the caller may do in the workspace, and by which role.
package struct ShowMyPermissions: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// What somebody may do.
    package struct Standing: Hashable, Sendable {
        package var role: String
        /// Nil for a role of the platform's.
        package var roleID: RoleID?
        package var rank: Int
        /// Names, with `:own` behind those that reach only so far.
        package var permissions: [String]
    }

    package func callAsFunction(by caller: TenantCaller) async throws -> Standing {
        let fetched = try await environment.database.fetch(
            .tenant(caller, .workspaceRead),
            PermissionStore.nothing
        )
        guard let authorization = fetched.authorization else { throw Refusals.permissionDenied }
        return Standing(
            role: authorization.role,
            roleID: authorization.membership?.id,
            rank: authorization.rank,
            permissions: authorization.membership?.permissions.names
                ?? Self.names(of: authorization.role, in: caller.mode)
        )
    }

    /// An operator's, in a support session of this mode.
    private static func names(of role: String, in mode: AccessMode) -> [String] {
        guard let role = PlatformRole(rawValue: role) else { return [] }
        return Permission.allCases.filter { role.grants($0, in: mode) }.map(\.description)
    }
}
