internal import CNcurses
internal import Terminal

/// Cells in the form that ncurses takes, with colour pairs made as they are needed.
final class CursesCells {
    private let isUTF8: Bool
    private let hasColors: Bool
    private let hasDefaults: Bool
    private var pairs: [Style: (attributes: attr_t, pair: Int32)] = [:]

    init(isUTF8: Bool, hasColors: Bool, hasDefaults: Bool) {
        self.isUTF8 = isUTF8
        self.hasColors = hasColors
        self.hasDefaults = hasDefaults
    }

    /// One row as the terminal gets it.
    func elements(_ cells: ArraySlice<Cell>) -> [ScreenElement] {
        var row: [ScreenElement] = []
        row.reserveCapacity(cells.count)
        for cell in cells where !cell.isContinuation {
            append(isUTF8 ? cell : ASCIIFallback.cell(for: cell), to: &row)
        }
        return row
    }

    /// One row, ready for `wadd_wchnstr`: a wide character is one element.
    func row(_ cells: ArraySlice<Cell>) -> [cchar_t] {
        elements(cells).map { Self.element($0.scalars, look(of: $0.style)) }
    }

    /// ncurses counts columns with the C library, so a glyph on whose width the two disagree is
    /// drawn as something on which they do not.
    private func append(_ cell: Cell, to row: inout [ScreenElement]) {
        let base = cell.glyph.base
        let width = base.isASCII ? 1 : Int(cncurses_width(base.value))
        let wanted = Int(cell.glyph.width)
        let isKnown = width == wanted || (width == 1 && wanted == 2)
        row.append(
            ScreenElement(
                glyph: isKnown ? cell.glyph : Self.unknown,
                style: cell.style,
                columns: isKnown ? width : 1
            )
        )
        if !isKnown || width < wanted {
            for _ in 1..<wanted { row.append(ScreenElement(glyph: .space, style: cell.style)) }
        }
    }

    private static let unknown = CellGlyph(base: "?")

    private static func element(
        _ scalars: [Unicode.Scalar],
        _ look: (attributes: attr_t, pair: Int32)
    ) -> cchar_t {
        var element = cchar_t()
        var text: (wchar_t, wchar_t, wchar_t, wchar_t) = (0, 0, 0, 0)
        text.0 = wchar_t(scalars[0].value)
        if scalars.count > 1 { text.1 = wchar_t(scalars[1].value) }
        if scalars.count > 2 { text.2 = wchar_t(scalars[2].value) }
        withUnsafePointer(to: &text) { pointer in
            pointer.withMemoryRebound(to: wchar_t.self, capacity: 4) {
                _ = cncurses_cell(&element, $0, look.attributes, look.pair)
            }
        }
        return element
    }

    private func look(of style: Style) -> (attributes: attr_t, pair: Int32) {
        if let known = pairs[style] { return known }
        var attributes: attr_t = 0
        if style.attributes.contains(.bold) { attributes |= cncurses_bold() }
        if style.attributes.contains(.dim) { attributes |= cncurses_dim() }
        if style.attributes.contains(.underline) { attributes |= cncurses_underline() }
        if style.attributes.contains(.reverse) { attributes |= cncurses_reverse() }
        let look = (attributes: attributes, pair: pair(of: style))
        pairs[style] = look
        return look
    }

    private func pair(of style: Style) -> Int32 {
        guard hasColors, style.foreground != nil || style.background != nil else { return 0 }
        let foreground = style.foreground.map { Int32($0) } ?? (hasDefaults ? -1 : 7)
        let background = style.background.map { Int32($0) } ?? (hasDefaults ? -1 : 0)
        return max(0, alloc_pair(foreground, background))
    }
}

/// What is sent for a cell.
struct ScreenElement: Hashable {
    var glyph: CellGlyph
    var style: Style
    var columns = 1

    var scalars: [Unicode.Scalar] { glyph.scalars }
    var isBlank: Bool { glyph == .space }
}
