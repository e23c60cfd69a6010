package import Domain

extension Console {
    /// When a request has taken so long that the operator is told.
    static let patience = Duration.milliseconds(150)
    private static let spinnerStep = Duration.milliseconds(125)

    /// The next moment at which the console would look different by itself; nil while it would not.
    package func wake(after now: Instant) -> Instant? {
        var moments = notices.toasts.map(\.until)
        moments += [notices.undo?.until, trail.current?.content.wake, lookAt].compactMap(\.self)
        if case .lost(_, _, let retryAt) = standing.connection, !isProbing {
            moments.append(retryAt)
        }
        for end in [standing.elevation?.until, standing.support?.expiresAt].compactMap(\.self) {
            moments.append(min(end, nextSecond(before: end, after: now)))
        }
        if let first = requests.first(where: \.isShown) {
            let due = first.startedAt.advanced(by: Self.patience)
            if due > now {
                moments.append(due)
            } else {
                let step: Duration =
                    animates ? Self.spinnerStep : .seconds(1)
                moments.append(now.advanced(by: step))
            }
        }
        return moments.min().map { max($0, now) }
    }

    /// The moment at which a countdown to `end` shows its next number.
    private func nextSecond(before end: Instant, after now: Instant) -> Instant {
        let left = max(0, end.microseconds - now.microseconds)
        let rest = left % 1_000_000
        return Instant(microseconds: now.microseconds + (rest == 0 ? 1_000_000 : rest))
    }

    /// How long before the end of a support session or of writing the operator is told.
    static let warning = Duration.seconds(120)

    /// Says once that a time is about to end, while there is still time to act.
    private mutating func announceEnds() {
        let now = surroundings.now
        if let support = standing.support, isDue(support.expiresAt, now) {
            standing.announced.insert(support.expiresAt)
            let left = Format.countdown(now.duration(to: support.expiresAt))
            toast(
                "The support session in \(support.tenantSlug) ends in \(left); \(key("support")) on "
                    + "the tenant opens another one.",
                .hint
            )
        }
        if let elevation = standing.elevation, isDue(elevation.until, now) {
            standing.announced.insert(elevation.until)
            let left = Format.countdown(now.duration(to: elevation.until))
            toast("Writing ends in \(left); :elevate 10m REASON goes on.", .hint)
        }
    }

    private func isDue(_ end: Instant, _ now: Instant) -> Bool {
        end > now && now.duration(to: end) <= Self.warning && !standing.announced.contains(end)
    }

    /// Lets go of what the time has ended.
    mutating func settle() -> [Effect] {
        let now = surroundings.now
        var effects: [Effect] = []
        announceEnds()
        notices.toasts.removeAll { $0.until <= now }
        if let undo = notices.undo, undo.until <= now { notices.undo = nil }
        effects += settleScreen() + look()
        if let elevation = standing.elevation, elevation.until <= now {
            standing.elevation = nil
            toast("The time for writing is over; this console is read-only again.", .hint)
        }
        if let support = standing.support, support.expiresAt <= now {
            effects += leaveSupport(
                telling: "The support session in \(support.tenantSlug) has ended."
            )
        }
        if case .lost(_, _, let retryAt) = standing.connection, retryAt <= now, !isProbing {
            effects += send(.access(.probe), to: .root(.probe))
        }
        return effects
    }

    /// Lets the screen ask for what it has become time, or room, for.
    mutating func settleScreen() -> [Effect] {
        let context = context
        guard let visit = trail.current?.id else { return [] }
        var asks: [SlotAsk] = []
        trail.changeCurrent { asks = $0.settle(context) }
        return send(asks, from: visit)
    }

    private var isProbing: Bool { requests.first { $0 == .root(.probe) } != nil }
}

extension Route {
    /// Whether the operator sees that it is being waited for.
    var isShown: Bool {
        switch self {
        case .root(.people), .root(.names), .root(.probe), .root(.quiet), .root(.discard), .refresh,
            .screen(_, .follow), .field:
            false
        default: true
        }
    }
}

extension Console {
    /// Notes that the database does not answer, and when to ask again: after 1, 2, 4 … 30 seconds.
    mutating func lostConnection() -> [Effect] {
        let now = surroundings.now
        let (since, attempts): (Instant, Int) =
            switch standing.connection {
            case .live: (now, 0)
            case .lost(let since, let attempts, _): (since, attempts + 1)
            }
        let pause = min(30, 1 << min(attempts, 5))
        standing.connection = .lost(
            since: since,
            attempts: attempts,
            retryAt: now.advanced(by: .seconds(pause))
        )
        return []
    }

    /// Notes that the database answers, and brings the screen up to date.
    mutating func reconnected() -> [Effect] {
        guard case .lost(let since, _, _) = standing.connection else { return [] }
        standing.connection = .live
        overlay?.forgetLoss()
        let gap = since.duration(to: surroundings.now)
        toast("Connected again after \(Format.elapsed(gap)).", .success)
        let effects = cancel { $0 == .root(.probe) }
        if gate?.isResuming == true {
            gate?.message = nil
            return effects + send(.access(.resume), to: .gate)
        }
        return effects + reload(isExplicit: false)
    }
}
