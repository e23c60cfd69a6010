internal import CNcurses
internal import Glibc
public import Terminal

// DESIGN: asking a terminal what it can do.
//
// All questions go out in one write, and last of them one that every terminal answers: a sign of
// life. What came before it are the answers; what did not come is not known there. A terminal that
// answers nothing costs the time-out. The questions are only sent to terminals that swallow what
// they do not understand.

/// What a terminal says of itself, for whoever wants to know why something does not work.
public struct TerminalInterview: Sendable, Hashable {
    /// What is known of one ability.
    public enum Ability: Sendable, Hashable {
        /// The terminal has it.
        case yes
        /// It says that it has it not.
        case no
        /// It does not say.
        case unknown
    }

    /// The colours that the terminal's description promises; nil without a description.
    public var colors: Int?
    /// Whether the description can move the cursor.
    public var movesCursor = false
    /// Whether anything was answered.
    public var answers = false
    /// Its name and version, as it says.
    public var name: String?
    /// Frames without flicker (mode 2026).
    public var synchronizedOutput = Ability.unknown
    /// Pastes that are told from typing (mode 2004).
    public var bracketedPaste = Ability.unknown
    /// A clipboard that can be written (52 among the attributes).
    public var clipboard = Ability.unknown
    /// The order of right-to-left text left to the program (mode 8).
    public var explicitOrder = Ability.unknown
    /// The colour behind the text.
    public var background: Color?

    /// Reads the description, and asks the terminal of the standard streams if there is one.
    public init(term: String) {
        var status: Int32 = 0
        if setupterm(term, STDOUT_FILENO, &status) == OK {
            colors = Int(tigetnum("colors"))
            movesCursor = CursesScreen.string("cup") != nil
        }
        guard Self.isAskable(term), isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
            return
        }
        read(answers: Self.ask())
    }

    /// An interview with answers that are known already.
    init(answers: [UInt8]) { read(answers: answers) }

    /// OSC 11, XTVERSION, the modes, the attributes, and the sign of life.
    static let questions =
        "\u{1B}]11;?\u{7}\u{1B}[>q\u{1B}[?2026$p\u{1B}[?2004$p\u{1B}[8$p\u{1B}[c\u{1B}[5n"

    private static func isAskable(_ term: String) -> Bool {
        ControlSequences.families.contains { term.hasPrefix($0) }
    }

    /// Sends the questions in raw mode and reads for at most 300 ms.
    private static func ask() -> [UInt8] {
        var saved = termios()
        guard tcgetattr(STDIN_FILENO, &saved) == 0 else { return [] }
        var raw = saved
        cfmakeraw(&raw)
        tcsetattr(STDIN_FILENO, TCSADRAIN, &raw)
        // Flushing as well: what comes too late must not reach the shell.
        defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &saved) }
        let bytes = Array(questions.utf8)
        guard write(STDOUT_FILENO, bytes, bytes.count) == bytes.count else { return [] }
        let limit = ContinuousClock.now + .milliseconds(300)
        var answers: [UInt8] = []
        while answers.count < 4_096, !ends(answers) {
            let left = Int32(max(0, (limit - .now) / .milliseconds(1)))
            var file = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            guard left > 0, poll(&file, 1, left) > 0 else { break }
            var part = [UInt8](repeating: 0, count: 1_024)
            let count = Glibc.read(STDIN_FILENO, &part, part.count)
            guard count > 0 else { break }
            answers += part[..<count]
        }
        return answers
    }

    private static func ends(_ answers: [UInt8]) -> Bool {
        answers.suffix(4) == Array("\u{1B}[0n".utf8)[...]
    }

    private mutating func read(answers bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        answers = !bytes.isEmpty
        synchronizedOutput = Self.mode("?2026", in: text)
        bracketedPaste = Self.mode("?2004", in: text)
        explicitOrder = Self.mode("8", in: text)
        if let body = Self.part(of: text, from: "\u{1B}P>|", to: "\u{1B}\\") {
            name = String(SafeText(body, limit: 60).string)
        }
        if let body = Self.part(of: text, from: "\u{1B}[?6", to: "c") {
            clipboard = body.split(separator: ";").contains("52") ? .yes : .unknown
        }
        let color =
            Self.part(of: text, from: "\u{1B}]11;", to: "\u{7}")
            ?? Self.part(of: text, from: "\u{1B}]11;", to: "\u{1B}\\")
        background = color.flatMap { Color(report: $0) }
    }

    /// The answer to DECRQM: 0 and 4 are no, 1 to 3 are yes.
    private static func mode(_ number: String, in text: String) -> Ability {
        guard let value = part(of: text, from: "\u{1B}[\(number);", to: "$y") else {
            return .unknown
        }
        return ["1", "2", "3"].contains(value) ? .yes : .no
    }

    private static func part(of text: String, from start: String, to end: String) -> String? {
        guard let head = text.firstRange(of: start),
            let tail = text[head.upperBound...].firstRange(of: end)
        else { return nil }
        return String(text[head.upperBound..<tail.lowerBound])
    }
}
