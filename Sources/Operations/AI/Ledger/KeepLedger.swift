import Domain
import Storage

/// Tells each tenant once of every budget that reached a share of its limit: in its trail and its
/// feed, and by mail to its owners and admins.
package struct TellAlerts: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Returns: How many alerts it told.
    package func callAsFunction() async throws -> Int {
        let tenants = try await environment.database.system(reason: .aiGateway) { scope in
            try LedgerUpkeep.tenants(try scope.query(LedgerUpkeep.tenantsToAlert))
        }
        var told = 0
        for tenant in tenants { told += try await tell(in: tenant) }
        return told
    }

    /// The alert counts as told in the transaction that writes the tenant's events.
    private func tell(in tenant: TenantID) async throws -> Int {
        try await environment.database.system(reason: .aiGateway, tenant: tenant) { scope in
            let ledger = AlertLedger(scope)
            try ledger.raiseMissing()
            let alerts = try ledger.takeUntold()
            guard !alerts.isEmpty else { return 0 }
            try AlertMails(environment, scope).queue(alerts)
            _ = try scope.last(alerts.map { record($0, scope) })
            return alerts.count
        }
    }

    private func record(_ alert: BudgetAlert, _ scope: Scope) -> Statement {
        var changes = Changes()
        changes.note("threshold", from: .null, to: .integer(Int64(alert.threshold)))
        changes.note("used", from: .null, to: .integer(alert.used))
        let entry = AuditEntry(
            action: "ai.budget.reached",
            operation: .update,
            resourceType: "ai_budget",
            resourceID: alert.budget.description,
            requestID: nil,
            changes: changes.canonical
        )
        let event = TenantEvent(
            "ai.budget.reached",
            data: .object([
                "budget_id": .string(alert.budget.description),
                "scope": .string(alert.scope.rawValue),
                "metric": .string(alert.metric.rawValue),
                "threshold": .integer(Int64(alert.threshold)),
                "used": .integer(alert.used),
                "hard": .integer(alert.hard),
            ]),
            visibility: .admins
        )
        return scope.record(entry, event: event)
    }
}

/// Sums the usage log by hour.
package struct RollUpUsage: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameter hours: How far back sums are made anew; settlements are written in the hour in
    ///   which they happen, so two are enough between the daily repairs.
    /// - Returns: How many sums changed.
    /// - Throws: `DomainError`, when the database cannot.
    @discardableResult
    package func callAsFunction(hours: Int) async throws -> Int {
        try await environment.database.system(reason: .aiGateway) { scope in
            try LedgerUpkeep.count(try scope.query(LedgerUpkeep.rollUp(hours: hours)))
        }
    }
}

/// Forgets the replies that were kept for repeated requests, and their keys, after a day.
package struct ForgetReplies: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction() async throws {
        let tenants = try await environment.database.system(reason: .aiGateway) { scope in
            try LedgerUpkeep.tenants(try scope.query(LedgerUpkeep.tenantsWithReplies))
        }
        for tenant in tenants {
            try await environment.database.system(reason: .aiGateway, tenant: tenant) { scope in
                _ = try scope.last(LedgerUpkeep.forgetReplies(in: tenant))
            }
        }
    }
}
