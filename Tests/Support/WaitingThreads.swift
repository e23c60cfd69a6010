import Foundation

// DESIGN
//
// The tasks of a process share as many threads as the machine has cores. A test that waits for a
// program holds its thread meanwhile, and on two cores two of them stand in the way of everybody:
// deadlines of the product pass in other tests although nothing was slow. So who waits for programs
// does it on threads of its own. Only a task that begins on them stays on them, which is why the
// work is a task of its own.

/// Threads that may wait: there is always another one.
public final class WaitingThreads: TaskExecutor {
    private static let shared = WaitingThreads()

    private static let mark = "waits"

    /// Whether the caller is on one of them.
    public static var isHere: Bool { Thread.current.threadDictionary[mark] != nil }

    private let queue = JobQueue()

    private init() {}

    /// Does work, and all that it does by tasks below its own, on these threads.
    public static func run<Value: Sendable>(
        _ work: @concurrent @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withTaskExecutorPreference(shared) {
            async let value = work()
            return try await value
        }
    }

    /// Gives a job to a thread that has none, or to a new one.
    public func enqueue(_ job: consuming ExecutorJob) {
        guard !queue.add(UnownedJob(job)) else { return }
        Thread { [self] in
            Thread.current.threadDictionary[Self.mark] = true
            while true { queue.next().runSynchronously(on: asUnownedTaskExecutor()) }
        }.start()
    }
}

/// The jobs that no thread has taken yet.
private final class JobQueue: @unchecked Sendable {
    // All state is read and written with the condition's lock held.
    private let condition = NSCondition()
    private var jobs: [UnownedJob] = []
    private var idle = 0

    /// - Returns: Whether a thread is free for the job.
    func add(_ job: UnownedJob) -> Bool {
        condition.withLock {
            jobs.append(job)
            condition.signal()
            return jobs.count <= idle
        }
    }

    func next() -> UnownedJob {
        condition.withLock {
            idle += 1
            defer { idle -= 1 }
            while jobs.isEmpty { condition.wait() }
            return jobs.removeFirst()
        }
    }
}
