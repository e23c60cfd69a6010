/// A frame as a text file: the characters, then a second plane with one letter for each style.
///
/// Recorded screens are compared in this form, so that a change of colour shows in a review as
/// clearly as a change of words.
public struct FrameText: Sendable, Hashable, CustomStringConvertible {
    /// The rows without the spaces at their ends.
    public let lines: [String]

    /// The same rows with one letter a cell: `.` for the plain style, then `a`, `b` and so on.
    public let styleLines: [String]

    /// What each letter stands for.
    public let legend: [String]

    /// Renders a frame; with a style sheet the legend names the roles.
    public init(_ frame: Frame, styles: StyleSheet? = nil) {
        var letters = StyleLetters(styles)
        var lines: [String] = []
        var styleLines: [String] = []
        for y in 0..<frame.size.rows {
            var line = ""
            var plane = ""
            for cell in frame.row(y) {
                plane.append(letters.letter(for: cell.style))
                guard !cell.isContinuation else { continue }
                line.unicodeScalars.append(contentsOf: cell.glyph.scalars)
            }
            lines.append(Self.trimmed(line, of: " "))
            styleLines.append(Self.trimmed(plane, of: "."))
        }
        self.lines = lines
        self.styleLines = styleLines
        legend = letters.legend
    }

    /// The whole file.
    public var description: String {
        (lines + ["", "-- styles --"] + styleLines + ["", "-- legend --"] + legend)
            .joined(separator: "\n") + "\n"
    }

    private static func trimmed(_ line: String, of character: Unicode.Scalar) -> String {
        var scalars = line.unicodeScalars
        while scalars.last == character { scalars.removeLast() }
        return String(scalars)
    }
}

/// Gives each style of a frame a letter, in the order of appearance.
private struct StyleLetters {
    private var letters: [Style: Character] = [.plain: "."]
    private(set) var legend: [String] = []
    private let names: [Style: String]

    init(_ styles: StyleSheet?) {
        var names: [Style: String] = [:]
        for role in Role.allCases {
            guard let style = styles?[role], names[style] == nil else { continue }
            names[style] = role.rawValue
        }
        self.names = names
    }

    mutating func letter(for style: Style) -> Character {
        if let letter = letters[style] { return letter }
        let alphabet = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
        let next = letters.count - 1
        let letter = next < alphabet.count ? alphabet[next] : "?"
        letters[style] = letter
        legend.append("\(letter) \(names[style] ?? Self.words(style))")
        return letter
    }

    private static func words(_ style: Style) -> String {
        var words: [String] = []
        if let color = style.foreground { words.append("fg \(color)") }
        if let color = style.background { words.append("bg \(color)") }
        let traits: [(Style.Attributes, String)] = [
            (.bold, "bold"), (.dim, "dim"), (.underline, "underline"), (.reverse, "reverse"),
        ]
        words += traits.filter { style.attributes.contains($0.0) }.map(\.1)
        return words.isEmpty ? "plain" : words.joined(separator: " ")
    }
}
