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
        var fetched = try await fetch(page, by: caller, only: nil)
        // Who sees only their own is known only now.
        if fetched.authorization?.grant == .own {
            fetched = try await fetch(page, by: caller, only: caller.caller.user)
        }
        return Page(
            surplus: try fetched.rows.map(APIKeyStore.key),
            request: page,
            position: \.position
        )
    }

    private func fetch(
        _ page: PageRequest,
        by caller: TenantCaller,
        only: UserID?
    ) async throws -> Fetched {
        try await environment.database.fetch(
            .tenant(caller, .apikeyRead),
            APIKeyStore.page(caller.tenant, only: only, page)
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
