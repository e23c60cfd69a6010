/// Which jobs run and which wait: the rules of ``BoundedQueue`` without any thread.
///
///     submit ──▶ start            a thread is free
///            ──▶ wait             all threads busy, room to wait   ──next──▶ runs
///            ──▶ refuse           all threads busy, no room        ──cancel─▶ gone
struct BoundedQueueState<Job> {
    enum Submission: Equatable {
        case start
        case wait
        case refuse(waiting: Int)
    }

    let width: Int
    let room: Int
    private(set) var running = 0
    private var waiting: [(id: UInt64, job: Job)] = []

    /// Makes the state of an idle queue.
    ///
    /// - Parameters:
    ///   - width: How many jobs run at once, at least 1.
    ///   - room: How many may wait besides, at least 0.
    init(width: Int, room: Int) {
        self.width = max(1, width)
        self.room = max(0, room)
    }

    /// A job arrives; on `start` the caller runs it, on `wait` the state keeps it.
    mutating func submit(_ job: Job, id: UInt64) -> Submission {
        if running < width {
            running += 1
            return .start
        }
        guard waiting.count < room else { return .refuse(waiting: waiting.count) }
        waiting.append((id, job))
        return .wait
    }

    /// A job has ended; its thread takes the one returned, or stops when there is none.
    mutating func next() -> Job? {
        guard waiting.isEmpty else { return waiting.removeFirst().job }
        running -= 1
        return nil
    }

    /// Takes a waiting job out; nil when it runs already, is done, or never came.
    mutating func cancel(id: UInt64) -> Job? {
        guard let index = waiting.firstIndex(where: { $0.id == id }) else { return nil }
        return waiting.remove(at: index).job
    }
}
