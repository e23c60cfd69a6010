import Domain
import Synchronization

// DESIGN
//
// A sleeping task for each request is dear: a cancelled sleep keeps its timer until the time it was
// set for, so a busy server drags tens of thousands along. Here one task looks at all deadlines.
//
// 1. The watch lives as long as there is work in hand, and looks every 25 ms.
// 2. An entry leaves exactly once: taken out by its own work, or by the watch, which then cancels.

/// Cancels work that takes longer than it may.
final class DeadlineWatch: Sendable {
    /// The one of this process.
    static let shared = DeadlineWatch()

    private static let interval = Duration.milliseconds(25)

    private struct Entry {
        let limit: ContinuousClock.Instant
        let cancel: @Sendable () -> Void
    }

    private struct Contents {
        var entries: [UInt64: Entry] = [:]
        var last: UInt64 = 0
        var isWatched = false
    }

    private let contents = Mutex(Contents())

    /// Notes work that must end by `limit`; the number takes it out again.
    func add(
        until limit: ContinuousClock.Instant,
        cancel: @escaping @Sendable () -> Void
    ) -> UInt64 {
        let (number, startsWatch) = contents.withLock { contents in
            contents.last += 1
            contents.entries[contents.last] = Entry(limit: limit, cancel: cancel)
            defer { contents.isWatched = true }
            return (contents.last, !contents.isWatched)
        }
        if startsWatch { Task { await watch() } }
        return number
    }

    /// Takes work out that has ended.
    ///
    /// - Returns: Whether it was in time; false when the watch has cancelled it.
    func remove(_ number: UInt64) -> Bool {
        contents.withLock { $0.entries.removeValue(forKey: number) } != nil
    }

    private func watch() async {
        while true {
            try? await ContinuousClock().sleep(for: Self.interval)
            let now = ContinuousClock.now
            let (late, isDone) = contents.withLock { contents -> ([Entry], Bool) in
                let late = contents.entries.filter { $0.value.limit <= now }
                for number in late.keys { contents.entries[number] = nil }
                contents.isWatched = !contents.entries.isEmpty
                return (Array(late.values), contents.entries.isEmpty)
            }
            for entry in late { entry.cancel() }
            if isDone { return }
        }
    }
}

/// Runs `work`, and cancels it when it takes longer than `limit`.
///
/// - Throws: A time-out; whatever `work` throws.
func withDeadline<Value: Sendable>(
    _ limit: Duration,
    on executor: EventLoopExecutor,
    _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    let task = Task(executorPreference: executor) { try await work() }
    let number = DeadlineWatch.shared.add(until: .now + limit) { task.cancel() }
    let result = await withTaskCancellationHandler {
        await task.result
    } onCancel: {
        task.cancel()
    }
    guard DeadlineWatch.shared.remove(number) else { throw DomainError.requestTimeout }
    return try result.get()
}
