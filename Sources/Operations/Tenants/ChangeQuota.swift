package import Domain
import Storage

/// Gives a tenant another limit on one resource than its plan does.
package struct ChangeQuota: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: the tenant.
    ///   - resource: what the limit is about; the one on tokens moves the AI budget too.
    ///   - soft: where warnings begin; nil for none.
    ///   - hard: where it ends; less than is used blocks what is new.
    ///   - caller: an operator who may manage tenants.
    /// - Returns: The tenant with its limits as they are now.
    /// - Throws: A validation error for amounts that make no sense.
    package func callAsFunction(
        _ id: TenantID,
        resource: Resource,
        soft: Int64?,
        hard: Int64,
        by caller: Caller
    ) async throws -> TenantDetail {
        try Self.check(soft: soft, hard: hard)
        return try await environment.database.write(
            .platform(caller, .platformTenantsManage, tenant: id)
        ) { scope in
            let tenants = TenantStore(scope)
            let tenant = try tenants.lock()
            let before = try tenants.detail().quotas.first { $0.resource == resource }
            var statements = [
                QuotaStore.set(resource, soft: soft, hard: hard, for: id, plan: tenant.plan)
            ]
            if resource == .aiTokens { statements += QuotaStore.alignBudget(of: id) }
            _ = try scope.batch(statements)
            let detail = try tenants.detail().purging(by: environment.policy)
            _ = try scope.last(
                TenantTrail(scope: scope, tenant: id).record(
                    "tenant.quota_changed",
                    changes: Self.changes(resource, from: before, soft: soft, hard: hard),
                    event: .object(["resource": .string(resource.rawValue)])
                )
            )
            return detail
        }
    }

    private static func check(soft: Int64?, hard: Int64) throws(DomainError) {
        var problems: [FieldProblem] = []
        if hard < 0 { problems.append(FieldProblem("hard", "must not be negative")) }
        if let soft, soft < 0 { problems.append(FieldProblem("soft", "must not be negative")) }
        if let soft, soft > hard { problems.append(FieldProblem("soft", "must not exceed hard")) }
        guard problems.isEmpty else { throw .invalid(problems) }
    }

    private static func changes(
        _ resource: Resource,
        from before: Quota?,
        soft: Int64?,
        hard: Int64
    ) -> Changes {
        func value(_ number: Int64?) -> JSONValue { number.map(JSONValue.integer) ?? .null }
        var changes = Changes()
        changes.note("\(resource.rawValue).soft", from: value(before?.soft), to: value(soft))
        changes.note("\(resource.rawValue).hard", from: value(before?.hard), to: value(hard))
        return changes
    }
}
