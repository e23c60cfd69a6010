package import Domain
import FoundationEssentials
import Sealing
import Synchronization

// DESIGN
//
// 1. The front decides alone and in memory: a request waits for no other machine. Once a second
//    (`ShareRates`) it tells the table what it let through of the buckets that are filling up, and
//    learns how full they are with what the other processes let through.
// 2. So with the database down reads go on, held to what this process knows: open. Attempts to
//    come in are decided by the table itself (`AdmitSignIn`): without it they are refused, closed.
// 3. The clock never goes back, and its zero means nothing: between processes only levels travel.

/// The limits of a door and how much of them is taken.
package final class RateGate: Sendable {
    package let limits: RateLimits
    private let clock: @Sendable () -> Int64
    private let book: Mutex<RateBook>

    /// - Parameters:
    ///   - limits: what is limited.
    ///   - size: how many buckets are kept in mind.
    ///   - clock: nanoseconds of a clock that never goes back.
    package init(
        _ limits: RateLimits,
        size: Int = 100_000,
        clock: @escaping @Sendable () -> Int64 = RateGate.monotonic
    ) {
        self.limits = limits
        self.clock = clock
        book = Mutex(RateBook(limit: size))
    }

    private static let start = ContinuousClock.now

    /// Nanoseconds since the process began to count.
    package static let monotonic: @Sendable () -> Int64 = {
        (ContinuousClock.now - start).nanoseconds
    }

    /// Takes one from each bucket, or from none; nil when nothing limits.
    package func take(_ checks: [RateCheck?]) -> RateVerdict? {
        let checks = checks.compactMap(\.self)
        guard !checks.isEmpty else { return nil }
        let now = clock()
        return book.withLock { $0.take(checks, now: now) }
    }

    /// Gives back what was taken and not needed.
    package func refund(_ check: RateCheck, amount: Int) {
        let now = clock()
        book.withLock { $0.refund(check, amount: amount, now: now) }
    }

    /// How many buckets are kept in mind.
    package var count: Int { book.withLock { $0.count } }

    func unsent(atMost limit: Int) -> [RateBucket: Int64] {
        book.withLock { $0.unsent(atMost: limit) }
    }

    func giveBack(_ unsent: [RateBucket: Int64]) {
        book.withLock { $0.giveBack(unsent) }
    }

    func learn(_ levels: [RateBucket: Int64]) {
        let now = clock()
        book.withLock { $0.learn(levels, now: now) }
    }
}

extension RateBucket {
    /// The name under which processes share the bucket; tells nobody whose it is.
    var shared: UUID { UUID(bytes: Array(Digest.sha256(identity).prefix(16))) }
}
