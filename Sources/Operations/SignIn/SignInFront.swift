import Domain
import Sealing
import Synchronization

// DESIGN
//
// 1. The table decides. What it refused is remembered for a second at most: a storm asks it about
//    once a second for each counter, not with every try. So a refusal outlives its reason by a
//    second at most, in another process; in this one what ends a delay is forgotten here too.
// 2. Whoever shows a device that this platform made, or sits at a terminal of this machine, asks
//    the table: other counters may hold for them.
// 3. A try that is refused here counts for support staff all the same. The counts are written once
//    a second (`NoteSignInAttempts`); a crash forgets those of its last second.
// 4. Both books are bounded; when one is full the table is asked.

/// What the table of failed tries refused a moment ago, so that it need not be asked again.
package final class SignInFront: Sendable {
    private struct Refusal {
        let blockedUntil: Instant
        /// By the clock that never goes back.
        let forgottenAt: Int64
    }

    private struct Books {
        var refusals: [String: Refusal] = [:]
        var delayed: [DelayedTries: Int] = [:]
    }

    private let memory: Int64
    private let most: Int
    private let clock: @Sendable () -> Int64
    private let books = Mutex(Books())

    /// - Parameters:
    ///   - memory: How long a refusal is remembered.
    ///   - most: How many counters are kept in mind, and how many tries of different people.
    ///   - clock: Nanoseconds of a clock that never goes back.
    package init(
        memory: Duration = .seconds(1),
        most: Int = 4_096,
        clock: @escaping @Sendable () -> Int64 = RateGate.monotonic
    ) {
        self.memory = memory.nanoseconds
        self.most = most
        self.clock = clock
    }

    /// How long somebody has to wait for whom these counters hold; nil when the table knows.
    func wait(for keys: some Sequence<String>, at now: Instant) -> Duration? {
        let moment = clock()
        return books.withLock { books in
            keys.compactMap { books.refusals[$0] }
                .filter { $0.forgottenAt > moment && $0.blockedUntil > now }
                .map(\.blockedUntil).max()
        }.map { now.duration(to: $0) }
    }

    /// Counts a try that need not be counted in the table now.
    ///
    /// - Returns: False when the book is full.
    func count(_ tries: DelayedTries) -> Bool {
        books.withLock { books in
            guard books.delayed[tries] != nil || books.delayed.count < most else { return false }
            books.delayed[tries, default: 0] += 1
            return true
        }
    }

    /// Remembers what the table said.
    func remember(_ delays: [String: Instant]) {
        let moment = clock()
        books.withLock { books in
            if books.refusals.count + delays.count > most {
                books.refusals = books.refusals.filter { $0.value.forgottenAt > moment }
            }
            guard books.refusals.count + delays.count <= most else { return }
            for (key, blockedUntil) in delays {
                books.refusals[key] = Refusal(
                    blockedUntil: blockedUntil,
                    forgottenAt: moment + memory
                )
            }
        }
    }

    /// Forgets counters that were taken back or cleared.
    func forget(_ keys: some Sequence<String>) {
        books.withLock { books in for key in keys { books.refusals[key] = nil } }
    }

    /// Hands over what was counted.
    func takeDelayed() -> [DelayedTries: Int] {
        books.withLock { books in
            defer { books.delayed = [:] }
            return books.delayed
        }
    }

    /// Takes back what could not be written; what has no room any more is lost.
    func giveBack(_ delayed: [DelayedTries: Int]) {
        books.withLock { books in
            for (tries, count) in delayed
            where books.delayed[tries] != nil || books.delayed.count < most {
                books.delayed[tries, default: 0] += count
            }
        }
    }
}
