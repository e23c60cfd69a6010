package import Domain
package import Storage
import Synchronization

// DESIGN
//
// 1. A call is in hand from its hold until its end is written down or given up. Signs of life renew
//    these calls only, so one that nobody here knows of runs out soon.
// 2. An end that the database would not take is kept, and written down before the next sign of
//    life. Its call stays in hand until then.
// 3. Ends are kept in memory, up to a number: a call whose end does not fit is left to the sweeper.

/// The calls to models that this process has to end.
package final class CallsInHand: Sendable {
    /// The end of a call that is still to be written down.
    package struct End: Sendable {
        package let id: AICallID
        package let tenant: TenantID
        package let user: UserID?
        package let statement: Statement
    }

    /// So many ends are kept.
    package static let mostEnds = 10_000

    private struct State {
        var ids: Set<AICallID> = []
        var ends: [End] = []
        var stops: [AICallID: @Sendable () -> Void] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// The calls to keep alive.
    package var ids: Set<AICallID> { state.withLock { $0.ids } }

    /// Takes a call whose hold was made; what was to end it before no longer counts.
    package func take(_ id: AICallID) {
        state.withLock { state in
            state.ids.insert(id)
            state.ends.removeAll { $0.id == id }
        }
    }

    /// Lets a call go: it has ended, or nothing more will be done about it.
    package func drop(_ id: AICallID) {
        state.withLock { state in
            state.ids.remove(id)
            state.stops[id] = nil
        }
    }

    /// Keeps an end for later; where there is no more room the call is let go.
    package func keep(_ end: End) {
        state.withLock { state in
            state.stops[end.id] = nil
            guard state.ends.count < Self.mostEnds else {
                state.ids.remove(end.id)
                return
            }
            state.ids.insert(end.id)
            state.ends.append(end)
        }
    }

    /// The oldest of the ends that are kept, which the caller writes down or keeps again.
    package func nextEnd() -> End? {
        state.withLock { $0.ends.isEmpty ? nil : $0.ends.removeFirst() }
    }

    /// Has somebody told when a call is to stop.
    func whenStopped(_ id: AICallID, _ stop: @escaping @Sendable () -> Void) {
        state.withLock { state in
            guard state.ids.contains(id) else { return }
            state.stops[id] = stop
        }
    }

    /// Tells the owners of calls that somebody wants to stop, each once.
    package func stop(_ ids: [AICallID]) {
        let stops = state.withLock { state in
            ids.compactMap { state.stops.removeValue(forKey: $0) }
        }
        for stop in stops { stop() }
    }
}
