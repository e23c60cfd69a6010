import Dispatch
import Testing

@testable import Postgres

/// Who serves the reads that wait, and who waits for them.
@Suite struct ReadQueueTests {
    @Test func `the first read begins a server, and those behind it wait`() async {
        await withJobs(3) { jobs in
            let queue = ReadQueue(runners: 2)
            #expect(queue.append(jobs[0]))
            #expect(!queue.append(jobs[1]))
            #expect(!queue.append(jobs[2]))
            #expect(queue.waiting == 3)
            #expect(queue.take(isPatient: false).map(\.number) == jobs.map(\.number))
            #expect(queue.take(isPatient: false).isEmpty)
        }
    }

    @Test func `a patient server whom nobody needs ends, and the next read begins another`() async {
        await withJobs(2) { jobs in
            let queue = ReadQueue(runners: 1)
            #expect(queue.append(jobs[0]))
            #expect(queue.take(isPatient: true).count == 1)
            #expect(queue.take(isPatient: true).isEmpty)
            #expect(queue.append(jobs[1]))
        }
    }

    @Test func `a read wakes the server that waits for it, and begins none beside it`() async {
        await withJobs(2) { jobs in
            let queue = ReadQueue(runners: 2, rest: .seconds(600))
            #expect(queue.append(jobs[0]))
            #expect(queue.take(isPatient: true).count == 1)
            async let next = blocking { queue.take(isPatient: true).map(\.number) }
            #expect(!queue.append(jobs[1]))
            #expect(await next == [jobs[1].number])
        }
    }

    @Test func `of two servers that wait one is woken for few reads and both for many`() async {
        let many = ReadQueue.most * 3 / 2 + 1
        await withJobs(ReadQueue.most + 1 + many) { jobs in
            let queue = ReadQueue(runners: 2, rest: .seconds(600))
            #expect(queue.append(jobs[0]))
            let more = jobs[1...ReadQueue.most].filter(queue.append)
            #expect(more.count == 1)
            while queue.waiting > 0 { _ = queue.take(isPatient: false) }
            async let one = blocking { queue.take(isPatient: true).count }
            async let other = blocking { queue.take(isPatient: true).count }
            #expect(jobs.suffix(many).filter(queue.append).isEmpty)
            let taken = await (one, other)
            #expect(taken.0 > 0 && taken.1 > 0 && taken.0 + taken.1 <= many)
        }
    }

    /// Runs a body that blocks on a thread of its own.
    private func blocking<Value: Sendable>(
        _ body: @escaping @Sendable () -> Value
    ) async -> Value {
        await withCheckedContinuation { continuation in
            do {
                try startThread { continuation.resume(returning: body()) }
            } catch {
                continuation.resume(returning: body())
            }
        }
    }

    /// Reads that wait for an answer until the body has ended.
    private func withJobs(_ count: Int, _ body: ([ReadQueue.Job]) async -> Void) async {
        await withTaskGroup { group in
            let (made, making) = AsyncStream<ReadQueue.Job>.makeStream()
            for number in 1...count {
                group.addTask {
                    _ = await withCheckedContinuation { continuation in
                        making.yield(
                            ReadQueue.Job(
                                number: UInt64(number),
                                read: SharedRead(preamble: nil, statements: []),
                                limit: .now,
                                continuation: continuation
                            )
                        )
                    }
                }
            }
            var jobs: [ReadQueue.Job] = []
            for await job in made {
                jobs.append(job)
                if jobs.count == count { break }
            }
            await body(jobs)
            for job in jobs { job.continuation.resume(returning: .success([])) }
        }
    }
}
