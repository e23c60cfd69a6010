import Domain
import Sealing
import Synchronization

// DESIGN
//
// 1. Each try locks the counters of its network. A storm from one network would hold every
//    connection that writes while its tries wait for each other: here they wait without one.
// 2. Whoever finds the waiting room full is told so at once: waiting requests would use up the
//    connections that the server takes.
// 3. Tries that show a device which this platform made wait in a room of their own. Whether the
//    account knows the device is not known yet. The two rooms are served in turn.
// 4. One network has at most half of the places and half of each room, one device a place and two
//    seats: whoever comes in great number waits behind themselves.

/// Where tries to sign in wait until they are counted.
final class SignInDoor: Sendable {
    /// Somebody in the waiting room; called once, with whether the way is free.
    private typealias Waiter = @Sendable (Bool) -> Void

    private struct State {
        var queue: BoundedQueueState<Waiter>
        var lastID: UInt64 = 0
    }

    private let state: Mutex<State>

    /// Makes an idle door.
    ///
    /// - Parameters:
    ///   - width: How many are counted at once.
    ///   - room: How many may wait besides, in each of the two rooms.
    init(width: Int = 4, room: Int = 64) {
        state = Mutex(State(queue: BoundedQueueState(width: width, room: room)))
    }

    /// Runs `work` when it is its turn.
    ///
    /// - Throws: `too_many_requests` when the room is full, `timeout` when the request was
    ///   cancelled while it waited, or what `work` throws.
    func pass<Value: Sendable>(
        _ visitor: SignInVisitor,
        _ work: () async throws -> Value
    ) async throws -> Value {
        let parties = state.withLock { state in
            visitor.parties(width: state.queue.width, room: state.queue.room)
        }
        try await enter(visitor, of: parties)
        defer { leave(parties) }
        return try await work()
    }

    /// How many wait now.
    var waiting: Int { state.withLock { $0.queue.waiting } }

    private func enter(_ visitor: SignInVisitor, of parties: [QueueParty]) async throws {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        let outcome: Result<Void, DomainError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waiter: Waiter = { isFree in
                    continuation.resume(returning: isFree ? .success(()) : .failure(Self.cancelled))
                }
                // The handler may have run already: it finds nobody in the room.
                guard !Task.isCancelled else { return waiter(false) }
                let submission = state.withLock {
                    $0.queue.submit(
                        waiter,
                        id: id,
                        isPreferred: visitor.isPreferred,
                        of: parties
                    )
                }
                switch submission {
                case .start: waiter(true)
                case .wait: break
                case .refuse: continuation.resume(returning: .failure(Self.full))
                }
            }
        } onCancel: {
            state.withLock { $0.queue.cancel(id: id) }?(false)
        }
        try outcome.get()
    }

    private func leave(_ parties: [QueueParty]) {
        state.withLock { $0.queue.next(after: parties) }?(true)
    }

    private static let full = DomainError(
        .limited(retryAfter: .seconds(1)),
        .tooManyRequests,
        "Too many people are signing in.",
        hint: "Try again in a moment."
    )
    private static let cancelled = DomainError(
        .timeout,
        .timeout,
        "The request was cancelled."
    )
}
