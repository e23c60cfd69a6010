internal import Glibc
internal import Synchronization

// DESIGN
// 1. A line is one write(2), so lines of several processes do not mix on a pipe or in a file.
// 2. A reader that has stopped reading costs the process one wait of `patience`; after that,
//    lines are dropped at once until the descriptor takes bytes again.
// 3. A line cut off by the wait is ended with a line break before the next one.

/// Writes whole lines to a pipe, terminal, socket or file, and never blocks for long.
final class LineDescriptor: Sendable {
    private struct State {
        var isStuck = false
        var isMidLine = false
        var dropped: UInt64 = 0
    }

    private let number: Int32
    private let ownsNumber: Bool
    private let patience: Int64
    private let state = Mutex(State())

    /// Opens the file behind `number` a second time, without blocking writes.
    ///
    /// The flag must not be set on the inherited descriptor itself: its file description is
    /// shared with the shell and other programs on the same terminal.
    ///
    /// - Parameters:
    ///   - number: An open descriptor, such as 2.
    ///   - patience: The longest wait for a slow reader, in milliseconds.
    init(reopening number: Int32, patience: Int32 = 250) {
        var status = stat()
        fstat(number, &status)
        // A regular file never blocks, and keeps its place only under its own description.
        let isRegular = status.st_mode & S_IFMT == S_IFREG
        let flags = O_WRONLY | O_APPEND | O_NONBLOCK | O_CLOEXEC | O_NOCTTY
        let opened = isRegular ? -1 : open("/proc/self/fd/\(number)", flags)
        self.number = opened >= 0 ? opened : number
        ownsNumber = opened >= 0
        self.patience = Int64(patience)
    }

    deinit {
        if ownsNumber { close(number) }
    }

    /// How many lines were lost since the start.
    var droppedLines: UInt64 { state.withLock { $0.dropped } }

    /// Writes a line that ends with a line break.
    func write(_ line: [UInt8]) {
        state.withLock { state in
            guard state.isMidLine else { return write(line, &state) }
            write([UInt8(ascii: "\n")] + line, &state)
        }
    }

    private func write(_ line: [UInt8], _ state: inout State) {
        let written = line.withUnsafeBytes { send($0, waiting: state.isStuck ? 0 : patience) }
        state.isStuck = written < line.count
        if written < line.count { state.dropped += 1 }
        if written > 0 { state.isMidLine = written < line.count }
    }

    /// Returns how many bytes went out; fewer than all when the reader does not read.
    private func send(_ bytes: UnsafeRawBufferPointer, waiting patience: Int64) -> Int {
        let deadline = Self.milliseconds() + patience
        var sent = 0
        while sent < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[sent...])
            let count = send(rest)
            if count >= 0 {
                sent += count
            } else if errno == EAGAIN {
                guard isWritable(before: deadline) else { return sent }
            } else if errno != EINTR {
                return sent
            }
        }
        return sent
    }

    private func isWritable(before deadline: Int64) -> Bool {
        let rest = deadline - Self.milliseconds()
        guard rest > 0 else { return false }
        var poller = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        return poll(&poller, 1, Int32(clamping: rest)) == 1
    }

    private static func milliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// One write(2); a socket, which cannot be opened a second time, is told not to wait.
    private func send(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard !ownsNumber else { return Glibc.write(number, bytes.baseAddress, bytes.count) }
        let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
        let count = Glibc.send(number, bytes.baseAddress, bytes.count, flags)
        guard count < 0, errno == ENOTSOCK else { return count }
        return Glibc.write(number, bytes.baseAddress, bytes.count)
    }
}
