import Domain
import Glibc

/// One of the process's output streams, written without a buffer between.
struct StandardStream: Sendable {
    static let output = StandardStream(descriptor: STDOUT_FILENO)
    static let error = StandardStream(descriptor: STDERR_FILENO)

    private let descriptor: Int32

    /// Writes a line.
    func line(_ text: String) {
        write(text + "\n")
    }

    /// Writes text; when the reader is gone (`| head`), the process ends without a word.
    func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR || errno == EAGAIN { continue }
                leave(errno)
            }
            rest = rest.dropFirst(count)
        }
    }

    /// Ends the process, in one sentence where somebody still reads.
    private func leave(_ code: Int32) -> Never {
        if code == EPIPE { _exit(ExitMessage.success) }
        if descriptor == STDOUT_FILENO {
            let reason = code == EBADF ? "it is closed" : String(cString: strerror(code))
            Self.error.line("ghostworks: Standard output cannot be written: \(reason).")
        }
        _exit(ExitMessage.failure)
    }

    /// Keeps the numbers of streams that are closed from files: else what is printed would go to
    /// whichever file or socket is opened first.
    static func reserve() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
            // Opened the other way round, so that whoever uses it is still told that it is closed.
            _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    var isTerminal: Bool { isatty(descriptor) == 1 }

    /// Columns of the terminal; nil when it is none.
    var columns: Int? {
        var size = winsize()
        guard isTerminal, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return nil
        }
        return Int(size.ws_col)
    }

    /// Whether colours are welcome: on a terminal, without `NO_COLOR` (no-color.org).
    var takesColor: Bool {
        guard isTerminal, getenv("TERM").map({ String(cString: $0) }) != "dumb" else {
            return false
        }
        guard let value = getenv("NO_COLOR") else { return true }
        return String(cString: value).isEmpty
    }
}

/// A line on stderr that says how far long work has come; silent when stderr is no terminal.
struct ProgressLine: Sendable {
    private let stream = StandardStream.error

    /// Replaces the line.
    func show(_ text: String) {
        guard stream.isTerminal else { return }
        stream.write("\r\u{1B}[K" + text)
    }

    /// Shows how far work has come: a bar where its size is known, and a count.
    func show(_ headway: Headway, _ noun: String) {
        let count = "\(Cell.grouped(headway.done)) \(noun)s"
        show(headway.fraction.map { ProgressBar.text($0, count) } ?? count + " …")
    }

    /// Removes the line.
    func clear() {
        guard stream.isTerminal else { return }
        stream.write("\r\u{1B}[K")
    }
}

/// A bar of twenty cells and a percentage.
enum ProgressBar {
    static func text(_ fraction: Double, _ label: String) -> String {
        let fraction = min(max(fraction, 0), 1)
        let filled = Int(fraction * 20)
        let bar = String(repeating: "█", count: filled) + String(repeating: "·", count: 20 - filled)
        return "\(label) \(bar) \(Int(fraction * 100)) %"
    }
}
