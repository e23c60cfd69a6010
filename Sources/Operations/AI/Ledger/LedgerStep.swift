import Domain
import Storage

// DESIGN
//
// 1. Steps behind the hold run as the process itself: a member who is suspended in the middle of a
//    call leaves no hold behind.
// 2. A step whose outcome was lost is repeated: each is a compare-and-set.
// 3. A call that the database has lost is written down again before its step (`LedgerEntry`).
// 4. The end of a call is written down even when whoever asked has gone: it runs in a task of its
//    own, which their cancellation does not reach.

/// One step of a call in flight.
struct LedgerStep: Sendable {
    private let environment: Environment
    private let ticket: CallTicket

    /// Between the tries of a step that must not be lost.
    private static let pauses: [Duration] = [.milliseconds(50), .milliseconds(500), .seconds(2)]

    init(_ environment: Environment, _ ticket: CallTicket) {
        self.environment = environment
        self.ticket = ticket
    }

    func extend(isTopUp: Bool, streamed: Int64) async throws -> HoldExtension {
        let statement = CallLedger.extend(ticket, isTopUp: isTopUp, streamed: max(streamed, 0))
        do {
            let rows = try await Self.repeated(once: true) {
                try await entry(statement).write(behind: [CallLedger.patience])
            }
            guard let row = rows.first else { return .ended }
            return try HoldExtension(row, of: ticket, isTopUp: isTopUp)
        } catch let error as DomainError {
            throw error.ofBudget
        }
    }

    /// Runs a settlement until its outcome is known; one that is not taken is kept for later.
    func end(by statement: Statement) async throws -> CallReceipt {
        let rows: Found
        do {
            rows = try await persist(statement)
        } catch {
            if (error as? DomainError)?.mayPass == true {
                environment.calls.keep(entry(statement).end)
            } else {
                environment.calls.drop(ticket.id)
            }
            throw error
        }
        environment.calls.drop(ticket.id)
        guard let row = rows.first else {
            throw DomainError(.internal, .internalError, "The ledger said nothing of the call.")
        }
        return try CallReceipt(row)
    }

    /// Runs a statement that must not be lost.
    @discardableResult
    func persist(_ statement: Statement) async throws -> Found {
        try await Task {
            try await Self.repeated(once: false) { try await entry(statement).write() }
        }.value
    }

    private func entry(_ statement: Statement) -> LedgerEntry {
        LedgerEntry(
            environment,
            CallsInHand.End(
                id: ticket.id,
                tenant: ticket.tenant,
                user: ticket.user,
                statement: statement,
                ticket: ticket
            )
        )
    }

    private static func repeated<Value>(
        once: Bool,
        _ work: () async throws -> Value
    ) async throws -> Value {
        for pause in once ? Array(pauses.prefix(1)) : pauses {
            do {
                return try await work()
            } catch let error as DomainError where error.mayPass {
                guard !once || error.code == .outcomeUnknown else { throw error }
                try await Task.sleep(for: pause)
            }
        }
        return try await work()
    }
}
