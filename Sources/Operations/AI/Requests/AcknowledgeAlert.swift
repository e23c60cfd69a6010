package import Domain
import Storage

/// Notes that somebody saw to an alert of a budget.
package struct AcknowledgeAlert: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: The alert's.
    ///   - caller: Needs `ai.budget.manage`.
    /// - Returns: The alert; one that was seen to before as it was, and nothing is recorded.
    /// - Throws: Not found.
    package func callAsFunction(
        _ id: ListedAlert.ID,
        by caller: TenantCaller
    ) async throws -> ListedAlert {
        let lock = BudgetAlertStore.lock(id, in: caller.tenant)
        return try await environment.database.write(.tenant(caller, .aiBudgetManage)) { scope in
            func find() throws -> ListedAlert {
                guard let row = try scope.query(lock).first else {
                    throw DomainError.notFound("alert", id.description)
                }
                return try BudgetAlertStore.alert(row)
            }
            let before = try find()
            guard before.acknowledgedAt == nil else { return before }
            let user = caller.caller.user
            _ = try scope.change(BudgetAlertStore.acknowledge(id, by: user, in: caller.tenant))
            let after = try find()
            _ = try scope.last([Self.line(after, scope)])
            return after
        }
    }

    private static func line(_ alert: ListedAlert, _ scope: Scope) -> Statement {
        var changes = Changes()
        changes.note("acknowledged", from: .bool(false), to: .bool(true))
        changes.note("threshold", from: .null, to: .integer(Int64(alert.id.threshold)))
        let entry = AuditEntry(
            action: "ai.alert_acknowledged",
            operation: .update,
            resourceType: "ai_budget",
            resourceID: alert.id.budget.description,
            requestID: nil,
            changes: changes.canonical
        )
        let event = TenantEvent(
            "ai.alert_acknowledged",
            data: .object(["budget": .string(alert.id.budget.description)]),
            visibility: .admins
        )
        return scope.record(entry, event: event)
    }
}
