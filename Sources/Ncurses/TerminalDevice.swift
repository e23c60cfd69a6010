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
        /// How many signs of life the terminal still owes, and since when.
        var owed = 0
        var askedAt = ContinuousClock.now
        var habits = TerminalHabits()
    }

    /// How long an answer may take at most; one that takes longer never comes.
    private static let patience = Duration.seconds(2)
    /// How long leaving waits for an answer, so that it does not become typing at the shell.
    private static let farewell = Duration.milliseconds(400)

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
            // Before anybody can see that we are gone: what is typed then is not ours to read.
            if Self.awaits(state) { drain(owed: state.owed) }
            state.owed = 0
            depart(&state)
        }
    }

    /// Takes the terminal anew, when somebody else has written on it without our leaving.
    func retake() {
        state.withLock { if $0.isActive { depart(&$0) } }
        enter()
    }

    private func depart(_ state: inout State) {
        state.isActive = false
        send(state.leave)
        tcsetattr(input, TCSADRAIN, &state.saved)
        SignalRelay.clearUndo()
    }

    /// Sends questions of which the last one asks for a sign of life.
    func ask(_ questions: [UInt8]) {
        state.withLock { state in
            guard state.isActive else { return }
            state.owed = Self.awaits(state) ? state.owed + 1 : 1
            state.askedAt = .now
            send(questions)
        }
    }

    /// Notes that a sign of life has come.
    func answered() { state.withLock { $0.owed = max(0, $0.owed - 1) } }

    /// Notes what the terminal was seen to do.
    func answered(_ habits: TerminalHabits) {
        state.withLock {
            $0.habits = habits
            $0.owed = max(0, $0.owed - 1)
        }
    }

    /// What the terminal has shown that it does.
    var habits: TerminalHabits { state.withLock { $0.habits } }

    /// Whether the terminal may still answer.
    var isAwaiting: Bool { state.withLock { Self.awaits($0) } }

    private static func awaits(_ state: State) -> Bool {
        state.owed > 0 && state.askedAt.duration(to: .now) < patience
    }

    /// Reads what the terminal still answers; nobody else reads now.
    private func drain(owed: Int) {
        let limit = ContinuousClock.now + Self.farewell
        var tail: [UInt8] = []
        while tail.signs + HabitProbe.answers(in: tail) < owed {
            let left = Int32(max(0, ContinuousClock.now.duration(to: limit) / .milliseconds(1)))
            var file = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
            let ready = poll(&file, 1, left)
            if ready < 0, errno == EINTR { continue }
            guard ready > 0 else { return }
            var part = [UInt8](repeating: 0, count: 1_024)
            let count = read(input, &part, part.count)
            guard count > 0, tail.count < 65_536 else { return }
            tail += part[..<count]
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

extension [UInt8] {
    /// How many signs of life end in these bytes; the first may have begun before them.
    fileprivate var signs: Int {
        indices.dropLast().count { self[$0] == 0x30 && self[$0 + 1] == 0x6E }
    }
}
