internal import CNcurses
internal import Glibc
internal import Synchronization
internal import Terminal

/// The terminal as a file: its modes, and the sequences around our stay on it.
///
/// The screen and the input thread both use it, so its state is behind a lock: nothing is written
/// while somebody else (a shell after ctrl-z, an editor) has the terminal.
final class TerminalDevice: Sendable {
    private struct State {
        var isActive = false
        var saved = termios()
        var enter: [UInt8] = []
        var leave: [UInt8] = []
    }

    private let input: Int32
    private let output: Int32
    private let state: Mutex<State>

    init(input: Int32, output: Int32) throws(NcursesError) {
        var saved = termios()
        guard tcgetattr(input, &saved) == 0 else {
            throw .system(what: "tcgetattr", code: errno)
        }
        self.input = input
        self.output = output
        state = Mutex(State(saved: saved))
    }

    /// Sets what is sent on arrival and on departure.
    func setSequences(enter: [UInt8], leave: [UInt8]) {
        state.withLock {
            $0.enter = enter
            $0.leave = leave
        }
    }

    /// Takes the terminal: raw modes, then the alternate screen.
    func enter() {
        state.withLock { state in
            guard !state.isActive else { return }
            var raw = state.saved
            cfmakeraw(&raw)
            tcsetattr(input, TCSADRAIN, &raw)
            SignalRelay.setUndo(file: output, leave: state.leave, modes: state.saved)
            state.isActive = true
            send(state.enter)
        }
    }

    /// Gives the terminal back exactly as it was.
    func leave() {
        state.withLock { state in
            guard state.isActive else { return }
            state.isActive = false
            send(state.leave)
            tcsetattr(input, TCSADRAIN, &state.saved)
            SignalRelay.clearUndo()
        }
    }

    /// Writes a frame in one call, unless the terminal is somebody else's at the moment.
    ///
    /// - Returns: The calls that it took.
    @discardableResult
    func write(_ bytes: [UInt8]) -> Int {
        state.withLock { $0.isActive ? send(bytes) : 0 }
    }

    @discardableResult
    private func send(_ bytes: [UInt8]) -> Int {
        var rest = bytes[...]
        var calls = 0
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Glibc.write(output, $0.baseAddress, $0.count) }
            calls += 1
            if sent > 0 {
                rest = rest.dropFirst(sent)
            } else if errno == EAGAIN {
                var ready = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
                poll(&ready, 1, -1)
            } else if errno != EINTR {
                return calls
            }
        }
        return calls
    }

    /// The size that the terminal tells; 80×24 when it tells none.
    var size: Size {
        var columns: Int32 = 0
        var rows: Int32 = 0
        guard cncurses_size(output, &columns, &rows) == 0, columns > 0, rows > 0 else {
            return Size(columns: 80, rows: 24)
        }
        return Size(columns: min(Int(columns), 1_000), rows: min(Int(rows), 500))
    }
}
