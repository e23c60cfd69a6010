/// Which jobs run and which wait: the rules of a queue with a limited waiting room, without any thread.
///
///     submit ──▶ start            a thread is free
///            ──▶ wait             all threads busy, room to wait   ──next──▶ runs
///            ──▶ refuse           all threads busy, no room        ──cancel─▶ gone
///
/// There are two waiting rooms of the same size: a crowd in the ordinary one keeps nobody out of the
/// preferred one, whose people come first.
package struct BoundedQueueState<Job: Sendable>: Sendable {
    package enum Submission: Equatable, Sendable {
        case start
        case wait
        case refuse(waiting: Int)
    }

    package let width: Int
    let room: Int
    private(set) var running = 0
    private var ordinary: [(id: UInt64, job: Job)] = []
    private var preferred: [(id: UInt64, job: Job)] = []

    /// How many wait, in both rooms.
    package var waiting: Int { preferred.count + ordinary.count }

    /// Makes the state of an idle queue.
    ///
    /// - Parameters:
    ///   - width: How many jobs run at once, at least 1.
    ///   - room: How many may wait besides, at least 0.
    package init(width: Int, room: Int) {
        self.width = max(1, width)
        self.room = max(0, room)
    }

    /// A job arrives; on `start` the caller runs it, on `wait` the state keeps it.
    package mutating func submit(_ job: Job, id: UInt64, isPreferred: Bool = false) -> Submission {
        if running < width {
            running += 1
            return .start
        }
        let count = isPreferred ? preferred.count : ordinary.count
        guard count < room else { return .refuse(waiting: waiting) }
        if isPreferred { preferred.append((id, job)) } else { ordinary.append((id, job)) }
        return .wait
    }

    /// A job has ended; its thread takes the one returned, or stops when there is none.
    package mutating func next() -> Job? {
        guard preferred.isEmpty else { return preferred.removeFirst().job }
        guard ordinary.isEmpty else { return ordinary.removeFirst().job }
        running -= 1
        return nil
    }

    /// Takes a waiting job out; nil when it runs already, is done, or never came.
    package mutating func cancel(id: UInt64) -> Job? {
        if let index = preferred.firstIndex(where: { $0.id == id }) {
            return preferred.remove(at: index).job
        }
        guard let index = ordinary.firstIndex(where: { $0.id == id }) else { return nil }
        return ordinary.remove(at: index).job
    }
}
