package import Domain
package import Storage
import Synchronization

// DESIGN
//
// 1. A call is in hand from its hold until its end is written down or given up. Signs of life renew
//    these calls only, so one that nobody here knows of runs out soon.
// 2. An end that the database would not take is kept, and written down before the next sign of
//    life. Its call stays in hand until then.
// 3. Ends are kept in memory, up to a number and up to so many bytes, for an end may bring its
//    answer along: a call whose end does not fit is left to the sweeper.
// 4. Calls run in tasks that are owned here, so that a process that stops can wait for their ends.

/// The calls to models that this process has to end.
package final class CallsInHand: Sendable {
    /// The end of a call that is still to be written down.
    package struct End: Sendable {
        package let id: AICallID
        package let tenant: TenantID
        package let user: UserID?
        package let statement: Statement
        /// What the process knows of the call; nil where it does not know that there is one.
        package let ticket: CallTicket?
    }

    /// A call that the database had lost and that was written down again.
    package struct Restored: Hashable, Sendable {
        package let id: AICallID
        package let tenant: TenantID
    }

    /// So many ends are kept.
    package static let mostEnds = 10_000
    /// Their statements have so many bytes together.
    package static let mostEndBytes = 67_108_864

    /// Why a call is to stop.
    enum Stop: Hashable, Sendable {
        /// Somebody of the workspace wants it.
        case wanted
        /// Its process stops.
        case processEnds
    }

    private struct State {
        var ids: Set<AICallID> = []
        var ends: [End] = []
        var endBytes = 0
        var stops: [AICallID: @Sendable (Stop) -> Void] = [:]
        var restored: [Restored] = []
        var running = 0
        var waiting: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var lastWaiting: UInt64 = 0
    }

    private let state = Mutex(State())
    package let tally = CallTally()

    package init() {}

    /// The calls to keep alive.
    package var ids: Set<AICallID> { state.withLock { $0.ids } }

    /// Takes a call whose hold was made; what was to end it before no longer counts.
    package func take(_ id: AICallID) {
        state.withLock { state in
            state.ids.insert(id)
            state.ends.removeAll { $0.id == id }
            state.endBytes = state.ends.reduce(0) { $0 + $1.statement.size }
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
            let size = end.statement.size
            guard state.ends.count < Self.mostEnds, state.endBytes + size <= Self.mostEndBytes
            else {
                state.ids.remove(end.id)
                return
            }
            state.ids.insert(end.id)
            state.ends.append(end)
            state.endBytes += size
        }
    }

    /// The oldest of the ends that are kept, which the caller writes down or keeps again.
    package func nextEnd() -> End? {
        state.withLock { state in
            guard !state.ends.isEmpty else { return nil }
            let end = state.ends.removeFirst()
            state.endBytes -= end.statement.size
            return end
        }
    }

    func noteRestored(_ id: AICallID, of tenant: TenantID) {
        state.withLock { $0.restored.append(Restored(id: id, tenant: tenant)) }
    }

    /// The calls that were restored since somebody asked last.
    package func takeRestored() -> [Restored] {
        state.withLock { state in
            defer { state.restored = [] }
            return state.restored
        }
    }

    /// How many ends are kept.
    var kept: Int { state.withLock { $0.ends.count } }

    /// Has somebody told when a call is to stop.
    func whenStopped(_ id: AICallID, _ stop: @escaping @Sendable (Stop) -> Void) {
        state.withLock { state in
            guard state.ids.contains(id) else { return }
            state.stops[id] = stop
        }
    }

    /// Runs work on a call that goes on when whoever asked for it has gone.
    ///
    /// - Parameter work: What ends the call, whatever happens.
    /// - Returns: The task, for its value; cancelling it is the caller's affair.
    @discardableResult
    func run<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) -> Task<Value, any Error> {
        state.withLock { $0.running += 1 }
        return Task {
            defer { leave() }
            return try await work()
        }
    }

    private func leave() {
        let waiting = state.withLock { state in
            state.running -= 1
            guard state.running == 0 else { return [CheckedContinuation<Void, Never>]() }
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for continuation in waiting { continuation.resume() }
    }

    /// How many tasks run.
    package var running: Int { state.withLock { $0.running } }

    /// Returns when no task runs, or when the caller is cancelled.
    func settled() async {
        let number = state.withLock { state in
            state.lastWaiting += 1
            return state.lastWaiting
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.running == 0 || Task.isCancelled { return true }
                    state.waiting[number] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: number) }?.resume()
        }
    }

    /// Tells the owners of all calls to stop.
    func stopAll() {
        stop(Array(state.withLock { $0.stops.keys }), .processEnds)
    }

    /// Tells the owners of calls that somebody wants to stop, each once.
    package func stop(_ ids: [AICallID]) {
        stop(ids, .wanted)
    }

    private func stop(_ ids: [AICallID], _ reason: Stop) {
        let stops = state.withLock { state in
            ids.compactMap { state.stops.removeValue(forKey: $0) }
        }
        for stop in stops { stop(reason) }
    }
}
