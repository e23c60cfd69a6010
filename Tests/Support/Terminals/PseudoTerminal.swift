public import Glibc
public import Terminal

/// A program on a pseudo-terminal: what it draws can be read, and keys can be pressed.
///
/// Waiting is waiting for bytes or for the end of the program, with a deadline; nothing sleeps. Of a
/// deadline only that goes by in which the test was looking: on a machine that gives it no turn for
/// a minute, the program may have answered long ago.
public final class PseudoTerminal {
    /// Why a wait ended in vain.
    public enum Failure: Error, CustomStringConvertible {
        /// The deadline passed; the screen is as it was then.
        case deadline(waitingFor: String, screen: [String])
        /// The system refused something.
        case system(String, Int32)

        /// What was awaited, and what the screen showed.
        public var description: String {
            switch self {
            case .deadline(let what, let screen):
                "waited in vain for \(what); the screen was:\n" + screen.joined(separator: "\n")
            case .system(let call, let code): "\(call) failed with \(code)"
            }
        }
    }

    /// Every byte that the program has sent.
    public private(set) var output: [UInt8] = []

    /// The number of reads that brought bytes: at most the number of writes of the program.
    public private(set) var reads = 0

    /// The process.
    public var process: pid_t { child.identifier }

    /// Whether the program has ended.
    public var hasEnded: Bool { child.end != nil }

    private let terminal: Int32
    private let programSide: Int32
    private var feed: ScreenFeed
    private let child: ChildProcess

    /// Starts a program with the pseudo-terminal as its controlling terminal.
    public init(
        _ program: String,
        arguments: [String] = [],
        environment: [String: String] = [:],
        size: Size = Size(columns: 80, rows: 24)
    ) throws {
        feed = ScreenFeed(screen: VirtualScreen(size: size))
        terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK | Int32(O_CLOEXEC))
        let path = try Self.unlock(terminal)
        programSide = open(path, O_RDWR | O_NOCTTY | Int32(O_CLOEXEC))
        guard programSide >= 0 else { throw Failure.system("open", errno) }
        Self.setSize(size, of: terminal)
        child = try ChildProcess([program] + arguments, environment: environment, terminal: path)
    }

    deinit { closeTerminal() }

    private var isClosed = false

    private func closeTerminal() {
        guard !isClosed else { return }
        isClosed = true
        close(programSide)
        close(terminal)
    }

    /// Unlocks the program's side and gives its path.
    ///
    /// The requests are TIOCSPTLCK and TIOCGPTN,
    /// which Swift does not import.
    private static func unlock(_ terminal: Int32) throws -> String {
        var locked: Int32 = 0
        var number: Int32 = -1
        guard terminal >= 0, ioctl(terminal, 0x4004_5431, &locked) == 0,
            ioctl(terminal, 0x8004_5430, &number) == 0
        else { throw Failure.system("opening a pseudo-terminal", errno) }
        return "/dev/pts/\(number)"
    }

    private static func setSize(_ size: Size, of file: Int32) {
        var cells = winsize()
        cells.ws_col = UInt16(size.columns)
        cells.ws_row = UInt16(size.rows)
        _ = ioctl(file, UInt(TIOCSWINSZ), &cells)
    }
}

extension PseudoTerminal {
    /// What the terminal shows.
    public var screen: VirtualScreen { feed.screen }

    /// Types text: `\u{1B}` is escape, `\r` is enter.
    public func type(_ text: String) throws {
        // Who types has seen what was shown.
        while feed.advance() {}
        var rest = Array(text.utf8)[...]
        var waited = Duration.zero
        while !rest.isEmpty {
            guard waited < .seconds(60) else {
                throw Failure.deadline(waitingFor: "keys to be read", screen: screen.lines)
            }
            let sent = rest.withUnsafeBytes { write(terminal, $0.baseAddress, $0.count) }
            guard sent > 0 || errno == EAGAIN else { throw Failure.system("write", errno) }
            rest = rest.dropFirst(max(0, sent))
            // A program that cannot draw does not listen either.
            if sent < 0 { _ = receive(waiting: 20, &waited) }
        }
    }

    /// Pastes text as a terminal with bracketed paste does.
    public func paste(_ text: String) throws { try type("\u{1B}[200~\(text)\u{1B}[201~") }

    /// Gives the terminal another size, and tells the program.
    public func resize(_ size: Size) {
        while feed.advance() {}
        feed.screen.resize(size)
        Self.setSize(size, of: terminal)
    }

    /// Sends a signal to the program.
    public func signal(_ number: Int32) { child.signal(number) }

    /// Closes the terminal, as a dropped connection does.
    public func hangUp() { closeTerminal() }

    /// Whether line editing and echo are on, as a shell expects them.
    public var isCooked: Bool {
        var modes = termios()
        guard tcgetattr(terminal, &modes) == 0 else { return false }
        let wanted = tcflag_t(ICANON | ECHO | ISIG)
        return modes.c_lflag & wanted == wanted && modes.c_oflag & tcflag_t(OPOST) != 0
    }

    /// The modes, the control characters and the speeds, as bytes.
    public var settings: [UInt8] {
        var modes = termios()
        guard tcgetattr(terminal, &modes) == 0 else { return [] }
        return withUnsafeBytes(of: &modes) { Array($0) }
    }

    /// Waits until a condition holds for the screen.
    public func wait(
        for what: String,
        deadline: Duration = .seconds(60),
        until condition: (VirtualScreen) -> Bool
    ) async throws {
        var waited = Duration.zero
        while !condition(screen) {
            // Frame by frame: what was shown for a while only is seen, however late one looks.
            if feed.advance() { continue }
            guard waited < deadline else {
                throw Failure.deadline(waitingFor: what, screen: screen.lines)
            }
            _ = receive(waiting: 20, &waited)
            await Task.yield()
        }
    }

    /// Waits until a condition holds for a whole frame, and tells it whether the program rests.
    ///
    /// - Parameters:
    ///   - what: What is waited for, in words.
    ///   - deadline: How long it may take.
    ///   - rests: Whether the program has drawn all that it will draw until something happens.
    ///   - condition: Gets each whole frame as it comes, and the last one again while the program
    ///     rests.
    /// - Throws: `Failure.deadline` when it does not come to hold in time.
    public func frame(
        for what: String,
        deadline: Duration = .seconds(60),
        ifResting rests: @autoclosure () -> Bool,
        _ condition: (_ screen: VirtualScreen, _ rests: Bool) -> Bool
    ) async throws {
        var waited = Duration.zero
        while true {
            // Asked first: what was drawn until then is among the bytes that are taken now.
            let isAtRest = rests()
            while receive(waiting: 0) {}
            repeat {
                if screen.isWhole, condition(screen, false) { return }
            } while feed.advance()
            if isAtRest, screen.isWhole, condition(screen, true) { return }
            guard waited < deadline else {
                let state = screen.isWhole ? "" : ", while a frame was on its way"
                throw Failure.deadline(waitingFor: what + state, screen: screen.lines)
            }
            _ = receive(waiting: 10, &waited)
            await Task.yield()
        }
    }

    /// Waits until a line contains a text.
    public func expect(_ text: String, deadline: Duration = .seconds(60)) async throws {
        try await wait(for: "\"\(text)\"", deadline: deadline) { screen in
            screen.lines.contains { $0.contains(text) }
        }
    }

    /// Reads until the program has been silent for a while, and gives the bytes that came.
    @discardableResult
    public func settle(
        quiet: Int = 80,
        deadline: Duration = .seconds(60)
    ) async throws -> [UInt8] {
        let start = output.count
        var waited = Duration.zero
        while read(waiting: Int32(quiet), &waited) || !screen.isWhole && child.end == nil {
            guard waited < deadline else {
                throw Failure.deadline(waitingFor: "silence", screen: screen.lines)
            }
            await Task.yield()
        }
        return Array(output[start...])
    }

    /// Waits for the end of the program.
    public func exit(deadline: Duration = .seconds(60)) async throws -> ChildProcess.Exit {
        var waited = Duration.zero
        while true {
            if let end = child.end {
                while read(waiting: 0, &waited) {}
                return end
            }
            guard waited < deadline else {
                throw Failure.deadline(waitingFor: "the end", screen: screen.lines)
            }
            _ = read(waiting: 10, &waited)
            await Task.yield()
        }
    }

    /// Takes and shows what has arrived; false when nothing did.
    private func read(waiting milliseconds: Int32, _ waited: inout Duration) -> Bool {
        let hasArrived = receive(waiting: milliseconds, &waited)
        while feed.advance() {}
        return hasArrived
    }

    /// Takes what has arrived, and adds how long that was waited for, as far as it was asked to.
    private func receive(waiting milliseconds: Int32, _ waited: inout Duration) -> Bool {
        let start = ContinuousClock.now
        defer { waited += min(start.duration(to: .now), .milliseconds(milliseconds)) }
        return receive(waiting: milliseconds)
    }

    /// Takes what has arrived, after waiting so many milliseconds for it; false when nothing did.
    private func receive(waiting milliseconds: Int32) -> Bool {
        var file = pollfd(fd: isClosed ? -1 : terminal, events: Int16(POLLIN), revents: 0)
        guard poll(&file, 1, milliseconds) > 0 else { return false }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(terminal, &bytes, bytes.count)
        guard count > 0 else { return false }
        output += bytes[..<count]
        reads += 1
        feed.keep(bytes[..<count])
        return true
    }
}
