import Console
import Domain
import Operations

extension AIClient {
    init(desk: ConsoleDesk) {
        self.init(
            budgets: { try await ListBudgets(try await desk.open())(by: $0) },
            usage: { grouping, from, to, caller in
                try await ShowUsage(try await desk.open())(
                    grouping: grouping,
                    from: from,
                    to: to,
                    by: caller
                )
            }
        )
    }
}

extension AuditClient {
    init(desk: ConsoleDesk) {
        self.init(
            list: { try await ListAuditEvents(try await desk.open())($0, page: $1, by: $2) },
            verify: { try await VerifyChain(try await desk.open())(by: $0, progress: $1) }
        )
    }
}
