package import Domain
import Storage

/// T2: holds the next slice of a streaming call's output.
package struct ExtendHold: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - ticket: The call. Asking twice with one ticket holds one slice.
    ///   - streamed: Tokens of output that were delivered so far; what a call that is lost is
    ///     charged by.
    /// - Returns: The ticket with more behind it, or why there is none.
    /// - Throws: `budget_unavailable`.
    package func callAsFunction(
        _ ticket: CallTicket,
        streamed: Int64
    ) async throws -> HoldExtension {
        try await LedgerStep(environment, ticket).extend(isTopUp: false, streamed: streamed)
    }
}

/// Holds another whole try for a call, because one that failed may have been billed.
package struct TopUpHold: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameter ticket: The call. Asking twice with one ticket holds one try.
    /// - Returns: The ticket with more behind it, or why there is none.
    /// - Throws: `budget_unavailable`.
    package func callAsFunction(_ ticket: CallTicket) async throws -> HoldExtension {
        try await LedgerStep(environment, ticket).extend(isTopUp: true, streamed: 0)
    }
}
