@_spi(_Unicode) import Swift

// DESIGN: text that may be drawn.
//
// Names, mails and documents come from strangers, and a terminal obeys what it is sent. One gate
// turns any string into text that only has a shape:
// 1. no control character: C0 and DEL become pictures (␛), C1 a token such as ⟨U+0085⟩;
// 2. nothing that moves, hides or reorders its neighbours: bidi overrides, isolates and marks,
//    zero-width characters, tags, line separators and unassigned characters become tokens; a joiner
//    survives between two emoji, a variation selector after an emoji, and nowhere else;
// 3. canonical composition (NFC), at most two combining marks a cluster, no mark without a base;
// 4. cutting happens between grapheme clusters, and a string is never longer than `limit` clusters.
// The drawing layer takes nothing else, so no other rule has to be remembered anywhere.

/// Text from anywhere, made harmless: the only text that can be drawn.
///
/// A literal passes through the same gate as everything else, interpolated values included.
public struct SafeText: Sendable, Hashable {
    /// The harmless text, in logical order.
    public let string: String

    /// The number of terminal columns it takes.
    public let width: Int

    /// Whether the text needs no more than ASCII, which is the case that must be fast.
    let isASCII: Bool

    /// Where the text comes from, which decides its language and its direction.
    var origin = Origin.data

    /// Where a text comes from.
    enum Origin: Sendable {
        /// From people: never translated, and read in the direction of its first letter.
        case data
        /// From a literal of the program: English, translated when it is drawn.
        case phrase
        /// From a phrasebook, or made of phrases: read in the direction of the screen.
        case said
    }

    /// The most clusters that a text keeps; the rest becomes an ellipsis.
    public static let limit = 8_192

    /// The text without characters.
    public static let empty = SafeText("")

    /// Passes a string through the gate.
    public init(_ raw: some StringProtocol, limit: Int = SafeText.limit) {
        let plain = raw.utf8.prefix(limit + 1).allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        if plain {
            let isWhole = raw.utf8.count <= limit
            self.init(checked: isWhole ? String(raw) : raw.prefix(max(limit - 1, 0)) + "…")
        } else {
            var gate = TextGate(limit: limit)
            for cluster in String(raw.prefix(limit + 1)) { gate.admit(cluster) }
            self.init(checked: gate.output)
        }
    }

    /// Wraps a string that the gate has already seen.
    init(checked string: String) {
        self.string = string
        isASCII = string.utf8.allSatisfy { $0 < 0x80 }
        width = isASCII ? string.utf8.count : VisualLine(string).width
    }

    /// Whether there is nothing to draw.
    public var isEmpty: Bool { string.isEmpty }

    /// Splits a document at its line ends, with tabs expanded to the next multiple of four.
    public static func lines(_ raw: String) -> [SafeText] {
        raw.split(omittingEmptySubsequences: false) { $0.isNewline && $0 != "\u{2028}" }
            .map { SafeText(expandingTabs($0)) }
    }

    private static func expandingTabs(_ line: Substring) -> String {
        guard line.contains("\t") else { return String(line) }
        var expanded = ""
        for (index, part) in line.split(separator: "\t", omittingEmptySubsequences: false)
            .enumerated()
        {
            if index > 0 {
                expanded += String(repeating: " ", count: 4 - expanded.count % 4)
            }
            expanded += part
        }
        return expanded
    }
}

extension SafeText: ExpressibleByStringInterpolation {
    /// Passes a literal through the gate.
    ///
    /// One that is written from the right is a name in a test, and no English sentence.
    public init(stringLiteral value: String) {
        self.init(value)
        origin = isRightToLeft ? .data : .phrase
    }

    /// Passes a sentence with values through the gate.
    public init(stringInterpolation: DefaultStringInterpolation) {
        self.init(String(stringInterpolation: stringInterpolation))
        origin = .phrase
    }
}

extension SafeText {
    /// Texts are equal when they read the same, wherever they come from.
    public static func == (left: SafeText, right: SafeText) -> Bool { left.string == right.string }

    /// Hashes what is read.
    public func hash(into hasher: inout Hasher) { hasher.combine(string) }

    /// Whether the first letter with a direction is written from the right.
    public var isRightToLeft: Bool {
        guard !isASCII else { return false }
        for scalar in string.unicodeScalars {
            if VisualLine.isRightToLeft(scalar.value) {
                if scalar.properties.generalCategory != .decimalNumber { return true }
            } else if scalar.properties.isAlphabetic {
                return false
            }
        }
        return false
    }

    /// The same text as one of another origin.
    func from(_ origin: Origin) -> SafeText {
        var text = self
        text.origin = origin
        return text
    }

    /// The origin of a part: a piece of a phrase is none that a phrasebook knows.
    fileprivate var originOfParts: Origin { origin == .data ? .data : .said }

    /// Whether there is no letter in it, as in a mark or a separator.
    fileprivate var isMark: Bool { !string.contains(where: \.isLetter) }

    fileprivate static func origin(of left: SafeText, _ right: SafeText) -> Origin {
        if left.origin == right.origin { return left.origin }
        if left.origin == .said || right.origin == .said { return .said }
        return (left.origin == .phrase ? left : right).isMark ? .data : .phrase
    }
}

extension SafeText: CustomStringConvertible {
    /// The harmless text.
    public var description: String { string }
}

extension SafeText {
    /// Joins two texts.
    public static func + (left: SafeText, right: SafeText) -> SafeText {
        let origin = origin(of: left, right)
        let joined = left.string + right.string
        return (origin == .said ? SafeText(checked: joined) : SafeText(joined)).from(origin)
    }

    /// The text cut to `columns`, the last of them an ellipsis when something was cut.
    public func truncated(to columns: Int, ellipsis: SafeText = "…") -> SafeText {
        guard width > columns else { return self }
        guard columns > ellipsis.width else {
            return columns >= ellipsis.width && columns > 0 ? ellipsis : .empty
        }
        return SafeText(checked: prefix(columns: columns - ellipsis.width) + ellipsis.string)
            .from(originOfParts)
    }

    /// The text with spaces added up to `columns`, or cut to it.
    public func padded(to columns: Int, _ alignment: Alignment = .leading) -> SafeText {
        let text = truncated(to: columns)
        let missing = max(0, columns - text.width)
        let before: Int =
            switch alignment {
            case .leading: 0
            case .center: missing / 2
            case .trailing: missing
            }
        return SafeText(
            checked: String(repeating: " ", count: before) + text.string
                + String(repeating: " ", count: missing - before)
        )
        .from(text.origin)
    }

    /// Breaks the text into lines of at most `columns`, at spaces where there are any.
    public func wrapped(to columns: Int) -> [SafeText] { broken(to: columns).map(\.text) }

    /// The same lines, each with how it goes on from the one above.
    public func broken(to columns: Int) -> [(text: SafeText, joint: TextLine.Joint)] {
        guard columns > 0, width > columns else { return [(self, .none)] }
        var lines: [(text: SafeText, joint: TextLine.Joint)] = []
        var line = ""
        var joint = TextLine.Joint.none
        func end(_ text: String) {
            lines.append((SafeText(checked: text).from(originOfParts), joint))
        }
        for word in string.split(separator: " ", omittingEmptySubsequences: false) {
            let candidate = line.isEmpty ? String(word) : line + " " + word
            if SafeText(checked: candidate).width <= columns {
                line = candidate
                continue
            }
            if !line.isEmpty {
                end(line)
                joint = .space
            }
            line = String(word)
            while SafeText(checked: line).width > columns {
                let head = SafeText(checked: line).prefix(columns: columns)
                guard !head.isEmpty else { return lines }
                end(head)
                joint = .word
                line = String(line.dropFirst(head.count))
            }
        }
        if !line.isEmpty || lines.isEmpty { end(line) }
        return lines
    }

    /// The longest run of whole clusters from the start that fits in `columns`.
    func prefix(columns: Int) -> String {
        if isASCII { return String(string.prefix(max(columns, 0))) }
        var used = 0
        return String(
            string.prefix { cluster in
                used += DisplayWidth.columns(of: cluster)
                return used <= columns
            }
        )
    }
}

/// Where a text stands in a space wider than itself.
public enum Alignment: Sendable, Hashable {
    /// At the left.
    case leading
    /// In the middle.
    case center
    /// At the right.
    case trailing
}
