import Domain

// DESIGN: how a screen stays true without asking on and on.
//
// 1. The console names one place that it watches, from what is on the screen. The loop listens
//    there and says `fed` when something changed; the bell tells neither what nor by whom.
// 2. The shown screen asks for its data again, through the same requests as always, at most once a
//    second and never while an earlier question is open. What comes is a refresh: it announces and
//    pulses, and moves nothing.
// 3. Such a question is nobody's: no spinner, no latency, so that a screen on which nothing has
//    changed costs the terminal nothing.

/// What the console heard and has not looked at.
struct FeedState: Hashable, Sendable {
    /// Whether something changed since the last look.
    var isDue = false
    var lastLook: Instant?
    /// The visit whose screen stands still.
    var paused: Int?
}

extension Console {
    /// The least time between two looks.
    static let lookPause = Duration.seconds(1)

    /// Where the console wants to hear of changes; nil while it shows nothing that could change.
    package var watch: FeedWatch? {
        guard gate == nil, let identity = standing.identity, let place = watchedPlace else {
            return nil
        }
        return FeedWatch(place, user: identity.user, session: identity.session)
    }

    private var watchedPlace: FeedWatch.Place? {
        guard let content = trail.current?.content else { return nil }
        if let tenant = content.tenant, maySee(tenant) {
            let support = tenant.membership == nil ? standing.support?.id : nil
            return .tenant(tenant.id, support: support)
        }
        if content.kind == .sessions { return .person }
        return standing.identity?.platformRole == nil ? nil : .platform
    }

    /// Whether the shown screen stands still.
    var isPaused: Bool { feed.paused != nil && feed.paused == trail.current?.id }

    /// Takes note of a change, and looks when it is time to.
    mutating func heard(_ watch: FeedWatch) -> [Effect] {
        guard watch == self.watch else { return [] }
        feed.isDue = true
        return look()
    }

    /// When the next look is due; nil while nothing changed or something is being waited for.
    var lookAt: Instant? {
        guard gate == nil, feed.isDue, !isPaused, !isLooking, case .live = standing.connection
        else {
            return nil
        }
        return feed.lastLook?.advanced(by: Self.lookPause) ?? surroundings.now
    }

    /// Asks for what is on the screen again, when something changed and it is time to.
    mutating func look() -> [Effect] {
        guard let due = lookAt, due <= surroundings.now, let visit = trail.current else {
            return []
        }
        feed.isDue = false
        feed.lastLook = surroundings.now
        // What waits for the next event of a trail waits on.
        let asks = visit.content.asks(isRefresh: true, context).filter { $0.slot != .follow }
        return asks.flatMap {
            send($0.ask, to: .refresh(visit.id, $0.slot))
        }
    }

    private var isLooking: Bool {
        requests.first { $0.isScreen && $0.isShown || $0.isRefresh } != nil
    }

    /// Lets the screen stand still, or move again with what has come meanwhile.
    mutating func togglePause() -> [Effect] {
        if isPaused {
            feed.paused = nil
            return look()
        }
        feed.paused = trail.current?.id
        return []
    }
}

extension Route {
    /// Whether it only brings a screen up to date.
    var isRefresh: Bool {
        if case .refresh = self { return true }
        return false
    }
}
