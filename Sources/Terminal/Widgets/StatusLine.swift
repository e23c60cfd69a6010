/// A line of keys and what they do, which drops from the right what does not fit.
public struct StatusLine: Sendable, Hashable {
    /// One key.
    public struct Hint: Sendable, Hashable {
        /// The key, as `⏎`.
        public var key: SafeText

        /// What it does, as `open`.
        public var text: SafeText

        /// Makes a hint.
        public init(key: SafeText, text: SafeText) {
            self.key = key
            self.text = text
        }
    }

    /// The hints, the most important first.
    public var hints: [Hint]

    /// What stands at the right end, as the time of the last query.
    public var trailing: SafeText

    /// Makes a line.
    public init(hints: [Hint], trailing: SafeText = "") {
        self.hints = hints
        self.trailing = trailing
    }

    /// Draws the line.
    public func draw(into frame: inout Frame, in rect: Rect, styles: StyleSheet) {
        let rect = rect.row(0)
        guard !rect.isEmpty else { return }
        frame.fill(rect, style: styles[.text])
        let end = trailing.truncated(to: rect.width)
        var x = rect.x + 1
        let limit = rect.maxX - (end.isEmpty ? 0 : end.width + 2)
        for hint in hints {
            let width = hint.key.width + 1 + hint.text.width
            guard x + width <= limit else { break }
            frame.write(
                [(hint.key + " ", styles[.key]), (hint.text, styles[.keyHint])],
                x: x,
                y: rect.y,
                clip: rect
            )
            x += width + 2
        }
        frame.write(end, x: rect.maxX - end.width, y: rect.y, style: styles[.muted], clip: rect)
    }
}

/// A sentence that tells how something went.
public struct Toast: Sendable, Hashable {
    /// What kind of news it is.
    public enum Kind: Sendable, Hashable {
        /// It is done.
        case success
        /// Something to know.
        case notice
        /// It failed.
        case failure
    }

    /// The kind.
    public var kind: Kind

    /// The sentence.
    public var text: SafeText

    /// What to do about it.
    public var hint: SafeText

    /// Makes a toast.
    public init(_ kind: Kind, _ text: SafeText, hint: SafeText = "") {
        self.kind = kind
        self.text = text
        self.hint = hint
    }

    /// Draws the toast over one row; a mark tells its kind without colours.
    public func draw(into frame: inout Frame, in rect: Rect, styles: StyleSheet) {
        let (mark, role): (SafeText, Role) =
            switch kind {
            case .success: ("✓ ", .toast)
            case .notice: ("• ", .warning)
            case .failure: ("✗ ", .error)
            }
        let tail: SafeText = hint.isEmpty ? "" : "  " + hint
        frame.write(" " + mark + text + tail, in: rect.row(0), style: styles[role])
    }
}

/// A sign of work in progress: a pure function of the time since it began.
public struct Spinner: Sendable, Hashable {
    /// How long the work has been going on.
    public var elapsed: Duration

    /// Whether it may move; without motion only the seconds count.
    public var moves: Bool

    /// Makes a spinner.
    public init(elapsed: Duration, moves: Bool = true) {
        self.elapsed = elapsed
        self.moves = moves
    }

    /// What is shown, as `⠙ 1.2 s`; nothing in the first 150 ms, so that quick work does not flicker.
    public var text: SafeText {
        let milliseconds =
            elapsed.components.seconds * 1_000 + elapsed.components.attoseconds
            / 1_000_000_000_000_000
        guard milliseconds >= 150 else { return .empty }
        let frames: [SafeText] = ["|", "/", "-", "\\"]
        let mark = moves ? frames[Int(milliseconds / 125) % frames.count] : "…"
        let tenths = milliseconds / 100
        return mark + SafeText(" \(tenths / 10).\(tenths % 10) s")
    }
}
