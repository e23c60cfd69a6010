import CLibPQ
import Glibc
import Synchronization

// DESIGN
//
// PQcancel of libpq 15 blocks without a time-out and may hit the statement after the one it was
// meant for. Hence:
// 1. It runs on a thread of its own, never on the connection's.
// 2. It is sent only while a borrower's body is armed, and the connection is handed on only after
//    the call ended (`disarm`); a connection whose cancel call hangs is discarded.
// 3. The thread that waits for the server is woken, so that a server that neither answers nor
//    takes the cancel request costs the grace period and not the whole deadline.

/// Asks the server, from any thread, to stop what a connection is doing.
final class Cancellation: Sendable {
    /// What is left of the cancel calls when a body has ended.
    enum Remainder {
        case none
        /// A call was made and has ended: the server may have cancelled.
        case ended
        /// A call is still on its way: the connection cannot be handed on.
        case hanging
    }

    /// How long the server has to react before the connection is given up.
    private static let graceOfServer = Duration.seconds(2)

    /// The key libpq needs.
    // Sendable: libpq allows PQcancel from any thread; it is freed with its only owner.
    private struct Handle: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    private struct State {
        var handle: Handle?
        var isArmed = false
        /// Whether there is a statement for the server to stop; otherwise waking is enough.
        var isServerBusy = false
        var isRequested = false
        var calls = 0
    }

    let wake: WakePipe
    private let state = Mutex(State())

    init() throws(PostgresError) {
        wake = try WakePipe()
    }

    deinit {
        PQfreeCancel(state.withLock { $0.handle }?.pointer)
    }

    /// Takes the key of an established connection; called once, before it is handed out.
    func attach(_ connection: OpaquePointer) {
        let handle = PQgetCancel(connection).map { Handle(pointer: $0) }
        state.withLock { $0.handle = handle }
    }

    /// How long a wait may still last after a request; none while the server does nothing.
    var grace: Duration {
        state.withLock { $0.isServerBusy ? Self.graceOfServer : .zero }
    }

    /// Whether the body in hand was asked to stop.
    var isRequested: Bool {
        state.withLock { $0.isRequested }
    }

    /// From here on a request ends the wait, and reaches the server when that is busy for us.
    func arm(isServerBusy: Bool = true) {
        state.withLock {
            $0.isArmed = true
            $0.isServerBusy = isServerBusy
            $0.isRequested = false
        }
    }

    /// Asks for the end of the body in hand, or of whatever runs when `always`.
    func request(always: Bool = false) {
        let callsServer = state.withLock { state in
            guard state.isArmed || always else { return false }
            state.isRequested = true
            state.calls += state.isServerBusy || always ? 1 : 0
            wake.signal()
            return state.isServerBusy || always
        }
        guard callsServer else { return }
        do {
            try startThread { [self] in callServer() }
        } catch {
            finishCall()
        }
    }

    /// From here on requests are ignored.
    ///
    /// - Parameter waits: whether calls on their way must have ended.
    /// - Returns: what is left of them.
    func disarm(waits: Bool = true) -> Remainder {
        let (wasRequested, calls) = state.withLock { state in
            state.isArmed = false
            return (state.isRequested, state.calls)
        }
        guard wasRequested || calls > 0 else { return .none }
        let limit = ContinuousClock.now + Self.graceOfServer
        while state.withLock({ $0.calls }) > 0 {
            guard waits else { return .hanging }
            let left = (limit - .now).milliseconds
            guard left > 0 else { return .hanging }
            var descriptor = pollfd(fd: wake.readEnd, events: Int16(POLLIN), revents: 0)
            poll(&descriptor, 1, Int32(clamping: left))
            wake.drain()
        }
        wake.drain()
        state.withLock { $0.isRequested = false }
        return .ended
    }

    private func callServer() {
        if let handle = state.withLock({ $0.handle }) {
            var message = [CChar](repeating: 0, count: 256)
            PQcancel(handle.pointer, &message, Int32(message.count))
        }
        finishCall()
    }

    private func finishCall() {
        state.withLock { $0.calls -= 1 }
        wake.signal()
    }
}
