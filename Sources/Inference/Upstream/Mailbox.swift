import Domain
import Synchronization

// DESIGN
//
// Between the task that reads a provider's answer (the writer) and the one that asks for it (the
// reader). Invariants:
//
// 1. The writer goes on while fewer than `capacity` events wait, so that pieces which came together
//    are taken together; else once they were taken.
// 2. The first end counts. What waits is taken before the end is seen.
// 3. Nobody waits for ever: a writer whose task is cancelled goes on at once, a reader gets the
//    end that the writer's own end leaves behind.

/// Hands events over, all that wait at a time.
final class Mailbox: Sendable {
    private static let capacity = 16

    private struct State {
        /// What waits; nil for nothing, and empty for a head without events.
        var batch: [ChatEvent]?
        var ending: Result<Void, ProviderFailure>?
        var isAbandoned = false
        var reader: CheckedContinuation<Void, Never>?
        var writer: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Whether nothing more will come.
    var hasEnded: Bool { state.withLock { $0.ending != nil } }

    /// What waits, or the next batch; nil at the end.
    func take() async -> Result<[ChatEvent]?, ProviderFailure> {
        while true {
            let (batch, writer, ending) = state.withLock { state in
                let found = (state.batch, state.writer, state.ending)
                state.batch = nil
                state.writer = nil
                return found
            }
            writer?.resume()
            if let batch { return .success(batch) }
            if let ending { return ending.map { nil } }
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    if state.batch != nil || state.ending != nil { return true }
                    state.reader = continuation
                    return false
                }
                if isReady { continuation.resume() }
            }
        }
    }

    /// Leaves a batch; returns when there is room for more, or this task is cancelled.
    func put(_ batch: [ChatEvent]) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (reader, goesOn) = state.withLock { state in
                    let waiting = (state.batch ?? []) + batch
                    state.batch = waiting
                    defer { state.reader = nil }
                    if state.isAbandoned || waiting.count < Self.capacity {
                        return (state.reader, true)
                    }
                    state.writer = continuation
                    return (state.reader, false)
                }
                if goesOn { continuation.resume() }
                reader?.resume()
            }
        } onCancel: {
            let writer = state.withLock { state in
                state.isAbandoned = true
                defer { state.writer = nil }
                return state.writer
            }
            writer?.resume()
        }
    }

    /// Nothing more comes; with a failure when that is why.
    func end(_ failure: ProviderFailure? = nil) {
        let reader = state.withLock { state in
            if state.ending == nil { state.ending = failure.map { .failure($0) } ?? .success(()) }
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume()
    }
}
