package import Domain
import Synchronization

/// What came of the calls to models that this process made, for counters.
package final class CallTally: Sendable {
    /// Sums since somebody took them last.
    package struct Figures: Hashable, Sendable {
        /// Calls by the state in which they ended.
        package var ended: [AICall.State: Int] = [:]
        /// Calls that got no hold, by why.
        package var refused: [DomainError.Code: Int] = [:]
        package var failures: [Failure: Int] = [:]
        package var tokensRead: Int64 = 0
        package var tokensWritten: Int64 = 0
        /// Nano-USD that tenants were charged.
        package var chargeNano: Int64 = 0
    }

    /// How a try at a provider failed.
    package struct Failure: Hashable, Sendable {
        package let provider: String
        package let reason: ProviderFailure.Reason
    }

    private let figures = Mutex(Figures())

    init() {}

    func refused(_ code: DomainError.Code) {
        figures.withLock { $0.refused[code, default: 0] += 1 }
    }

    /// Counts a call that has ended; one that had ended before is counted as well.
    func ended(_ receipt: CallReceipt, _ usage: TokenUsage, _ attempts: [Domain.CallAttempt]) {
        figures.withLock { figures in
            figures.ended[receipt.state, default: 0] += 1
            figures.tokensRead += usage.read
            figures.tokensWritten += usage.written
            figures.chargeNano += receipt.chargeNano
            for attempt in attempts {
                guard let reason = attempt.failure else { continue }
                let failure = Failure(provider: attempt.target.provider, reason: reason)
                figures.failures[failure, default: 0] += 1
            }
        }
    }

    /// The sums, which begin anew.
    package func take() -> Figures {
        figures.withLock { figures in
            defer { figures = Figures() }
            return figures
        }
    }
}
