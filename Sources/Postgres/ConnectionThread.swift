import Glibc

// DESIGN
//
// libpq blocks, so a connection must never sit on a thread of the cooperative pool, nor share a
// queue whose width is the number of cores. Each connection therefore has one thread of its own.
//
// 1. Jobs run one at a time, in the order they were enqueued.
// 2. The thread holds the executor, the executor does not hold the connection: when the
//    connection goes away it calls `stop()`, the thread ends after the job in hand.

/// A serial executor on a thread of its own.
// Sendable: `jobs` and `isStopped` are touched only while `mutex` is held; `mutex` and `condition`
// are allocated once and freed with the executor, which the thread keeps alive.
final class ConnectionThread: SerialExecutor, @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var jobs: [UnownedJob] = []
    private var isStopped = false

    init() throws(PostgresError) {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
        try startThread { [self] in run() }
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        pthread_mutex_lock(mutex)
        jobs.append(job)
        pthread_mutex_unlock(mutex)
        pthread_cond_signal(condition)
    }

    /// Ends the thread once it has run what is enqueued.
    func stop() {
        pthread_mutex_lock(mutex)
        isStopped = true
        pthread_mutex_unlock(mutex)
        pthread_cond_signal(condition)
    }

    private func run() {
        var batch: [UnownedJob] = []
        while nextJobs(&batch) {
            for job in batch {
                job.runSynchronously(on: asUnownedSerialExecutor())
            }
            batch.removeAll(keepingCapacity: true)
        }
    }

    /// Waits for work; false when stopped and nothing is left.
    private func nextJobs(_ batch: inout [UnownedJob]) -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while jobs.isEmpty && !isStopped {
            pthread_cond_wait(condition, mutex)
        }
        swap(&jobs, &batch)
        return !batch.isEmpty
    }
}

/// Runs a closure on a new detached thread with all signals blocked.
///
/// - Throws: `PostgresError` of kind `.connectionFailed` when the system has no thread to give.
func startThread(_ body: @escaping @Sendable () -> Void) throws(PostgresError) {
    let box = Unmanaged.passRetained(ThreadBody(body))
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    pthread_attr_setstacksize(&attributes, 1 << 20)
    var signals = sigset_t()
    var previous = sigset_t()
    sigfillset(&signals)
    // The new thread inherits the mask: signals are for the threads that expect them.
    pthread_sigmask(SIG_SETMASK, &signals, &previous)
    defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
    var thread = pthread_t()
    let status = pthread_create(
        &thread,
        &attributes,
        { argument in
            if let argument {
                Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run()
            }
            return nil
        },
        box.toOpaque()
    )
    guard status == 0 else {
        box.release()
        throw PostgresError(.connectionFailed("no thread: \(String(cString: strerror(status)))"))
    }
}

private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) {
        self.run = run
    }
}
