package import Domain
import Storage

/// Lists the workspace's AI routes, or finds one.
package struct ListRoutes: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameter caller: Needs `ai.route.manage`.
    /// - Returns: The routes by name.
    /// - Throws: `DomainError`, when the caller may not or the database cannot.
    package func callAsFunction(by caller: TenantCaller) async throws -> [ModelRoute] {
        let fetched = try await environment.database.fetch(
            .tenant(caller, .aiRouteManage),
            RouteStore.list(in: caller.tenant)
        )
        return try fetched.rows.map(RouteStore.route)
    }

    /// - Throws: Not found.
    package func callAsFunction(
        named name: String,
        by caller: TenantCaller
    ) async throws -> ModelRoute {
        let fetched = try await environment.database.fetch(
            .tenant(caller, .aiRouteManage),
            RouteStore.find(name, in: caller.tenant)
        )
        guard let row = fetched.rows.first else {
            throw DomainError.notFound("route", Validation.quotable(name))
        }
        return try RouteStore.route(row)
    }
}
