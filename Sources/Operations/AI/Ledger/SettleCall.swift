package import Domain
import Storage

/// T3: ends a call that was answered, or that may have been billed: its hold becomes a charge.
package struct SettleCall: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// Safe to repeat: a call is charged once.
    ///
    /// One that had expired meanwhile is put right by an entry with the difference.
    ///
    /// - Parameters:
    ///   - ticket: The call.
    ///   - outcome: Who answered, what it took, and what a repeat of the request gets.
    /// - Returns: What was written down, now or before.
    /// - Throws: A validation error for negative tokens; `unavailable` when the database stays
    ///   away, and then the end is kept and written down with one of the next signs of life.
    package func callAsFunction(
        _ ticket: CallTicket,
        _ outcome: CallOutcome
    ) async throws -> CallReceipt {
        let usage = outcome.usage
        let amounts = [
            usage.input, usage.output, usage.cached, usage.cacheWrite, usage.reasoning,
        ]
        guard amounts.allSatisfy({ (0...ReserveCall.mostTokens).contains($0) }) else {
            environment.calls.drop(ticket.id)
            let rule = "must be 0 to \(ReserveCall.mostTokens) tokens of each kind"
            throw DomainError.invalid("usage", rule)
        }
        let receipt = try await LedgerStep(environment, ticket)
            .end(by: CallLedger.settle(ticket, outcome))
        environment.calls.tally.ended(receipt, usage, outcome.attempts)
        return receipt
    }
}

/// T4: ends a call that was certainly not billed: its hold is given back.
package struct ReleaseCall: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// Safe to repeat; the idempotency key is free again.
    ///
    /// - Parameters:
    ///   - ticket: The call.
    ///   - failure: What went wrong, as a code.
    ///   - attempts: The tries and how each ended.
    /// - Returns: What was written down, now or before.
    /// - Throws: `unavailable` when the database stays away; the end is kept as a settlement is.
    @discardableResult
    package func callAsFunction(
        _ ticket: CallTicket,
        failure: String? = nil,
        _ attempts: [CallAttempt] = []
    ) async throws -> CallReceipt {
        let receipt = try await LedgerStep(environment, ticket)
            .end(by: CallLedger.release(ticket, failure: failure, attempts))
        environment.calls.tally.ended(receipt, TokenUsage(), attempts)
        return receipt
    }
}

/// Writes down how far a try of a call has come.
package struct NoteAttempt: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(_ ticket: CallTicket, _ attempt: CallAttempt) async throws {
        try await LedgerStep(environment, ticket).persist(CallLedger.note(attempt, of: ticket))
    }
}
