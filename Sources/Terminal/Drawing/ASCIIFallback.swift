@_spi(_Unicode) import Swift

/// What a terminal without UTF-8 shows instead of a character, in the same number of columns.
public enum ASCIIFallback {
    /// The stand-in of a scalar: itself, a similar character, its letter without accents, or `?`.
    public static func scalar(for scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.isASCII { return scalar }
        if let similar = similar[scalar] { return similar }
        switch scalar.value {
        case 0x2400...0x2421: return "^"
        case 0x2500...0x2501, 0x2504...0x2505, 0x2550: return "-"
        case 0x2502...0x2503, 0x2506...0x2507, 0x2551: return "|"
        case 0x250C...0x254B, 0x2552...0x256C: return "+"
        case 0x2588...0x258B, 0x2593: return "#"
        case 0x2800...0x28FF: return braille(scalar.value - 0x2800)
        default: break
        }
        guard let letter = String(scalar)._nfd.first(where: { _ in true }), letter.isASCII else {
            return "?"
        }
        return letter
    }

    /// A cell in ASCII.
    public static func cell(for cell: Cell) -> Cell {
        guard !cell.glyph.base.isASCII || cell.glyph.firstMark != 0 else { return cell }
        var plain = cell
        plain.glyph = CellGlyph(base: scalar(for: cell.glyph.base), width: cell.glyph.width)
        return plain
    }

    private static let similar: [Unicode.Scalar: Unicode.Scalar] = [
        "…": ".", "▸": ">", "▾": "v", "▴": "^", "▲": "^", "▼": "v", "▶": ">", "◀": "<", "▌": ">",
        "▐": "|", "●": "*", "○": "o", "•": "*", "·": ".", "✓": "+", "✗": "x", "⏎": "~", "␛": "^",
        "↑": "^", "↓": "v", "←": "<", "→": ">", "▁": "_", "▂": ".", "▃": ":", "▄": "-", "▅": "=",
        "▆": "+", "▇": "*", "░": ".", "▒": ":", "▏": "|", "▎": "|", "▍": "|", "⟨": "<", "⟩": ">",
        "–": "-", "—": "-", "‘": "'", "’": "'", "“": "\"", "”": "\"", "◌": "o", "╱": "/",
        "╲": "\\", "×": "x", "⚠": "!", "┊": "|", "╎": "|",
    ]
}
