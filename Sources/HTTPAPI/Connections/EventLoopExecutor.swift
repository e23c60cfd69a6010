import NIOCore
import Synchronization

// DESIGN
//
// A request that is read on an event loop, answered on another thread and written on the loop
// again pays for two wake-ups of sleeping threads, which cost more than the rest of a small
// request. Here the whole of it runs on the loop.
//
// 1. One executor a loop, made once and kept: tasks hold it without owning it.
// 2. Nothing that blocks may run here: password hashes have a queue of their own, and libpq a
//    thread for each connection.

/// Runs tasks on an event loop.
final class EventLoopExecutor: TaskExecutor {
    private static let all = Mutex<[ObjectIdentifier: EventLoopExecutor]>([:])

    private let loop: any EventLoop

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
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
