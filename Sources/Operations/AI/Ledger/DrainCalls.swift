import Domain
import Storage

/// Waits for the ends of the calls that this process makes, before it stops.
package struct DrainCalls: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// Waits, and then stops what goes on.
    ///
    /// The calls may end by themselves for half of the time; then they are stopped, and what was
    /// written by then is paid. Ends that the database would not take before are tried again.
    ///
    /// - Parameter limit: How long it may take.
    /// - Returns: How many calls are left to the sweeper.
    package func callAsFunction(within limit: Duration) async -> Int {
        let calls = environment.calls
        if await !ended(within: limit / 2) {
            calls.stopAll()
            _ = await ended(within: limit / 2)
        }
        await LedgerEnds(environment).write()
        return calls.ids.count
    }

    /// Whether all tasks have ended in time.
    private func ended(within limit: Duration) async -> Bool {
        let calls = environment.calls
        return await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                await calls.settled()
                return true
            }
            group.addTask {
                try? await Task.sleep(for: limit)
                return false
            }
            defer { group.cancelAll() }
            return await group.next() ?? false
        }
    }
}
