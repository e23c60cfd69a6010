internal import Dispatch
internal import Synchronization

/// Runs blocking work on a few threads of its own, with a limited waiting room.
///
/// Swift's cooperative pool has one thread per core and must never be blocked; this queue
/// keeps work of a fifth of a second away from it.
final class BoundedQueue: Sendable {
    private struct Job: Sendable {
        let run: @Sendable () -> Void
        let cancel: @Sendable () -> Void
    }

    private struct State {
        var jobs: BoundedQueueState<Job>
        var lastID: UInt64 = 0
    }

    private let state: Mutex<State>
    private let threads: DispatchQueue
    private let yields: Bool

    /// Makes an idle queue.
    ///
    /// - Parameters:
    ///   - label: A name for debuggers.
    ///   - width: How many jobs run at once.
    ///   - room: How many may wait besides.
    ///   - yields: Whether the threads take only what processor time others leave (nice 10 on Linux,
    ///     ``TimeSlice/long``), and a crowd leaves one of them free.
    init(label: String, width: Int, room: Int, yields: Bool = false) {
        let jobs = BoundedQueueState<Job>(width: width, room: room, spare: yields ? 1 : 0)
        state = Mutex(State(jobs: jobs))
        self.yields = yields
        let priority = yields ? DispatchQoS.background : .default
        threads = DispatchQueue(label: label, qos: priority, attributes: .concurrent)
    }

    /// Runs `work` and returns what it returns.
    ///
    /// - Parameters:
    ///   - secondsPerJob: How long a job takes about, for the advice when to come again.
    ///   - isPreferred: Whether it waits in a room of its own, which a crowd cannot fill.
    ///   - work: Blocking work.
    /// - Returns: What `work` returns.
    /// - Throws: ``SealingError/queueFull(retryAfter:)`` or ``SealingError/cancelled``, or what
    ///   `work` throws.
    func run<Value: Sendable>(
        secondsPerJob: Double,
        isPreferred: Bool = false,
        _ work: @escaping @Sendable () throws(SealingError) -> Value
    ) async throws(SealingError) -> Value {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        let result: Result<Value, SealingError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                guard !Task.isCancelled else {
                    return continuation.resume(returning: .failure(.cancelled))
                }
                let job = Job(
                    run: { continuation.resume(returning: Result(catching: work)) },
                    cancel: { continuation.resume(returning: .failure(.cancelled)) }
                )
                if let refusal = submit(job, id: id, secondsPerJob, isPreferred) {
                    continuation.resume(returning: .failure(refusal))
                }
            }
        } onCancel: {
            state.withLock { $0.jobs.cancel(id: id) }?.cancel()
        }
        return try result.get()
    }

    private func submit(
        _ job: Job,
        id: UInt64,
        _ secondsPerJob: Double,
        _ isPreferred: Bool
    ) -> SealingError? {
        switch state.withLock({ $0.jobs.submit(job, id: id, isPreferred: isPreferred) }) {
        case .start:
            threads.async { self.drain(from: job) }
            return nil
        case .wait:
            return nil
        case .refuse(let waiting):
            return full(secondsPerJob, waiting)
        }
    }

    /// The refusal that an ordinary job would meet now; nil when there is room for it.
    func refusal(secondsPerJob: Double) -> SealingError? {
        let (isFull, waiting) = state.withLock { ($0.jobs.isFull, $0.jobs.waiting) }
        return isFull ? full(secondsPerJob, waiting) : nil
    }

    private func full(_ secondsPerJob: Double, _ waiting: Int) -> SealingError {
        let width = state.withLock { $0.jobs.width }
        let seconds = (secondsPerJob * Double(waiting + 1) / Double(width)).rounded(.up)
        return .queueFull(retryAfter: .seconds(Int64(max(1, min(seconds, 3600)))))
    }

    private func drain(from first: Job) {
        // The threads of this rank do nothing else: what one asked for once may stay.
        if yields { TimeSlice.long.ask() }
        var job: Job? = first
        while let current = job {
            current.run()
            job = state.withLock { $0.jobs.next() }
        }
    }
}
