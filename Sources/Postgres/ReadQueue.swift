import Dispatch
import Glibc
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
        /// What wakes those of them that wait for the next read.
        var bells: [DispatchSemaphore] = []

        /// The next reads; without one, a server of the queue ends.
        mutating func take(atMost count: Int) -> [Job] {
            guard !jobs.isEmpty else {
                runners -= 1
                return []
            }
            let taken = Array(jobs.prefix(count))
            jobs.removeFirst(taken.count)
            for job in taken { hands[job.number] = Hand() }
            return taken
        }
    }

    /// The most reads of one conversation.
    static let most = 16

    private let runners: Int
    private let together: Int
    private let rest: DispatchTimeInterval
    private let state = Mutex(State())

    /// - Parameters:
    ///   - runners: how many connections may serve it at once.
    ///   - together: the most reads of one conversation here.
    ///   - rest: how long one that was busy waits for the next read.
    init(
        runners: Int,
        together: Int = ReadQueue.most,
        rest: DispatchTimeInterval = .milliseconds(1)
    ) {
        self.runners = runners
        self.together = together
        self.rest = rest
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
        let (begins, bell) = state.withLock { state -> (Bool, DispatchSemaphore?) in
            state.jobs.append(job)
            let busy = state.runners - state.bells.count
            guard busy * (together / 2) < state.jobs.count else { return (false, nil) }
            if let bell = state.bells.popLast() { return (false, bell) }
            guard state.runners < runners else { return (false, nil) }
            state.runners += 1
            return (true, nil)
        }
        bell?.signal()
        return begins
    }

    /// Takes a read out that has not been sent yet.
    func remove(_ number: UInt64) -> Job? {
        state.withLock { state in
            state.jobs.firstIndex { $0.number == number }.map { state.jobs.remove(at: $0) }
        }
    }

    /// The next reads, waited for a moment, on this thread, where the server of the queue is
    /// patient; none when it should end.
    func take(isPatient: Bool) -> [Job] {
        guard isPatient else { return state.withLock { $0.take(atMost: together) } }
        let bell = DispatchSemaphore(value: 0)
        let end = DispatchTime.now() + rest
        while true {
            let jobs = state.withLock { state -> [Job]? in
                if !state.jobs.isEmpty { return state.take(atMost: together) }
                state.bells.append(bell)
                return nil
            }
            if let jobs { return jobs }
            guard bell.wait(timeout: end) == .success else { break }
            Self.letOthersCome()
        }
        return state.withLock { state in
            state.bells.removeAll { $0 === bell }
            return state.take(atMost: together)
        }
    }

    /// Lets threads go first that wait for this processor: they may bring reads of their own.
    ///
    /// Whoever is woken by the first read of many would leave with it alone.
    private static func letOthersCome() {
        for _ in 0..<3 { sched_yield() }
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
