/// A line of text that is being typed, with a cursor between its grapheme clusters.
public struct TextField: Sendable, Hashable {
    /// What may be entered, and what is shown when nothing was.
    public struct Options: Sendable, Hashable {
        /// The most clusters that the field takes.
        public var limit: Int

        /// A hint shown while the field is empty.
        public var placeholder: SafeText

        /// Whether dots are shown instead of the text.
        public var isSecret: Bool

        /// Makes options.
        public init(limit: Int = 1_000, placeholder: SafeText = "", isSecret: Bool = false) {
            self.limit = limit
            self.placeholder = placeholder
            self.isSecret = isSecret
        }
    }

    /// The clusters.
    private var clusters: [Character]

    /// The number of clusters before the cursor.
    public private(set) var cursor: Int

    /// The field's options.
    public var options: Options

    /// Makes a field with the cursor behind the text.
    public init(_ text: String = "", options: Options = Options()) {
        clusters = Array(text.prefix(options.limit))
        cursor = clusters.count
        self.options = options
    }

    /// The text as typed: not yet safe to draw.
    public var text: String {
        get { String(clusters) }
        set {
            clusters = Array(newValue.prefix(options.limit))
            cursor = clusters.count
        }
    }

    /// Handles a key; false when it means nothing to a field.
    public mutating func handle(_ event: KeyEvent) -> Bool {
        if let character = event.typed {
            insert(String(character))
            return true
        }
        switch (event.key, event.modifiers) {
        case (.backspace, []): remove(from: cursor - 1, to: cursor)
        case (.backspace, .alt), (.character("w"), .control): remove(from: wordStart, to: cursor)
        case (.delete, []), (.character("d"), .control): remove(from: cursor, to: cursor + 1)
        case (.character("u"), .control): remove(from: 0, to: cursor)
        case (.character("k"), .control): remove(from: cursor, to: clusters.count)
        case (.left, []): step(by: isRightToLeft ? 1 : -1)
        case (.right, []): step(by: isRightToLeft ? -1 : 1)
        case (.character("b"), .control): step(by: -1)
        case (.character("f"), .control): step(by: 1)
        case (.left, .control), (.left, .alt), (.character("b"), .alt): cursor = wordStart
        case (.right, .control), (.right, .alt), (.character("f"), .alt): cursor = wordEnd
        case (.home, []), (.character("a"), .control): cursor = 0
        case (.end, []), (.character("e"), .control): cursor = clusters.count
        default: return false
        }
        return true
    }

    /// Inserts pasted text; line ends become spaces, and what exceeds the limit is left out.
    public mutating func paste(_ text: String) {
        insert(String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 }))
    }

    private mutating func insert(_ text: String) {
        // Clusters may merge with their neighbours, so all are counted anew.
        let before = String(clusters[..<cursor]) + text
        let all = Array(before + String(clusters[cursor...]))
        let added = text.prefix(max(0, options.limit - clusters.count))
        guard all.count <= options.limit else {
            if added.count < text.count, !added.isEmpty { insert(String(added)) }
            return
        }
        cursor = min(Array(before).count, all.count)
        clusters = all
    }

    /// Whether the text is read from the right, so that its way on is to the left.
    private var isRightToLeft: Bool { !options.isSecret && SafeText(text).isRightToLeft }

    private mutating func step(by clusters: Int) {
        cursor = min(max(cursor + clusters, 0), self.clusters.count)
    }

    private mutating func remove(from start: Int, to end: Int) {
        let range = max(0, start)..<min(clusters.count, max(end, 0))
        guard !range.isEmpty else { return }
        let kept = clusters[..<range.lowerBound]
        cursor = kept.count
        clusters = Array(String(kept) + String(clusters[range.upperBound...]))
    }

    private var wordStart: Int {
        var index = cursor
        while index > 0, clusters[index - 1].isWhitespace { index -= 1 }
        while index > 0, !clusters[index - 1].isWhitespace { index -= 1 }
        return index
    }

    private var wordEnd: Int {
        var index = cursor
        while index < clusters.count, clusters[index].isWhitespace { index += 1 }
        while index < clusters.count, !clusters[index].isWhitespace { index += 1 }
        return index
    }
}

extension TextField {
    /// Draws the field into one row, scrolled so that the cursor is visible.
    public func draw(
        into frame: inout Frame,
        in rect: Rect,
        styles: StyleSheet,
        isFocused: Bool = true
    ) {
        let rect = rect.row(0)
        guard !rect.isEmpty else { return }
        let style = styles[isFocused ? .focusedInput : .input]
        frame.fill(rect, style: style)
        if clusters.isEmpty {
            let hint = options.placeholder.truncated(to: rect.width)
            let placeholder = styles[.placeholder].over(style)
            frame.write(hint, x: rect.x, y: rect.y, style: placeholder, clip: rect)
        }
        let shown = options.isSecret ? clusters.map { _ in Character("•") } : clusters
        var start = 0
        func columns(_ range: Range<Int>) -> Int { SafeText(String(shown[range])).width }
        while start < cursor, columns(start..<cursor) >= rect.width { start += 1 }
        let visible = SafeText(SafeText(String(shown[start...])).prefix(columns: rect.width))
        frame.write(visible, startingIn: rect, style: style)
        guard isFocused else { return }
        let before = SafeText(String(shown[start..<cursor])).string.count
        frame.cursor = Point(x: column(before: before, of: visible, in: rect, of: frame), y: rect.y)
        frame.isCursorVisible = true
    }

    /// Where the cursor stands: at the cell of the cluster behind it, wherever that is seen.
    private func column(
        before cluster: Int,
        of text: SafeText,
        in rect: Rect,
        of frame: Frame
    ) -> Int {
        let line = VisualLine(text.string, shaping: frame.tongue.shaping)
        let column = line.column(before: cluster)
        // A mirrored frame counts from the right, to the right edge of the whole text.
        let x =
            frame.isMirrored
            ? line.width - 1 - column
            : column + (frame.startsAtEnd(text) ? rect.width - line.width : 0)
        return rect.x + min(max(x, 0), rect.width - 1)
    }
}
