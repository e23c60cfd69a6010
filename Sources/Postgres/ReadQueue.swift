import Synchronization

/// Short reads that wait for a conversation to share, and how many connections hold one.
final class ReadQueue: Sendable {
    /// A read in the queue.
    struct Job: Sendable {
        let number: UInt64
        let read: SharedRead
        let limit: ContinuousClock.Instant
        let continuation: CheckedContinuation<Result<[Rows], PostgresError>, Never>
    }

    /// A read that a connection has taken.
    private struct Hand {
        /// What stops it; nil while it shares its conversation.
        var cancellation: Cancellation?
        var isUnwanted = false
    }

    private struct State {
        var jobs: [Job] = []
        var hands: [UInt64: Hand] = [:]
        var last: UInt64 = 0
        var runners = 0
    }

    /// The most reads of one conversation.
    static let most = 16

    private let runners: Int
    private let state = Mutex(State())

    /// A queue that so many connections may serve at once.
    init(runners: Int) {
        self.runners = runners
    }

    /// How many reads no connection has taken yet.
    var waiting: Int { state.withLock { $0.jobs.count } }

    /// A number for a read, by which it can be taken out again.
    func makeNumber() -> UInt64 {
        state.withLock { state in
            state.last += 1
            return state.last
        }
    }

    /// Puts a read at the end.
    ///
    /// - Returns: Whether another connection should begin to serve.
    func append(_ job: Job) -> Bool {
        state.withLock { state in
            state.jobs.append(job)
            guard state.runners < runners, state.runners * Self.most / 2 < state.jobs.count else {
                return false
            }
            state.runners += 1
            return true
        }
    }

    /// Takes a read out that has not been sent yet.
    func remove(_ number: UInt64) -> Job? {
        state.withLock { state in
            state.jobs.firstIndex { $0.number == number }.map { state.jobs.remove(at: $0) }
        }
    }

    /// The next reads; none when the server of the queue should end.
    func take() -> [Job] {
        state.withLock { state in
            guard !state.jobs.isEmpty else {
                state.runners -= 1
                return []
            }
            let taken = Array(state.jobs.prefix(Self.most))
            state.jobs.removeFirst(taken.count)
            for job in taken { state.hands[job.number] = Hand() }
            return taken
        }
    }

    /// Notes that a read is sent alone: from here on until it has ended it can be stopped.
    ///
    /// - Returns: Whether somebody still waits for it.
    func begin(_ number: UInt64, _ cancellation: Cancellation) -> Bool {
        state.withLock { state in
            guard state.hands[number]?.isUnwanted == false else { return false }
            state.hands[number]?.cancellation = cancellation
            return true
        }
    }

    /// Notes that reads have ended.
    func end(_ numbers: some Sequence<UInt64>) {
        state.withLock { state in for number in numbers { state.hands[number] = nil } }
    }

    /// Stops a read that was taken; one that shares its conversation goes on.
    func stop(_ number: UInt64) {
        state.withLock { state in
            state.hands[number]?.isUnwanted = true
            // Within the lock: behind `end` the connection may be working for somebody else.
            state.hands[number]?.cancellation?.request()
        }
    }

    /// Ends one server of the queue early.
    ///
    /// - Returns: Whether there is work for another.
    func resign() -> Bool {
        state.withLock { state in
            state.runners -= 1
            guard !state.jobs.isEmpty, state.runners < runners else { return false }
            state.runners += 1
            return true
        }
    }

    /// Ends one server of the queue that got no connection; what nobody else serves.
    func giveUp() -> [Job] {
        state.withLock { state in
            state.runners -= 1
            guard state.runners == 0 else { return [] }
            defer { state.jobs = [] }
            return state.jobs
        }
    }
}
