package import Domain
import Storage

/// All roles of the workspace: the platform's, then those of its own making, the highest first.
package struct ListRoles: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(by caller: TenantCaller) async throws -> [TenantRole] {
        try await environment.database.read(.tenant(caller, .roleRead)) { scope in
            let rows = try scope.last([
                RoleStore.systemHolders(in: caller.tenant), RoleStore.list(in: caller.tenant),
            ])
            let holders = try RoleStore.holders(rows[0])
            let system = Role.allCases.map { role in
                TenantRole(role: .system(role), members: holders[role] ?? 0, version: nil)
            }
            return system + (try rows[1].map(RoleStore.role))
        }
    }
}

/// One role of the workspace.
package struct FindRole: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - name: A key, an id or a name that the tenant gave.
    ///   - caller: Needs `role.read`.
    /// - Returns: The role with those who hold it.
    /// - Throws: `not_found`.
    package func callAsFunction(
        _ name: RoleName,
        by caller: TenantCaller
    ) async throws -> TenantRole {
        let roles = try await ListRoles(environment)(by: caller)
        let found = roles.first { role in
            switch name {
            case .system(let wanted): role.role == .system(wanted)
            case .id(let id): role.role.id == id
            case .named(let wanted): role.role.name.lowercased() == wanted.lowercased()
            }
        }
        guard let found else { throw DomainError.notFound("role", name.text) }
        return found
    }
}
