/// How a cell looks, with colours that the terminal at hand can show.
public struct Style: Sendable, Hashable {
    /// Traits of the letters.
    public struct Attributes: OptionSet, Sendable, Hashable {
        /// One bit for each trait.
        public let rawValue: UInt8

        /// Makes a set from its bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Heavier letters.
        public static let bold = Attributes(rawValue: 1)

        /// Fainter letters.
        public static let dim = Attributes(rawValue: 2)

        /// A line below.
        public static let underline = Attributes(rawValue: 4)

        /// Foreground and background exchanged.
        public static let reverse = Attributes(rawValue: 8)
    }

    /// The colour of the letters: 0 to 255 of the terminal's palette, or nil for its own.
    public var foreground: UInt8? {
        get { foregroundCode < 0 ? nil : UInt8(foregroundCode) }
        set { foregroundCode = newValue.map { Int16($0) } ?? -1 }
    }

    /// The colour behind them: 0 to 255 of the terminal's palette, or nil for its own.
    public var background: UInt8? {
        get { backgroundCode < 0 ? nil : UInt8(backgroundCode) }
        set { backgroundCode = newValue.map { Int16($0) } ?? -1 }
    }

    /// The traits.
    public var attributes: Attributes

    private var foregroundCode: Int16
    private var backgroundCode: Int16

    /// The terminal's own look.
    public static let plain = Style()

    /// Makes a style.
    public init(
        foreground: UInt8? = nil,
        background: UInt8? = nil,
        attributes: Attributes = []
    ) {
        foregroundCode = foreground.map { Int16($0) } ?? -1
        backgroundCode = background.map { Int16($0) } ?? -1
        self.attributes = attributes
    }

    /// The style of text drawn on top of a field: its own background wins, then the field's.
    public func over(_ field: Style) -> Style {
        var style = self
        if style.background == nil { style.backgroundCode = field.backgroundCode }
        if style.foreground == nil { style.foregroundCode = field.foregroundCode }
        style.attributes.formUnion(field.attributes)
        return style
    }
}
