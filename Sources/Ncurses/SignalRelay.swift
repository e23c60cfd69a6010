internal import CNcurses
internal import Glibc

/// Signals as bytes of a pipe, and the last resort when the program crashes.
///
/// The handlers are C (see the shim). This is the only file that may call them, because the shim's
/// static memory exists once for each file that does.
enum SignalRelay {
    /// Signals that become input events.
    static let relayed = [SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT, SIGWINCH]

    private static let crashes = [SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGILL, SIGTRAP]

    /// Installs all handlers; `file` is the writing end of a pipe that does not block.
    static func install(writingTo file: Int32) {
        for number in relayed { cncurses_relay(number, file) }
        for number in crashes { cncurses_guard(number) }
    }

    /// Puts back what was installed before.
    static func uninstall() {
        for number in relayed + crashes { cncurses_unrelay(number) }
    }

    /// Remembers what a crash has to undo.
    static func setUndo(file: Int32, leave: [UInt8], modes: termios) {
        var modes = modes
        leave.withUnsafeBytes { bytes in
            cncurses_undo(
                file,
                bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                bytes.count,
                &modes
            )
        }
    }

    /// Says that a crash has nothing to undo.
    static func clearUndo() { cncurses_undo(-1, "", 0, nil) }

    /// Lets the calling thread take the relayed signals; threads of Dispatch and their children
    /// have them blocked, and a blocked stop would never happen.
    static func unblock() {
        var signals = sigset_t()
        sigemptyset(&signals)
        for number in relayed { sigaddset(&signals, number) }
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }

    /// Stops the program as ctrl-z does, and returns when it goes on.
    ///
    /// The signal goes to the calling thread, so that the stop happens before the call returns. In
    /// an orphaned process group the kernel drops it, and the call returns at once.
    static func stop(writingTo file: Int32) {
        signal(SIGTSTP, SIG_DFL)
        signal(SIGCONT, SIG_DFL)
        pthread_kill(pthread_self(), SIGTSTP)
        for number in [SIGTSTP, SIGCONT] { cncurses_relay(number, file) }
    }

    /// Dies of a signal, as if it had never been caught.
    static func die(of number: Int32) {
        signal(number, SIG_DFL)
        raise(number)
    }
}
