package import Domain

// DESIGN
//
//            ask: fits, fresh            ask: none, stale or no fit, a minute since the last try
//   ┌──────────────────────────┐        ┌──────────────────────────────────┐
//   │                          ▼        │                                  ▼
//  idle ──────────────────────► use    idle ────────────────────────────► fetching
//                                                                   took / failed │
//  1. One fetch at a time; whoever needs its outcome joins it.                    ▼
//  2. At most one try a minute, whether it succeeds or not: a flood of unknown   idle
//     key names costs the issuer nothing, and an issuer that is down is not hammered.
//  3. The last good document is used until it is `stalest`, whatever happens to the tries.

/// When a document that an issuer publishes is fetched, and which copy is used meanwhile.
package struct RefreshState<Document: Sendable>: Sendable {
    package struct Limits: Hashable, Sendable {
        /// How long a copy is used without asking again.
        package var fresh: Duration
        /// The shortest time between two tries.
        package var pause: Duration
        /// How long a copy is used when the issuer does not answer.
        package var stalest: Duration

        package init(
            fresh: Duration = .seconds(600),
            pause: Duration = .seconds(60),
            stalest: Duration = .seconds(86_400)
        ) {
            self.fresh = fresh
            self.pause = pause
            self.stalest = stalest
        }
    }

    package enum Step: Sendable {
        case use(Document)
        /// The caller fetches, and tells the outcome.
        case fetch
        /// Somebody fetches already.
        case join
        case refuse(Refusal)
    }

    package enum Refusal: Hashable, Sendable {
        /// There is a document, and it does not fit.
        case unknown
        /// There is none, and it is too early to try again.
        case unreachable
    }

    private let limits: Limits
    private var copy: (document: Document, at: Instant)?
    private var triedAt: Instant?
    private var isFetching = false

    package init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// What to do for somebody who needs a document that fits.
    package mutating func ask(now: Instant, fits: (Document) -> Bool) -> Step {
        let usable = usable(now)
        if let usable, fits(usable), isFresh(now) || isFetching || !mayTry(now) {
            return .use(usable)
        }
        if isFetching { return .join }
        guard mayTry(now) else { return .refuse(usable == nil ? .unreachable : .unknown) }
        isFetching = true
        triedAt = now
        return .fetch
    }

    package mutating func took(_ document: Document, now: Instant) {
        copy = (document, now)
        isFetching = false
    }

    package mutating func failed() {
        isFetching = false
    }

    /// What somebody gets who has waited for a fetch.
    package func settle(now: Instant, fits: (Document) -> Bool) -> Step {
        guard let usable = usable(now) else { return .refuse(.unreachable) }
        return fits(usable) ? .use(usable) : .refuse(.unknown)
    }

    private func usable(_ now: Instant) -> Document? {
        guard let copy, copy.at.duration(to: now) < limits.stalest else { return nil }
        return copy.document
    }

    private func isFresh(_ now: Instant) -> Bool {
        guard let copy else { return false }
        return copy.at.duration(to: now) < limits.fresh
    }

    /// A clock that was set back does not stop the tries.
    private func mayTry(_ now: Instant) -> Bool {
        guard let triedAt else { return true }
        return triedAt.duration(to: now) >= limits.pause || now < triedAt
    }
}
