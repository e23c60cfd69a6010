import Domain
import Synchronization

/// Watches over one call: which part it is in, and until when that part may take.
final class Watch: Sendable {
    enum Part: Sendable {
        case connecting
        /// The request is on its way, the answer is not.
        case sent
        case reading
        /// Whoever asked has what came, and takes time over it.
        case handing
        /// All has been read; only the connection's end is waited for.
        case leaving
    }

    private struct State {
        var part = Part.connecting
        var limit: ContinuousClock.Instant
        var isSent = false
        var hasContent = false
        var expiry: String?
    }

    private let patience: Patience
    private let deadline: ContinuousClock.Instant
    private let pace: Pace
    private let state: Mutex<State>

    init(patience: Patience, deadline: ContinuousClock.Instant, pace: Pace) {
        self.patience = patience
        self.deadline = deadline
        self.pace = pace
        state = Mutex(State(limit: min(deadline, pace.now() + patience.connect)))
    }

    /// What a failure at this moment means for the bill.
    var stage: ProviderFailure.Stage {
        state.withLock { state in
            state.hasContent ? .afterFirstByte : state.isSent ? .maybeBilled : .notSent
        }
    }

    func noteContent() {
        state.withLock { $0.hasContent = true }
    }

    /// What took too long, in a sentence; nil while nothing has.
    var expiry: String? { state.withLock { $0.expiry } }

    func enter(_ part: Part) {
        let now = pace.now()
        state.withLock { state in
            state.part = part
            if part != .connecting { state.isSent = true }
            state.limit = min(deadline, now + allowance(part))
        }
    }

    /// Returns when a part has taken too long, or the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            let now = pace.now()
            let limit = state.withLock { state in
                if now >= state.limit { state.expiry = sentence(state.part, now) }
                return state.limit
            }
            if now >= limit { return }
            // A part that is entered later is never due before the shortest allowance is over.
            try? await pace.sleep(min(limit, now + shortest))
        }
    }

    private var shortest: Duration {
        [patience.connect, patience.firstByte, patience.idle, Self.leave].min() ?? Self.leave
    }

    /// How long the end of a connection is worth waiting for: the next call can use it again.
    private static let leave = Duration.seconds(1)

    private func allowance(_ part: Part) -> Duration {
        switch part {
        case .connecting: patience.connect
        case .sent: patience.firstByte
        case .reading: patience.idle
        case .handing: pace.now().duration(to: deadline)
        case .leaving: Self.leave
        }
    }

    private func sentence(_ part: Part, _ now: ContinuousClock.Instant) -> String {
        if now >= deadline { return "The call ran out of time." }
        return switch part {
        case .connecting: "The provider took no request within \(patience.connect)."
        case .sent: "The provider did not answer within \(patience.firstByte)."
        case .reading, .handing, .leaving:
            "The provider fell silent for \(patience.idle) within its answer."
        }
    }
}
