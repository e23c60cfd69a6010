// DESIGN
//
// ```
//              5 failures in 30 s                30 s later
//   closed ───────────────────────▶ open ───────────────────▶ probing
//     ▲                              ▲                          │  │
//     │                              └───────── failed ─────────┘  │
//     └─────────────────────── answer begun ───────────────────────┘
// ```
//
// Failures count in a row: an answer that came to its end forgets them, one that only began does
// not, or a provider that breaks every answer off would never be left alone.
// A line that was told to rest (a refused key, a rate limit) is open until then, whatever happens
// meanwhile. A probe that nobody ever reports of is forgotten after the time of a rest.

/// Whether one line to a provider may be used: a model, asked with a key.
package struct CircuitBreaker: Hashable, Sendable {
    package struct Limits: Hashable, Sendable {
        package var failures: Int
        package var window: Duration
        package var rest: Duration

        package init(
            failures: Int = 5,
            window: Duration = .seconds(30),
            rest: Duration = .seconds(30)
        ) {
            self.failures = failures
            self.window = window
            self.rest = rest
        }
    }

    /// Whether a call may go out.
    package enum Admission: Hashable, Sendable {
        case pass
        /// It may, and alone: what becomes of it decides.
        case probe
        case refused(until: ContinuousClock.Instant)
    }

    private enum State: Hashable, Sendable {
        case closed
        case open(until: ContinuousClock.Instant)
        case probing(since: ContinuousClock.Instant)
    }

    private let limits: Limits
    private var state = State.closed
    private var failures: [ContinuousClock.Instant] = []

    package init(limits: Limits = Limits()) {
        self.limits = limits
    }

    package mutating func admit(at now: ContinuousClock.Instant) -> Admission {
        switch state {
        case .closed: return .pass
        case .open(let until) where now < until: return .refused(until: until)
        case .probing(let since) where now < since + limits.rest:
            return .refused(until: since + limits.rest)
        case .open, .probing:
            state = .probing(since: now)
            return .probe
        }
    }

    /// An answer began: what a probe was sent for.
    package mutating func began() {
        if case .probing = state { state = .closed }
    }

    /// An answer came to its end.
    ///
    /// While the line is left alone that tells nothing new: it was asked for before.
    package mutating func succeeded() {
        began()
        failures = []
    }

    package mutating func failed(at now: ContinuousClock.Instant) {
        switch state {
        case .open: return
        case .probing: state = .open(until: now + limits.rest)
        case .closed:
            let window = limits.window
            failures.removeAll { $0 + window <= now }
            failures.append(now)
            guard failures.count >= limits.failures else { return }
            failures = []
            state = .open(until: now + limits.rest)
        }
    }

    /// A call ended without telling anything of the provider.
    package mutating func abandoned(at now: ContinuousClock.Instant) {
        if case .probing = state { state = .open(until: now) }
    }

    /// The provider wants to be left alone until then.
    package mutating func rest(until moment: ContinuousClock.Instant) {
        if case .open(let until) = state, until >= moment { return }
        failures = []
        state = .open(until: moment)
    }

    /// Whether it was told to rest, or rests after failures, and nobody is let through yet.
    package func isOpen(at now: ContinuousClock.Instant) -> Bool {
        if case .open(let until) = state { now < until } else { false }
    }

    /// Until when calls are refused; nil where they are not.
    package func closedUntil(_ now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        switch state {
        case .open(let until) where now < until: until
        case .probing(let since) where now < since + limits.rest: since + limits.rest
        default: nil
        }
    }
}
