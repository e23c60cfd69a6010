package import Domain
import Storage

/// Makes an AI route, or gives one another plan; the next call takes it.
package struct PutRoute: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - name: The route's.
    ///   - plan: Its targets and rules.
    ///   - version: The version that the caller saw; nil for any, and for a new one.
    ///   - caller: Needs `ai.route.manage`.
    /// - Returns: The route, and whether it is new.
    /// - Throws: A validation error for a model that is unknown or disabled, `unpriced_model` for
    ///   one without a price where a budget limits cost, `version_conflict`.
    package func callAsFunction(
        _ name: String,
        _ plan: ModelRoutePlan,
        version: Int64? = nil,
        by caller: TenantCaller
    ) async throws -> (route: ModelRoute, isNew: Bool) {
        let name = try ModelRoute.checkedName(name)
        return try await environment.database.write(.tenant(caller, .aiRouteManage)) { scope in
            let desk = RouteDesk(scope: scope)
            let before = try desk.lock(name, version: version)
            try desk.requireTargets(plan.targets)
            if let before, before.plan == plan { return (before, false) }
            let put = RouteStore.put(name, plan, in: caller.tenant)
            guard let row = try scope.query(put).first else {
                throw DomainError(.internal, .internalError, "The route was not stored.")
            }
            let after = try RouteStore.route(row)
            let action = before == nil ? "ai.route_created" : "ai.route_changed"
            _ = try scope.last([
                desk.record(
                    action,
                    before == nil ? .create : .update,
                    name,
                    from: before?.plan,
                    to: plan
                )
            ])
            return (after, before == nil)
        }
    }
}
