/// What one cell of the screen shows: a base character with up to two marks.
///
/// Terminals disagree about clusters that they do not know: a family takes two columns in one and
/// eight in the next, a heart with a selector one or two. So a cluster is drawn in the form on whose
/// width all agree: the first emoji of a joined sequence, an emoji without its skin tone, a
/// selected symbol followed by a space, a flag as its two letters. Columns stay straight
/// everywhere; the text itself is untouched.
public struct CellGlyph: Sendable, Hashable {
    /// The character.
    public var base: Unicode.Scalar

    /// The first combining mark, or 0.
    public var firstMark: UInt32 = 0

    /// The second combining mark, or 0.
    public var secondMark: UInt32 = 0

    /// The columns taken: 1 or 2.
    public var width: UInt8 = 1

    /// A space.
    public static let space = CellGlyph(base: " ")

    /// Makes a glyph without marks.
    public init(base: Unicode.Scalar, width: UInt8 = 1) {
        self.base = base
        self.width = width
    }

    /// The scalars in the order in which they are sent.
    public var scalars: [Unicode.Scalar] {
        [base] + [firstMark, secondMark].filter { $0 != 0 }.compactMap(Unicode.Scalar.init)
    }

    /// Adds a combining mark; beyond two they are dropped.
    mutating func add(_ mark: Unicode.Scalar) {
        if firstMark == 0 {
            firstMark = mark.value
        } else if secondMark == 0 {
            secondMark = mark.value
        }
    }

    /// The cells of a grapheme cluster.
    static func glyphs(of cluster: Character) -> [CellGlyph] {
        if VisualLine.isDirectionMark(cluster) { return [] }
        var glyphs: [CellGlyph] = []
        var isEmojiStyle = false
        var isJoined = false
        for scalar in cluster.unicodeScalars {
            if scalar.value == 0x200D {
                isJoined = true
            } else if scalar.value == 0xFE0F {
                isEmojiStyle = true
            } else if isJoined || (scalar.properties.isEmojiModifier && !glyphs.isEmpty) {
                continue
            } else {
                let columns = DisplayWidth.columns(of: scalar)
                if columns > 0 || glyphs.isEmpty {
                    glyphs.append(CellGlyph(base: scalar, width: UInt8(max(columns, 1))))
                } else {
                    glyphs[glyphs.count - 1].add(scalar)
                }
            }
        }
        let drawn = glyphs.reduce(0) { $0 + $1.width }
        if isEmojiStyle, drawn == 1 { glyphs.append(.space) }
        return glyphs
    }
}
