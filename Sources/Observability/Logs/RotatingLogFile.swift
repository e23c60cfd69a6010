internal import Glibc
internal import Synchronization

/// A log file that starts anew when it is full, and keeps a few old ones.
///
/// `console.log` becomes `console.log.1`, that one `console.log.2`, and so on; all of them have
/// mode 0600. A file that cannot be written loses lines, it never stops the program.
public final class RotatingLogFile: Sendable {
    private struct State {
        var number: Int32 = -1
        var size = 0
        var dropped: UInt64 = 0
    }

    private let path: String
    private let maximumSize: Int
    private let keptFiles: Int
    private let state = Mutex(State())

    /// Names the file; it is opened with the first line.
    ///
    /// - Parameters:
    ///   - path: The file; its folder must exist.
    ///   - maximumSize: The size in bytes beyond which it is rotated.
    ///   - keptFiles: How many old files stay.
    public init(path: String, maximumSize: Int = 5_000_000, keptFiles: Int = 3) {
        self.path = path
        self.maximumSize = max(1, maximumSize)
        self.keptFiles = max(0, keptFiles)
    }

    deinit {
        state.withLock { state in
            if state.number >= 0 { close(state.number) }
        }
    }

    /// How many lines could not be written since the start.
    public var droppedLines: UInt64 { state.withLock { $0.dropped } }

    /// Appends a line that ends with a line break.
    public func write(_ line: [UInt8]) {
        state.withLock { state in
            if state.number < 0 { open(&state) }
            if state.size > 0, state.size + line.count > maximumSize { rotate(&state) }
            let written = line.withUnsafeBytes {
                Glibc.write(state.number, $0.baseAddress, $0.count)
            }
            state.size += max(0, written)
            if written < line.count { state.dropped += 1 }
        }
    }

    private func open(_ state: inout State) {
        let flags = O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
        state.number = Glibc.open(path, flags, 0o600)
        var status = stat()
        guard state.number >= 0, fstat(state.number, &status) == 0 else { return }
        state.size = Int(status.st_size)
        // A file made by an older version or by hand may be open to others.
        if status.st_mode & 0o077 != 0 { fchmod(state.number, 0o600) }
    }

    private func rotate(_ state: inout State) {
        close(state.number)
        state.number = -1
        state.size = 0
        if keptFiles == 0 { unlink(path) }
        for index in (0..<keptFiles).reversed() {
            rename(index == 0 ? path : "\(path).\(index)", "\(path).\(index + 1)")
        }
        open(&state)
    }
}
