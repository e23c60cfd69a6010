import Domain
import Storage

// DESIGN
//
// A standby that takes over may be behind by some commits: calls that this process holds are then
// unknown to the database, which says so of the next step. The process still knows all of the call:
// it writes it down again and takes the step in one transaction, however often and whoever tries.

/// One statement about a call, written down by the process itself.
struct LedgerEntry: Sendable {
    let end: CallsInHand.End
    private let environment: Environment

    init(_ environment: Environment, _ end: CallsInHand.End) {
        self.environment = environment
        self.end = end
    }

    /// Runs the statement; where there is no such call any more, it is restored first.
    ///
    /// - Parameter settings: What holds for the transaction.
    /// - Returns: The rows of the statement.
    /// - Throws: What the database refuses, or `unavailable`.
    func write(behind settings: [Statement] = []) async throws -> Found {
        let rows = try await run(settings + [end.statement])
        guard let ticket = end.ticket, try CallLedger.knowsNothing(rows[settings.count]) else {
            return rows[settings.count]
        }
        let restoring = CallLedger.restore(ticket, node: environment.node)
        let all = try await run(settings + restoring + [end.statement])
        let restored = all[settings.count..<(settings.count + restoring.count)]
        if try CallLedger.restored(Array(restored)) > 0 {
            environment.calls.noteRestored(ticket.id, of: ticket.tenant)
        }
        return all[settings.count + restoring.count]
    }

    private func run(_ statements: [Statement]) async throws -> [Found] {
        try await environment.database.system(
            reason: .aiGateway,
            tenant: end.tenant,
            user: end.user
        ) { scope in
            try scope.last(statements)
        }
    }
}
