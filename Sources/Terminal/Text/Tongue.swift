/// Which way a line runs.
public enum TextDirection: Sendable, Hashable {
    /// As English does.
    case leftToRight
    /// As Arabic does.
    case rightToLeft

    /// Sentences side by side, so that none of them runs into the next.
    func joined(_ sentences: [String]) -> String {
        guard self == .rightToLeft else { return sentences.joined(separator: " · ") }
        let marked = sentences.map { sentence in
            sentence.unicodeScalars.contains { VisualLine.isRightToLeft($0.value) }
                ? sentence : "\u{200E}" + sentence
        }
        return marked.joined(separator: "\u{200F} · \u{200F}")
    }
}

/// Who puts Arabic letters into order and joins them.
public enum ArabicShaping: String, Sendable, Hashable, CaseIterable {
    /// Both happen here: the terminal gets joined letters (presentation forms) in visual order.
    case joined
    /// The order is made here, the terminal joins.
    case terminal
    /// The terminal does both, and cannot be told not to.
    case logical
    /// Letters as they are written, in the order in which they are read: for whoever reads aloud.
    case plain

    /// Those that suit some terminal.
    public static let allCases: [ArabicShaping] = [.joined, .terminal, .logical]

    /// What suits the terminal that an environment tells of.
    ///
    /// Joined letters are right wherever a cell shows the character that it was sent, which is the
    /// rule; the others are known by name.
    public init(environment: [String: String]) {
        let term = environment["TERM"] ?? ""
        let drawsCells = ["tmux", "screen", "linux"].contains { term.hasPrefix($0) }
        if drawsCells {
            self = .joined
        } else if environment["KONSOLE_VERSION"] != nil || term.hasPrefix("konsole")
            || term == "xterm-kitty" || environment["TERM_PROGRAM"] == "Apple_Terminal"
        {
            self = .logical
        } else if environment["VTE_VERSION"] != nil || term.hasPrefix("vte")
            || term.hasPrefix("mlterm")
        {
            self = .terminal
        } else {
            self = .joined
        }
    }
}

/// The language that a frame speaks, and how it writes Arabic.
public struct Tongue: Sendable, Hashable {
    /// The words of another language than English; nil for English.
    public var phrasebook: Phrasebook?

    /// Who orders and joins Arabic letters.
    public var shaping: ArabicShaping

    /// English.
    public static let english = Tongue()

    /// Makes a tongue.
    public init(_ phrasebook: Phrasebook? = nil, shaping: ArabicShaping = .joined) {
        self.phrasebook = phrasebook
        self.shaping = shaping
    }

    /// The side from which the screen is read.
    public var direction: TextDirection { phrasebook?.direction ?? .leftToRight }
}
