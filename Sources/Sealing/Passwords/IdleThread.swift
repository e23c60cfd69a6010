// The importer finds <pthread.h> there first.
internal import COpenSSL
internal import Glibc

// DESIGN
//
// 1. A thread that gives way may stand still for long, so it must hold nothing that others wait for:
//    it computes, and whoever asked waits for its end. Queues, continuations and their locks are
//    the asking thread's business.
// 2. A thread a job: rank that was given up cannot be taken back, and a thread costs less than a
//    thousandth of a hash.

/// Work on a thread that runs when no other one of the process wants to.
enum IdleThread {
    /// SCHED_IDLE of <sched.h>, which the importer leaves out.
    static let policy: Int32 = 5

    /// Runs a closure and waits for its end; on the calling thread when the system has no other.
    static func run(_ body: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Box(body))
        var thread = pthread_t()
        let status = pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument else { return nil }
                IdleThread.giveWay()
                Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            },
            box.toOpaque()
        )
        guard status == 0 else {
            box.release()
            return body()
        }
        pthread_join(thread, nil)
    }

    private static func giveWay() {
        var parameters = sched_param()
        sched_setscheduler(0, policy, &parameters)
    }

    private final class Box: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }
}
