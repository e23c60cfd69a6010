import Dispatch
import Glibc
import Synchronization

// DESIGN
// 1. The child is in this program's process group, so both are one job of the shell. Foundation's
//    Process would put it into a group of its own, which may not read from the terminal.
// 2. When the child stops, as ctrl-z makes editors do, this program stops as well: the shell sees a
//    stopped job, takes its terminal back, and `fg` lets both go on.
//    The key's own signal is ignored here, or this program would stop twice.
// 3. Where there is no shell to go to the kernel drops the stop, and the child goes on at once.

/// A child in the foreground of this terminal.
final class EditorProcess: Sendable {
    private let command: String
    private let path: String
    private let state = Mutex(State.waiting)

    private enum State {
        case waiting
        case running(pid_t)
        /// Its number may belong to somebody else by now.
        case ended
    }

    /// How long it may take to put its own things in order.
    private static let grace = DispatchTimeInterval.seconds(1)

    init(command: String, path: String) {
        self.command = command
        self.path = path
    }

    /// Runs it to its end.
    ///
    /// - Returns: Its status; 127 when it could not be started.
    func run() -> Int32 {
        // As system(3): what the keyboard interrupts is the editor, not this program.
        var ignored = sigaction()
        ignored.__sigaction_handler.sa_handler = SIG_IGN
        var interrupt = sigaction()
        var quit = sigaction()
        var stop = sigaction()
        sigaction(SIGINT, &ignored, &interrupt)
        sigaction(SIGQUIT, &ignored, &quit)
        sigaction(SIGTSTP, &ignored, &stop)
        defer {
            sigaction(SIGINT, &interrupt, nil)
            sigaction(SIGQUIT, &quit, nil)
            sigaction(SIGTSTP, &stop, nil)
        }
        guard let child = start() else { return 127 }
        return wait(for: child)
    }

    /// Ends it as a closed terminal would; one that stays is killed.
    func end() {
        guard signal(SIGHUP) else { return }
        // One that is stopped hears it only when it goes on.
        _ = signal(SIGCONT)
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.grace) {
            _ = self.signal(SIGKILL)
        }
    }

    /// - Returns: Whether it is still there.
    private func signal(_ number: Int32) -> Bool {
        state.withLock { state in
            switch state {
            case .running(let child):
                kill(child, number)
                return true
            case .waiting, .ended:
                state = .ended
                return false
            }
        }
    }

    /// Nil when it was ended before it began, or cannot be started.
    private func start() -> pid_t? {
        state.withLock { state in
            guard case .waiting = state, let child = spawn() else { return nil }
            state = .running(child)
            return child
        }
    }

    private func spawn() -> pid_t? {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var defaults = sigset_t()
        sigemptyset(&defaults)
        for signal in [SIGINT, SIGQUIT, SIGTSTP, SIGPIPE] { sigaddset(&defaults, signal) }
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        // This thread's mask would be inherited: a console blocks what its reader waits for.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        let flags = Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK)
        posix_spawnattr_setflags(&attributes, flags)
        // EDITOR may hold options; the shell splits them, the path stays one word.
        let words = ["/bin/sh", "-c", "exec \(command) \"$1\"", "sh", path]
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var child: pid_t = 0
        let code = posix_spawn(&child, "/bin/sh", nil, &attributes, &arguments, environ)
        return code == 0 ? child : nil
    }

    /// `CLD_STOPPED`, which Swift imports as another type on each C library.
    private static let stopped: Int32 = 5

    /// Stops this program as well, and goes on together with the child.
    private func stopBeside(_ child: pid_t) {
        var standard = sigaction()
        standard.__sigaction_handler.sa_handler = SIG_DFL
        var before = sigaction()
        sigaction(SIGTSTP, &standard, &before)
        defer { sigaction(SIGTSTP, &before, nil) }
        var stops = sigset_t()
        sigemptyset(&stops)
        sigaddset(&stops, SIGTSTP)
        pthread_sigmask(SIG_UNBLOCK, &stops, nil)
        // To this thread, so that the stop happens before the call returns.
        pthread_kill(pthread_self(), SIGTSTP)
        kill(child, SIGCONT)
    }

    private func wait(for child: pid_t) -> Int32 {
        // First without taking the number back, so that `end` never hits another process.
        var information = siginfo_t()
        while true {
            let code = waitid(P_PID, id_t(child), &information, WEXITED | WSTOPPED | WNOWAIT)
            if code < 0 {
                guard errno == EINTR else { break }
            } else if information.si_code == Self.stopped {
                waitid(P_PID, id_t(child), &information, WSTOPPED)
                stopBeside(child)
            } else {
                break
            }
        }
        return state.withLock { state in
            state = .ended
            var status: Int32 = 0
            while waitpid(child, &status, 0) < 0 { guard errno == EINTR else { return 127 } }
            return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + status & 0x7F
        }
    }
}
