package import Domain
import Storage

/// One page of the workspace's API keys, the newest first; members see their own.
package struct ListAPIKeys: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(
        page: PageRequest,
        by caller: TenantCaller
    ) async throws -> Page<APIKey> {
        let fetched = try await environment.fetch(.apikeyRead, by: caller) { user in
            try APIKeyStore.page(caller.tenant, only: user, page)
        }
        return Page(
            surplus: try fetched.rows.map(APIKeyStore.key),
            request: page,
            position: \.position
        )
    }
}

/// What the caller may put into a key: what a key can hold, and they hold themselves.
package struct ListGrantableScopes: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(by caller: TenantCaller) async throws -> [Permission] {
        let fetched = try await environment.database.fetch(
            .tenant(caller, .apikeyManage),
            APIKeyStore.grantable
        )
        return try fetched.rows.compactMap(APIKeyStore.permission)
    }
}
