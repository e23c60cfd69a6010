import Inference
import Synchronization

/// A clock that stands still until a test moves it.
final class ManualClock: Sendable {
    private struct Sleeper {
        let id: Int
        let until: ContinuousClock.Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = ContinuousClock.now
        var sleepers: [Sleeper] = []
        var cancelled: Set<Int> = []
        var count = 0
    }

    private let state = Mutex(State())

    var now: ContinuousClock.Instant { state.withLock { $0.now } }

    var pace: Pace {
        Pace(
            now: { [self] in now },
            sleep: { [self] moment in try await sleep(until: moment) },
            chance: { 1 },
            wallSeconds: { 784_111_777 }
        )
    }

    func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now += duration
            let due = state.sleepers.filter { $0.until <= state.now }
            state.sleepers.removeAll { $0.until <= state.now }
            return due
        }
        for sleeper in due { sleeper.continuation.resume() }
    }

    /// Lets time pass for as long as something goes on.
    func pass<Value: Sendable>(
        by step: Duration,
        while body: @escaping @Sendable () async -> Value
    ) async -> Value {
        let isOver = Mutex(false)
        async let value: Value = {
            let value = await body()
            isOver.withLock { $0 = true }
            return value
        }()
        while !isOver.withLock({ $0 }) {
            advance(by: step)
            await Task.yield()
        }
        return await value
    }

    private func sleep(until moment: ContinuousClock.Instant) async throws {
        let id = state.withLock { state in
            state.count += 1
            return state.count
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let result: Result<Void, any Error>? = state.withLock { state in
                    if state.cancelled.contains(id) { return .failure(CancellationError()) }
                    if moment <= state.now { return .success(()) }
                    let sleeper = Sleeper(id: id, until: moment, continuation: continuation)
                    state.sleepers.append(sleeper)
                    return nil
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                state.cancelled.insert(id)
                let sleeper = state.sleepers.first { $0.id == id }
                state.sleepers.removeAll { $0.id == id }
                return sleeper
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }
}

/// A clock that leaps over every sleep, and remembers them.
final class LeapingClock: Sendable {
    private let state = Mutex((now: ContinuousClock.now, pauses: [Duration]()))

    var now: ContinuousClock.Instant { state.withLock { $0.now } }
    var pauses: [Duration] { state.withLock { $0.pauses } }

    func advance(by duration: Duration) {
        state.withLock { $0.now += duration }
    }

    var pace: Pace {
        Pace(
            now: { [self] in now },
            sleep: { [self] moment in
                state.withLock { state in
                    state.pauses.append(state.now.duration(to: moment))
                    state.now = max(state.now, moment)
                }
            },
            chance: { 1 },
            wallSeconds: { 784_111_777 }
        )
    }
}
