import Synchronization

// DESIGN
//
// 1. A flight is one question on its way to the model; the first who boards asks, the others wait.
// 2. Nobody waits twice: who finds no answer behind the flight asks for themselves, all at once. A
//    question whose answers are not kept does not queue a workspace behind one call after another.
// 3. Every waiting side is resumed exactly once: it is taken out under the lock, by the landing or
//    by its own cancellation.

/// Lets one of several equal questions ask the model, and the others wait for its answer.
final class SingleFlight: Sendable {
    private typealias Waiter = CheckedContinuation<Void, Never>

    private struct State {
        var flights: [[UInt8]: [UInt64: Waiter]] = [:]
        var last: UInt64 = 0
    }

    /// A place in a flight.
    struct Seat: Sendable {
        private let board: SingleFlight
        private let key: [UInt8]
        /// Whether nobody asked the same before; false for who has waited until somebody had.
        let isFirst: Bool

        fileprivate init(_ board: SingleFlight, _ key: [UInt8], isFirst: Bool) {
            self.board = board
            self.key = key
            self.isFirst = isFirst
        }

        /// Ends the flight, if it is one's own; those who waited look for the answer.
        func land() {
            if isFirst { board.land(key) }
        }
    }

    private let state = Mutex(State())

    /// How many wait for somebody else's answer.
    var waiting: Int { state.withLock { $0.flights.values.reduce(0) { $0 + $1.count } } }

    /// Begins a flight, or waits for the end of one.
    ///
    /// - Returns: The seat, on which the first must call `land`.
    /// - Throws: `CancellationError` for who goes while waiting.
    func board(_ key: [UInt8]) async throws -> Seat {
        let number = state.withLock { state -> UInt64? in
            guard state.flights[key] != nil else {
                state.flights[key] = [:]
                return nil
            }
            state.last += 1
            return state.last
        }
        guard let number else { return Seat(self, key, isFirst: true) }
        await wait(for: key, as: number)
        try Task.checkCancellation()
        return Seat(self, key, isFirst: false)
    }

    private func wait(for key: [UInt8], as number: UInt64) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mustWait = state.withLock { state in
                    // It may have landed meanwhile, and the handler may have found nobody.
                    guard state.flights[key] != nil, !Task.isCancelled else { return false }
                    state.flights[key]?[number] = continuation
                    return true
                }
                if !mustWait { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.flights[key]?.removeValue(forKey: number) }?.resume()
        }
    }

    private func land(_ key: [UInt8]) {
        let waiting = state.withLock { $0.flights.removeValue(forKey: key) ?? [:] }
        for continuation in waiting.values { continuation.resume() }
    }
}
