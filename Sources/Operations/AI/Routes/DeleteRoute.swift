package import Domain
import Storage

/// Takes an AI route away; calls in flight finish.
package struct DeleteRoute: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - name: The route's.
    ///   - version: The version that the caller saw; nil for any.
    ///   - caller: Needs `ai.route.manage`.
    /// - Throws: Not found, `version_conflict`.
    package func callAsFunction(
        _ name: String,
        version: Int64? = nil,
        by caller: TenantCaller
    ) async throws {
        try await environment.database.write(.tenant(caller, .aiRouteManage)) { scope in
            let desk = RouteDesk(scope: scope)
            guard let before = try desk.lock(name, version: version) else {
                throw DomainError.notFound("route", Validation.quotable(name))
            }
            let line = desk.record("ai.route_deleted", .delete, name, from: before.plan, to: nil)
            _ = try scope.last([RouteStore.delete(name, in: caller.tenant), line])
        }
    }
}
