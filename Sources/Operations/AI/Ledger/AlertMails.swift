import Domain
import Storage

/// Mails that tell a tenant's owners and admins of budgets, queued with what counts them as told.
struct AlertMails {
    private let environment: Environment
    private let scope: Scope

    init(_ environment: Environment, _ scope: Scope) {
        self.environment = environment
        self.scope = scope
    }

    /// Queues one mail for each alert and reader; an address that is none gets nothing.
    func queue(_ alerts: [BudgetAlert]) throws {
        let ledger = AlertLedger(scope)
        let workspace = try ledger.workspace()
        let outbox = Outbox(environment)
        for reader in try ledger.readers() {
            guard let address = try? EmailAddress(reader.email) else { continue }
            let mails = try alerts.map { alert in
                try outbox.queue(
                    Mail(
                        .budgetAlert,
                        to: address,
                        in: reader.language,
                        values: alert.values(for: reader.name, of: workspace)
                    )
                )
            }
            _ = try scope.batch(mails)
        }
    }
}

extension BudgetAlert {
    /// What the words of the mail name.
    func values(for name: String, of workspace: String) -> [String: String] {
        var values = [
            "name": name, "workspace": workspace, "budget_scope": scope.rawValue,
            "budget_metric": metric.rawValue, "used": amount(used), "hard": amount(hard),
            "since": periodStart.rfc3339,
        ]
        // The soft limit has no share.
        if threshold > 0 { values["percent"] = String(threshold) }
        return values
    }

    /// Money as USD, everything else as a number.
    private func amount(_ value: Int64) -> String {
        guard metric == .cost else { return String(value) }
        let cents = value / 10_000_000
        let rest = cents % 100
        return "$\(cents / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
