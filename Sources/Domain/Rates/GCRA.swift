// The generic cell rate algorithm (ITU-T I.371, annex A) as a virtual bucket: `emptyAt` is when
// everything that was taken will have run out again. It allows what a sliding window would, with
// one number a client and no edge at which two windows' worth get through.

/// A limit: so many in such a time, spread as the client likes.
package struct RateLimit: Hashable, Sendable {
    /// How many at once after a pause; also how many in every `window` on average.
    package let count: Int
    package let window: Duration

    package init?(count: Int, window: Duration) {
        guard (1...1_000_000_000).contains(count), window >= .milliseconds(1),
            window <= .seconds(86_400)
        else { return nil }
        self.count = count
        self.window = window
    }

    package static func perMinute(_ count: Int) -> RateLimit? {
        RateLimit(count: count, window: .seconds(60))
    }

    /// Nanoseconds.
    private var windowLength: Int64 { window.nanoseconds }

    /// What one costs, in nanoseconds of the bucket.
    package var cost: Int64 { max(1, windowLength / Int64(count)) }

    /// What the bucket holds at most.
    package var capacity: Int64 { cost * Int64(count) }

    /// What both limits allow: no more at once and no more in the long run than either.
    package func narrowed(to other: RateLimit) -> RateLimit {
        let least = min(count, other.count)
        let pause = max(cost, other.cost)
        return RateLimit(count: least, window: .nanoseconds(pause * Int64(least))) ?? self
    }

    /// After how long one more is allowed once the bucket was full.
    package var pause: Duration { .nanoseconds(cost) }

    /// What is said when another process has filled the bucket.
    package var refusal: RateDecision {
        RateDecision(
            isAllowed: false,
            emptyAt: capacity,
            remaining: 0,
            retryAfter: pause,
            resetAfter: .nanoseconds(capacity)
        )
    }

    /// Decides on `amount` more at `now`, at most the whole count, for a bucket that is empty at
    /// `emptyAt`; times in nanoseconds of one clock that never goes back.
    package func decide(emptyAt: Int64, now: Int64, amount: Int = 1) -> RateDecision {
        let level = max(emptyAt, now) - now
        let filled = level + cost * Int64(min(amount, count))
        guard filled <= capacity else {
            return RateDecision(
                isAllowed: false,
                emptyAt: emptyAt,
                remaining: 0,
                retryAfter: .nanoseconds(filled - capacity),
                resetAfter: .nanoseconds(level)
            )
        }
        return RateDecision(
            isAllowed: true,
            emptyAt: now + filled,
            remaining: Int((capacity - filled) / cost),
            retryAfter: .zero,
            resetAfter: .nanoseconds(filled)
        )
    }

    /// Whether a bucket is so full that other processes should know of it: a quarter.
    package func isNotable(emptyAt: Int64, now: Int64) -> Bool {
        emptyAt - now >= capacity / 4
    }
}

/// What a limit says of one request.
package struct RateDecision: Hashable, Sendable {
    package let isAllowed: Bool
    /// The bucket afterwards.
    package let emptyAt: Int64
    /// How many more would be allowed now.
    package let remaining: Int
    /// When one would be allowed again; zero when one is.
    package let retryAfter: Duration
    /// When the whole count will be allowed again.
    package let resetAfter: Duration
}

extension Duration {
    package var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
