import NIOCore
import Synchronization

// DESIGN
//
// A request that is read on an event loop, answered on another thread and written on the loop
// again pays for two wake-ups of sleeping threads, which cost more than the rest of a small
// request. Here the whole of it runs on the loop.
//
// 1. One executor a loop, made once and kept: tasks hold it without owning it.
// 2. Jobs that come while others wait go with them: a loop is told once that there is work, not once
//    a job. Those that come while jobs run wait for the next round.
// 3. Nothing that blocks may run here: password hashes have a queue of their own, and libpq a
//    thread for each connection.

/// Runs tasks on an event loop.
final class EventLoopExecutor: TaskExecutor {
    private static let all = Mutex<[ObjectIdentifier: EventLoopExecutor]>([:])

    private struct Queue {
        var jobs: [UnownedJob] = []
        var isAnnounced = false
    }

    private let loop: any EventLoop
    private let queue = Mutex(Queue())

    private init(_ loop: any EventLoop) {
        self.loop = loop
    }

    /// The executor of a loop.
    static func of(_ loop: any EventLoop) -> EventLoopExecutor {
        all.withLock { all in
            let key = ObjectIdentifier(loop)
            if let known = all[key] { return known }
            let made = EventLoopExecutor(loop)
            all[key] = made
            return made
        }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isFirst = queue.withLock { queue in
            queue.jobs.append(job)
            defer { queue.isAnnounced = true }
            return !queue.isAnnounced
        }
        if isFirst { loop.execute { self.run() } }
    }

    private func run() {
        let jobs = queue.withLock { queue in
            defer { queue.jobs = [] }
            return queue.jobs
        }
        for job in jobs { job.runSynchronously(on: asUnownedTaskExecutor()) }
        let isEmpty = queue.withLock { queue in
            queue.isAnnounced = !queue.jobs.isEmpty
            return queue.jobs.isEmpty
        }
        if !isEmpty { loop.execute { self.run() } }
    }
}
