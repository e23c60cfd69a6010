// DESIGN
//
// 1. A try counts as failed from the moment it is let in, and is taken back when it succeeds: a
//    thousand tries at once are counted like a thousand in a row.
// 2. What is counted are networks and addresses as typed, so a mail address that nobody has is
//    delayed and locked exactly like one that somebody has.
// 3. A device that the account knows, and a terminal of this machine, have counters of their own,
//    which nobody else can raise: strangers cannot keep the owner out.
//
//        failures   0 … free-1      free … lock-1              lock …
//                   no delay        1 s, 2 s, 4 s … longest    locked for `lockTime`

/// What is counted.
package enum SignInCounter: String, Hashable, Sendable, CaseIterable {
    /// A mail address, from everywhere but its known devices.
    case account
    /// A network, for all mail addresses.
    case network
    /// A mail address from one network.
    case pair
    /// A mail address from a device that it knows, or from a terminal of this machine.
    case device
    /// What a network asks of the forms that anybody may send: registration, forgotten passwords.
    case forms
}

/// The failures that one counter holds, and until when it holds the next try back.
package struct SignInCount: Hashable, Sendable {
    package var failures: Int
    package var lastAt: Instant
    package var blockedUntil: Instant
    /// Whether the block is a lock: tries are let in and fail.
    package var isLocked: Bool

    package init(
        failures: Int = 0,
        lastAt: Instant = Instant(seconds: 0),
        blockedUntil: Instant = Instant(seconds: 0),
        isLocked: Bool = false
    ) {
        self.failures = failures
        self.lastAt = lastAt
        self.blockedUntil = blockedUntil
        self.isLocked = isLocked
    }

    /// Until when it holds the next try back; nil when it does not.
    ///
    /// A lock holds nobody back: tries are let in and fail.
    package func delay(at now: Instant) -> Instant? {
        !isLocked && blockedUntil > now ? blockedUntil : nil
    }
}

/// How a counter's failures turn into delays and locks.
package struct SignInRule: Hashable, Sendable {
    /// Failures without any delay.
    package let free: Int
    package let longestDelay: Duration
    /// Failures at which a lock begins; nil for never.
    package let lockAt: Int?

    package static let lockTime = Duration.seconds(900)
    /// A counter that saw no failure for so long begins anew.
    package static let memory = Duration.seconds(3_600)

    package static func of(_ counter: SignInCounter) -> SignInRule {
        switch counter {
        case .account: SignInRule(free: 10, longestDelay: .seconds(30), lockAt: 20)
        case .network: SignInRule(free: 50, longestDelay: .seconds(30), lockAt: nil)
        case .pair: SignInRule(free: 5, longestDelay: .seconds(900), lockAt: nil)
        case .device: SignInRule(free: 5, longestDelay: .seconds(900), lockAt: nil)
        case .forms: SignInRule(free: 50, longestDelay: .seconds(60), lockAt: nil)
        }
    }

    /// The delay after so many failures: none, then twice as long each time.
    package func delay(after failures: Int) -> Duration {
        guard failures >= free else { return .zero }
        let doublings = min(failures - free, 20)
        return min(.seconds(1 << doublings), longestDelay)
    }

    /// The count with one more failure.
    package func adding(failureAt now: Instant, to count: SignInCount) -> SignInCount {
        let failures = remembered(count, at: now) + 1
        if let lockAt, failures >= lockAt {
            return SignInCount(
                failures: failures,
                lastAt: now,
                blockedUntil: now.advanced(by: Self.lockTime),
                isLocked: true
            )
        }
        return SignInCount(
            failures: failures,
            lastAt: now,
            blockedUntil: now.advanced(by: delay(after: failures))
        )
    }

    /// The count without a try that was let in and did not fail after all.
    package func takingBack(_ count: SignInCount) -> SignInCount {
        let failures = max(0, count.failures - 1)
        return SignInCount(
            failures: failures,
            lastAt: count.lastAt,
            blockedUntil: count.lastAt.advanced(by: delay(after: failures))
        )
    }

    private func remembered(_ count: SignInCount, at now: Instant) -> Int {
        count.lastAt.advanced(by: Self.memory) < now ? 0 : count.failures
    }
}

/// What becomes of a try to sign in.
package enum SignInVerdict: Hashable, Sendable {
    /// Too early: nothing is counted, nothing is hashed.
    case wait(Duration)
    /// Let in, with these counts if it fails. A try on a locked account fails whatever it brings.
    case admit(failing: [SignInCounter: SignInCount], isLocked: Bool, beginsLock: Instant?)

    /// Judges a try by the counters that apply to it.
    package init(_ counts: [SignInCounter: SignInCount], at now: Instant) {
        if let latest = counts.values.compactMap({ $0.delay(at: now) }).max() {
            self = .wait(now.duration(to: latest))
            return
        }
        let isLocked = counts.contains { $0.value.isLocked && $0.value.blockedUntil > now }
        var failing: [SignInCounter: SignInCount] = [:]
        var beginsLock: Instant?
        for (counter, count) in counts {
            // A lock runs out by itself: tries during it do not draw it out.
            if count.isLocked, count.blockedUntil > now { continue }
            let next = SignInRule.of(counter).adding(failureAt: now, to: count)
            failing[counter] = next
            if next.isLocked { beginsLock = next.blockedUntil }
        }
        self = .admit(failing: failing, isLocked: isLocked, beginsLock: beginsLock)
    }
}
