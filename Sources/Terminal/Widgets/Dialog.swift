/// A question in the middle of the screen, answered before anything is written.
///
/// A dangerous action is confirmed by typing a given word, such as the slug of what will go, and
/// with a reason; no single key can do it.
public struct Dialog: Sendable, Hashable {
    /// What a key did to a dialog.
    public enum Outcome: Sendable, Hashable {
        /// Nothing: the key means something to somebody else, and must not reach the screen below.
        case ignored
        /// A value or the focus changed.
        case changed
        /// Confirmed, with the reason if one was asked for.
        case confirmed(reason: String?)
        /// The operator backed out.
        case cancelled
    }

    /// What has to be typed before a dialog confirms.
    public struct Demand: Sendable, Hashable {
        /// The word to type, nil when none is needed.
        public var word: String?

        /// Whether a reason is needed.
        public var needsReason: Bool

        /// Makes a demand.
        public init(word: String? = nil, needsReason: Bool = false) {
            self.word = word
            self.needsReason = needsReason
        }
    }

    /// The keys of a dialog as it shows them.
    public struct Keys: Sendable, Hashable {
        /// Confirms a question that asks for nothing to be typed.
        public var yes: SafeText

        /// Cancels one.
        public var no: SafeText

        /// Closes what is shown once.
        public var close: SafeText

        /// Sends what was typed.
        public var send: SafeText

        /// Leaves it.
        public var leave: SafeText

        /// Names the keys.
        public init(
            yes: SafeText = "y",
            no: SafeText = "n",
            close: SafeText = "esc",
            send: SafeText = "⏎",
            leave: SafeText = "esc"
        ) {
            self.yes = yes
            self.no = no
            self.close = close
            self.send = send
            self.leave = leave
        }
    }

    /// The question.
    public var title: SafeText

    /// The plan: rows affected, who is affected, what can be undone.
    public var lines: [SafeText]

    /// The name of what confirming does, as `Suspend`.
    public var verb: SafeText

    /// Whether it destroys something.
    public var isDangerous: Bool

    /// What has to be typed.
    public let demand: Demand

    /// The word for leaving a dialog that shows something once; nil for a question, which is
    /// cancelled.
    public let closing: SafeText?

    /// The entries that the demand needs.
    public private(set) var form: Form

    private static let longestLabel = 20

    /// Makes a dialog.
    public init(
        title: SafeText,
        lines: [SafeText],
        verb: SafeText,
        isDangerous: Bool = false,
        demand: Demand = Demand(),
        closing: SafeText? = nil
    ) {
        self.title = title
        self.lines = lines
        self.verb = verb
        self.isDangerous = isDangerous
        self.demand = demand
        self.closing = closing
        var fields: [FormField] = []
        if let word = demand.word {
            let options = TextField.Options(limit: 200)
            // A long word, such as a mail address, would be cut off in front of the field.
            let isLong = word.count > Self.longestLabel
            if isLong { self.lines.append(SafeText("Type this to confirm: \(word)")) }
            fields.append(
                FormField(
                    id: "word",
                    label: isLong ? "Type it" : SafeText("Type \(word)"),
                    content: .text(TextField(options: options))
                )
            )
        }
        if demand.needsReason {
            let options = TextField.Options(limit: 500, placeholder: "why, for the audit trail")
            fields.append(
                FormField(
                    id: "reason",
                    label: "Reason",
                    content: .text(TextField(options: options))
                )
            )
        }
        form = Form(fields)
    }

    /// Handles a key.
    ///
    /// Without a demand only `y` confirms: enter is too easily pressed twice. What is shown once
    /// only `esc` closes.
    public mutating func handle(_ event: KeyEvent) -> Outcome {
        if form.fields.isEmpty {
            switch event {
            case KeyEvent(.character("y")): return .confirmed(reason: nil)
            case KeyEvent(.escape): return .cancelled
            case KeyEvent(.character("n")) where closing == nil: return .cancelled
            default: return .ignored
            }
        }
        switch form.handle(event) {
        case .ignored: return .ignored
        case .changed: return .changed
        case .cancelled: return .cancelled
        case .submitted: return submit()
        }
    }

    /// Puts pasted text into the field with the focus; false when it takes none.
    public mutating func paste(_ text: String) -> Bool { form.paste(text) }

    /// Takes the entries as somebody filled them in elsewhere.
    public mutating func fill(_ form: Form) { self.form = form }

    private mutating func submit() -> Outcome {
        let values = form.values
        var errors: [String: SafeText] = [:]
        if let word = demand.word, values["word"] != word {
            errors["word"] = SafeText("does not match \(word)")
        }
        let reason = values["reason"]?.trimmed ?? ""
        if demand.needsReason, reason.isEmpty { errors["reason"] = "a reason is needed" }
        guard errors.isEmpty else {
            form.show(errors: errors)
            return .changed
        }
        return .confirmed(reason: demand.needsReason ? reason : nil)
    }
}

extension String {
    /// The text without white space at its ends.
    fileprivate var trimmed: String {
        let tail = drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }
        return String(tail.reversed())
    }
}

extension Dialog {
    /// Draws the dialog in the middle of a rectangle, over whatever is there.
    public func draw(
        into frame: inout Frame,
        in rect: Rect,
        styles: StyleSheet,
        keys names: Keys = Keys()
    ) {
        let width = min(rect.width, 72)
        let wrapped = lines.flatMap { frame.say($0).wrapped(to: max(1, width - 4)) }
        let formRows = form.fields.isEmpty ? 0 : form.height + 1
        let area = rect.centered(columns: width, rows: wrapped.count + formRows + 4)
        let border = styles[isDangerous ? .danger : .focusedBorder]
        frame.fill(area, style: styles[.text])
        frame.box(area, style: border, title: title, titleStyle: border)
        let inside = area.inset(columns: 2)
        let textRows = max(0, inside.height - formRows - 2)
        for (row, line) in wrapped.prefix(textRows).enumerated() {
            frame.write(line, x: inside.x, y: inside.y + row, style: styles[.text], clip: inside)
        }
        if formRows > 0 {
            let top = inside.y + min(wrapped.count, textRows) + 1
            let place = Rect(x: inside.x, y: top, width: inside.width, height: formRows - 1)
            form.draw(into: &frame, in: place.intersection(inside), styles: styles)
        }
        let isPlain = form.fields.isEmpty
        let keys: [(SafeText, SafeText)] = [
            (isPlain ? names.yes : names.send, verb),
            (
                isPlain ? (closing == nil ? names.no : names.close) : names.leave,
                closing ?? "Cancel"
            ),
        ]
        var x = inside.x
        for (key, label) in keys {
            let pieces: [(text: SafeText, style: Style)] = [
                (text: key + " ", style: styles[.key]),
                (text: frame.say(label) + "   ", style: styles[.text]),
            ]
            x += frame.write(pieces, x: x, y: inside.maxY - 1, clip: inside)
        }
        if form.fields.isEmpty { frame.cursor = Point(x: inside.x, y: inside.maxY - 1) }
    }
}
