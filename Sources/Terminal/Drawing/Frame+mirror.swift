// DESIGN: a screen that is read from the right.
//
// Whoever draws counts columns from the side where reading begins. A frame whose tongue is read
// from the right turns that around where cells are put: rectangles, texts as a whole, and the few
// signs that point somewhere. The order inside a text is its own affair (VisualLine).

extension Frame {
    /// Whether columns are counted from the right.
    public var isMirrored: Bool { tongue.direction == .rightToLeft }

    /// Where a rectangle stands on the screen.
    func placed(_ rect: Rect) -> Rect {
        guard isMirrored else { return rect }
        return Rect(
            x: size.columns - rect.maxX,
            y: rect.y,
            width: rect.width,
            height: rect.height
        )
    }

    /// Turns the place of the hardware cursor around; the last step of a drawing.
    public mutating func placeCursor() {
        guard isMirrored, let place = cursor else { return }
        cursor = Point(x: size.columns - 1 - place.x, y: place.y)
    }

    /// A sentence of the interface in the frame's language.
    public func say(_ text: SafeText) -> SafeText {
        guard let book = tongue.phrasebook, text.origin != .said, !text.isEmpty else {
            return text.origin == .phrase ? text : text.from(.said)
        }
        // What is translated has passed the gate; the phrasebook may add direction marks.
        let said = SafeText(checked: book.translate(text.string))
        // Spaces behind a label make a column, which stays where it is.
        let padding = text.string.reversed().prefix { $0 == " " }.count
        guard padding > 1 else { return said.from(.said) }
        let bare = SafeText(checked: String(said.string.dropLast(padding)))
        return bare.padded(to: max(text.width, bare.width + 1)).from(.said)
    }

    /// A text in the frame's language when it is one of the program's own, and otherwise as it is.
    public func phrase(_ text: SafeText) -> SafeText {
        tongue.phrasebook != nil && text.origin == .phrase ? say(text) : text
    }

    /// Sentences beside each other.
    public func joined(_ texts: [SafeText]) -> SafeText {
        SafeText(checked: tongue.direction.joined(texts.map(\.string))).from(.said)
    }

    /// The direction of a text: people's texts have their own, sentences that of the screen.
    func base(of text: SafeText) -> TextDirection? {
        text.origin == .data ? nil : tongue.direction
    }

    /// Whether a text that begins its line belongs to the other side of its place.
    func startsAtEnd(_ text: SafeText) -> Bool {
        !isMirrored && text.origin == .data && text.isRightToLeft
    }

    /// A sign that points to the other side.
    static func mirrored(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.isASCII { return scalar }
        if (0x2800...0x28FF).contains(scalar.value) { return mirroredDots(scalar) }
        return signs[scalar] ?? scalar
    }

    private static let signs: [Unicode.Scalar: Unicode.Scalar] = [
        "┌": "┐", "┐": "┌", "└": "┘", "┘": "└", "├": "┤", "┤": "├", "╭": "╮", "╮": "╭", "╰": "╯",
        "╯": "╰", "▌": "▐", "▐": "▌", "▏": "▕", "▕": "▏", "▎": "▐", "▍": "▐", "▋": "▐", "▊": "█",
        "▉": "█", "▸": "◂", "◂": "▸", "▶": "◀", "◀": "▶", "╱": "╲", "╲": "╱",
    ]

    /// A braille cell with its two columns exchanged.
    private static func mirroredDots(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        let dots = scalar.value & 0xFF
        let left = ((dots & 0x07) << 3) | ((dots & 0x40) << 1)
        let right = ((dots & 0x38) >> 3) | ((dots & 0x80) >> 1)
        return Unicode.Scalar(0x2800 | left | right) ?? scalar
    }
}
