import Dispatch
import Glibc
import Testing

@testable import Sealing

@Suite struct BoundedQueueStateTests {
    @Test func `as many start as there are threads, then wait, then are refused`() {
        var state = BoundedQueueState<String>(width: 2, room: 1)
        #expect(state.submit("a", id: 1) == .start)
        #expect(state.submit("b", id: 2) == .start)
        #expect(state.submit("c", id: 3) == .wait)
        #expect(state.isFull)
        #expect(state.submit("d", id: 4) == .refuse(waiting: 1))
        #expect(state.running == 2)
        #expect(state.next() == "c" && !state.isFull)
    }

    @Test func `who waits longest is next, and a thread stops when nobody waits`() {
        var state = BoundedQueueState<String>(width: 1, room: 2)
        for (id, job) in ["a", "b", "c"].enumerated() { _ = state.submit(job, id: UInt64(id)) }
        #expect(state.next() == "b")
        #expect(state.next() == "c")
        #expect(state.next() == nil)
        #expect(state.running == 0)
        #expect(state.submit("d", id: 9) == .start)
    }

    @Test func `only a waiting job can be cancelled, and it frees its place`() {
        var state = BoundedQueueState<String>(width: 1, room: 1)
        _ = state.submit("a", id: 1)
        _ = state.submit("b", id: 2)
        #expect(state.cancel(id: 1) == nil)
        #expect(state.cancel(id: 2) == "b")
        #expect(state.cancel(id: 2) == nil)
        #expect(state.submit("c", id: 3) == .wait)
    }

    @Test func `a crowd keeps nobody out of the preferred room, and the two are served in turn`() {
        var state = BoundedQueueState<String>(width: 1, room: 2)
        _ = state.submit("a", id: 1)
        _ = state.submit("b", id: 2)
        _ = state.submit("c", id: 3)
        #expect(state.submit("d", id: 4) == .refuse(waiting: 2))
        #expect(state.submit("p", id: 5, isPreferred: true) == .wait)
        #expect(state.submit("q", id: 6, isPreferred: true) == .wait)
        #expect(state.submit("r", id: 7, isPreferred: true) == .refuse(waiting: 4))
        #expect(state.cancel(id: 6) == "q")
        #expect(state.submit("s", id: 8, isPreferred: true) == .wait)
        #expect(state.next() == "p")
        #expect(state.next() == "b")
        #expect(state.next() == "s")
        #expect(state.next() == "c")
        #expect(state.next() == nil)
        #expect(state.running == 0)
    }

    @Test func `a party waits behind itself while others go on`() {
        var state = BoundedQueueState<String>(width: 3, room: 4)
        let crowd = [QueueParty("crowd", places: 2, seats: 2)]
        #expect(state.submit("a", id: 1, of: crowd) == .start)
        #expect(state.submit("b", id: 2, of: crowd) == .start)
        #expect(state.submit("c", id: 3, of: crowd) == .wait)
        #expect(state.submit("d", id: 4, of: crowd) == .wait)
        #expect(state.submit("e", id: 5, of: crowd) == .refuse(waiting: 2))
        #expect(state.submit("x", id: 6) == .start)
        #expect(state.submit("y", id: 7) == .wait)
        #expect(state.next() == "y")
        #expect(state.next() == nil)
        #expect(state.next(after: crowd) == "c")
        #expect(state.next(after: crowd) == "d")
        #expect(state.next(after: crowd) == nil)
        #expect(state.next(after: crowd) == nil)
        #expect(state.running == 0)
        #expect(state.submit("f", id: 8, of: crowd) == .start)
    }

    @Test func `a crowd leaves a place free, which preferred jobs take`() {
        var state = BoundedQueueState<String>(width: 2, room: 4, spare: 1)
        #expect(state.submit("a", id: 1) == .start)
        #expect(state.submit("b", id: 2) == .start)
        for (id, job) in ["c", "d", "e"].enumerated() {
            #expect(state.submit(job, id: UInt64(10 + id)) == .wait)
        }
        // Three of four seats are taken: the first place that falls free stays free.
        #expect(state.next() == nil)
        #expect(state.running == 1)
        #expect(state.submit("f", id: 20) == .wait)
        #expect(state.submit("g", id: 21) == .refuse(waiting: 4))
        #expect(state.isFull)
        #expect(state.submit("p", id: 30, isPreferred: true) == .start)
        #expect(state.next() == nil)
        #expect(state.next() == "c")
        #expect(state.next() == "d")
        // Two of four: no crowd any more.
        #expect(state.submit("h", id: 40) == .start)
        #expect(state.next() == "e")
        #expect(state.running == 2)
    }

    @Test func `a crowd has one place at least`() {
        var state = BoundedQueueState<String>(width: 1, room: 2, spare: 1)
        for (id, job) in ["a", "b", "c"].enumerated() { _ = state.submit(job, id: UInt64(id)) }
        #expect(state.next() == "b")
        #expect(state.next() == "c")
    }

    @Test func `no thread and no room still means one thread`() {
        var state = BoundedQueueState<String>(width: 0, room: -1)
        #expect(state.submit("a", id: 1) == .start)
        #expect(state.submit("b", id: 2) == .refuse(waiting: 0))
    }
}

@Suite struct BoundedQueueTests {
    @Test func `a value and an error come back`() async throws {
        let queue = BoundedQueue(label: "test", width: 1, room: 1)
        #expect(try await queue.run(secondsPerJob: 1) { () throws(SealingError) in 7 } == 7)
        await #expect(throws: SealingError.malformed(rule: "no")) {
            try await queue.run(secondsPerJob: 1) { () throws(SealingError) -> Int in
                throw .malformed(rule: "no")
            }
        }
    }

    @Test func `a full queue says when to come again`() async throws {
        let queue = BoundedQueue(label: "test", width: 1, room: 0)
        try await whileBusy(queue) {
            await #expect(throws: SealingError.queueFull(retryAfter: .seconds(3))) {
                try await queue.run(secondsPerJob: 2.5) { () throws(SealingError) in false }
            }
        }
    }

    @Test func `a cancelled task leaves the waiting room without running`() async throws {
        let queue = BoundedQueue(label: "test", width: 1, room: 4)
        try await whileBusy(queue) {
            let waiting = Task {
                try await queue.run(secondsPerJob: 1) { () throws(SealingError) in false }
            }
            waiting.cancel()
            await #expect(throws: SealingError.cancelled) { try await waiting.value }
        }
    }

    @Test func `many jobs all end once`() async throws {
        let queue = BoundedQueue(label: "test", width: 2, room: 1_000)
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 1...500 {
                group.addTask {
                    try await queue.run(secondsPerJob: 1) { () throws(SealingError) in number }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == 125_250)
    }

    @Test(arguments: [false, true])
    func `work leaves the processor to others where it shall`(yields: Bool) async throws {
        let queue = BoundedQueue(label: "test", width: 1, room: 1, yields: yields)
        let niceness = try await queue.run(secondsPerJob: 1) { () throws(SealingError) in
            getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0)
        }
        let own = getpriority(__priority_which_t(PRIO_PROCESS.rawValue), id_t(getpid()))
        #expect(yields ? niceness > own : niceness == own)
    }

    @Test func `a full queue can be seen from outside`() async throws {
        let queue = BoundedQueue(label: "test", width: 1, room: 0)
        #expect(queue.refusal(secondsPerJob: 1) == nil)
        try await whileBusy(queue) {
            #expect(queue.refusal(secondsPerJob: 2.5) == .queueFull(retryAfter: .seconds(3)))
        }
    }

    /// Does something while a job has the queue's only thread.
    private func whileBusy(_ queue: BoundedQueue, _ work: () async throws -> Void) async throws {
        let gate = DispatchSemaphore(value: 0)
        let (started, start) = AsyncStream<Void>.makeStream()
        async let first = queue.run(secondsPerJob: 1) { () throws(SealingError) in
            start.yield()
            gate.wait()
            return true
        }
        for await _ in started { break }
        do {
            defer { gate.signal() }
            try await work()
        }
        #expect(try await first)
    }
}
