import Domain
import Storage

/// The ends of calls that the database would not take before.
struct LedgerEnds: Sendable {
    private let environment: Environment

    init(_ environment: Environment) {
        self.environment = environment
    }

    /// Writes them down.
    ///
    /// One that fails again goes behind the others, and the rest waits for the next turn.
    func write() async {
        while let end = environment.calls.nextEnd() {
            guard await write(end) else { return }
        }
    }

    /// Tries each of them once: one that fails again keeps no other from being tried.
    ///
    /// Ends when it is cancelled, too; what was not written by then is kept.
    func writeEach() async {
        for _ in 0..<environment.calls.kept {
            guard !Task.isCancelled, let end = environment.calls.nextEnd() else { return }
            _ = await write(end)
        }
    }

    /// Writes one down, or keeps it again.
    ///
    /// A lock that is not to be had is waited for as long as a hold would: signs of life come
    /// behind the ends.
    ///
    /// - Returns: Whether it is done with.
    private func write(_ end: CallsInHand.End) async -> Bool {
        do {
            _ = try await LedgerEntry(environment, end).write(behind: [CallLedger.patience])
        } catch {
            if (error as? DomainError)?.mayPass ?? (error is CancellationError) {
                environment.calls.keep(end)
                return false
            }
        }
        environment.calls.drop(end.id)
        return true
    }
}
