internal import CNcurses
internal import Glibc
public import Terminal

// DESIGN: a session on a terminal.
//
//      init ──▶ taken ──▶ close
//               │   ▲
//     suspend,  ▼   │  editor ended, SIGCONT
//     ctrl-z   given back
//
// 1. The terminal is given back as it was, whatever ends the session: close, deinit, a signal, a
//    crash. What has to be undone is known to the handlers before anything is done.
// 2. ncurses never sees the terminal. It paints into a memory file; each frame leaves in one
//    write(2) between synchronized-output marks. On that file ncurses cannot set modes, learn the
//    size or handle signals, so the session does all three.
// 3. An equal frame sends nothing.
// 4. No terminal is refused: an unknown one is taken for an xterm, one without cursor movement for
//    a VT100, one without UTF-8 gets ASCII.
// 5. Keys are read by a thread of their own; while the terminal is given back nobody reads.
// 6. What the terminal was asked is answered to us: leaving waits a moment for the answer, or the
//    shell would take it for typing.

/// A terminal in full-screen use through ncurses; one at a time in a process.
public final class NcursesTerminal {
    /// Keys, pastes, sizes and signals, in the order in which they came.
    public let input: AsyncStream<InputEvent>

    /// What the terminal can show.
    public let traits: TerminalTraits

    private let device: TerminalDevice
    private let reader: InputReader
    private let screen: CursesScreen
    private let sequences: ControlSequences
    /// What the environment says that the terminal is.
    private let term: String
    private var lastFrame: Frame?
    private var isClosed = false

    /// What the last frame that was sent cost.
    public private(set) var lastCost = FrameCost()

    /// Takes the terminal of the standard streams.
    ///
    /// - Parameter environment: where `TERM`, `LC_ALL`, `LC_CTYPE` and `LANG` are looked up.
    /// - Throws: `NcursesError.notATerminal` when a stream is a file or a pipe.
    public init(environment: [String: String]) throws(NcursesError) {
        guard isatty(STDIN_FILENO) == 1 else { throw .notATerminal(stream: "input") }
        guard isatty(STDOUT_FILENO) == 1 else { throw .notATerminal(stream: "output") }
        let isUTF8 = Codeset.adopt(environment)
        term = environment["TERM"] ?? ""
        let (stream, continuation) = AsyncStream.makeStream(of: InputEvent.self)
        device = try TerminalDevice(input: STDIN_FILENO, output: STDOUT_FILENO)
        reader = try InputReader(device: device, input: STDIN_FILENO, events: continuation)
        // Before newterm: ncurses leaves alone the signals that already have a handler.
        SignalRelay.install(writingTo: reader.relay)
        do {
            screen = try CursesScreen(
                term: environment["TERM"] ?? "",
                isUTF8: isUTF8,
                size: device.size
            )
            sequences = ControlSequences()
            input = stream
            traits = TerminalTraits(
                colorDepth: screen.colorDepth,
                isUTF8: isUTF8,
                description: screen.term
            )
            device.setSequences(enter: sequences.enter, leave: sequences.leave)
            try reader.start()
        } catch {
            SignalRelay.uninstall()
            throw error
        }
        device.enter()
        // Before the first frame, which paints over it.
        let probe = sequences.probe(term: term, isUTF8: isUTF8)
        if !probe.isEmpty { device.ask(probe) }
    }

    deinit { if !isClosed { finish() } }

    /// The size at this moment.
    public var size: Size { device.size }

    /// Shows a frame.
    ///
    /// One of another size than the terminal's is outdated and left out: the event
    /// that tells the new size is on its way.
    public func present(_ frame: Frame) {
        guard !isClosed, frame != lastFrame, frame.size == device.size else { return }
        screen.allow(device.habits)
        var bytes = screen.paint(frame)
        if frame.isCursorVisible != (lastFrame?.isCursorVisible ?? false) {
            bytes += frame.isCursorVisible ? sequences.showCursor : sequences.hideCursor
        }
        lastFrame = frame
        guard !bytes.isEmpty else { return }
        let whole = sequences.beginFrame + bytes + sequences.endFrame
        lastCost = FrameCost(bytes: whole.count, writes: device.write(whole))
    }

    /// Asks the terminal; what it answers comes as an event, or never.
    ///
    /// A terminal that is not known to swallow what it does not understand is not asked.
    public func ask(_ questions: Set<TerminalQuestion>) {
        let bytes = sequences.questions(questions, term: term)
        guard !isClosed, !bytes.isEmpty else { return }
        if questions.contains(.alive) { device.ask(bytes) } else { device.write(bytes) }
    }

    /// Lets the terminal report the mouse, or not any more; it does not at the start.
    public func setMouse(_ isOn: Bool) {
        guard !isClosed else { return }
        device.setSequences(
            enter: sequences.enter + (isOn ? sequences.mouseOn : []),
            leave: sequences.leave
        )
        device.write(isOn ? sequences.mouseOn : sequences.mouseOff)
    }

    /// Sends a sequence that draws nothing, such as one for the clipboard or the bell.
    public func send(_ text: String) {
        guard !isClosed else { return }
        device.write(Array(text.utf8))
    }

    /// Makes the next frame a full repaint, as after the event `resumed`.
    public func invalidate() {
        lastFrame = nil
        screen.invalidate()
    }

    /// Gives the terminal to another program, such as an editor, for as long as the body runs.
    public func suspend<Value>(_ body: () async throws -> Value) async rethrows -> Value {
        giveAway()
        defer { takeBack() }
        return try await body()
    }

    private func giveAway() {
        reader.pause()
        device.leave()
    }

    private func takeBack() {
        device.enter()
        invalidate()
        reader.resume()
    }

    /// Gives the terminal back for good, and ends `input`.
    public func close() {
        guard !isClosed else { return }
        finish()
    }

    private func finish() {
        isClosed = true
        reader.stop()
        device.leave()
        SignalRelay.uninstall()
    }
}

/// What a frame cost on its way to the terminal.
public struct FrameCost: Sendable, Hashable {
    /// The bytes sent.
    public var bytes = 0

    /// The calls of write(2) that took them.
    public var writes = 0
}

/// What a terminal can be asked.
public enum TerminalQuestion: Sendable, Hashable {
    /// The colour behind the text.
    case background
    /// Whether it is there; the answer tells how long the way is.
    case alive
}

/// What a terminal can show.
public struct TerminalTraits: Sendable, Hashable {
    /// The number of colours.
    public let colorDepth: ColorDepth

    /// Whether it understands more than ASCII.
    public let isUTF8: Bool

    /// The name of its description, which is not `$TERM` when that one is unknown.
    public let description: String

    /// Whether the environment's locale understands more than ASCII; adopts that locale.
    public static func isUTF8(_ environment: [String: String]) -> Bool {
        Codeset.adopt(environment)
    }
}
