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
    /// written by then is paid. In the time that is left, a quarter at least, each end that the
    /// database would not take before is tried once more.
    ///
    /// - Parameter limit: How long it may take.
    /// - Returns: How many calls are left to the sweeper.
    package func callAsFunction(within limit: Duration) async -> Int {
        let calls = environment.calls
        let end = ContinuousClock.now + limit
        if await !Self.done(within: limit / 2, { await calls.settled() }) {
            calls.stopAll()
            _ = await Self.done(within: limit / 4) { await calls.settled() }
        }
        _ = await Self.done(within: end - .now) { await LedgerEnds(environment).writeEach() }
        return calls.ids.count
    }

    /// Runs what ends when it is cancelled; whether it came to its end in time.
    private static func done(
        within limit: Duration,
        _ work: @escaping @Sendable () async -> Void
    ) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                await work()
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
