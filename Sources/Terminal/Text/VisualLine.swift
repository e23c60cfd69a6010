internal import CFriBidi

/// A line in the order in which it is seen: the one place where text becomes cells.
///
/// Right-to-left runs are reordered by the Unicode bidirectional algorithm (UAX #9, through FriBidi)
/// and Arabic letters take their joined forms. Each line is a paragraph of its own, so that no
/// cell of a table can reorder its neighbour.
struct VisualLine {
    /// One drawn cell and the cluster that it comes from, counted from the logical start.
    struct Element {
        var glyph: CellGlyph
        var cluster: Int
    }

    private(set) var elements: [Element] = []
    private(set) var width = 0

    /// Lays out harmless text.
    init(_ string: String) {
        var needsReordering = false
        for (index, cluster) in string.enumerated() {
            for glyph in CellGlyph.glyphs(of: cluster) {
                elements.append(Element(glyph: glyph, cluster: index))
                needsReordering = needsReordering || Self.isRightToLeft(glyph.base.value)
            }
        }
        if needsReordering { reorder() }
        width = elements.reduce(0) { $0 + Int($1.glyph.width) }
    }

    private static func isRightToLeft(_ value: UInt32) -> Bool {
        (0x590...0x8FF).contains(value) || (0xFB1D...0xFDFF).contains(value)
            || (0xFE70...0xFEFC).contains(value) || (0x10800...0x10FFF).contains(value)
            || (0x1E800...0x1EFFF).contains(value)
    }

    /// Reorders and joins, scalar by scalar, then gathers marks on their bases again.
    private mutating func reorder() {
        var scalars: [FriBidiChar] = []
        var sources: [Int] = []
        for (index, element) in elements.enumerated() {
            for scalar in element.glyph.scalars {
                scalars.append(scalar.value)
                sources.append(index)
            }
        }
        guard let order = BidiRun(scalars) else { return }
        var visual: [Element] = []
        for (position, value) in zip(order.positions, order.scalars) {
            // FriBidi leaves U+FEFF where the second letter of a ligature was.
            guard value != 0xFEFF, let scalar = Unicode.Scalar(value) else { continue }
            let source = elements[sources[position]]
            let isMark = DisplayWidth.columns(of: scalar) == 0 && value != source.glyph.base.value
            if isMark, !visual.isEmpty {
                visual[visual.count - 1].glyph.add(scalar)
            } else {
                let columns = max(1, DisplayWidth.columns(of: scalar))
                visual.append(
                    Element(
                        glyph: CellGlyph(base: scalar, width: UInt8(columns)),
                        cluster: source.cluster
                    )
                )
            }
        }
        elements = visual
    }
}

/// The result of FriBidi for one paragraph: shaped scalars in visual order, each with the position
/// that it had.
private struct BidiRun {
    var scalars: [FriBidiChar]
    var positions: [Int]

    init?(_ input: [FriBidiChar]) {
        let count = input.count
        let length = FriBidiStrIndex(count)
        var types = [FriBidiCharType](repeating: FRIBIDI_TYPE_ON, count: count)
        var brackets = [FriBidiBracketType](repeating: 0, count: count)
        var levels = [FriBidiLevel](repeating: 0, count: count)
        var joining = [FriBidiJoiningType](repeating: 0, count: count)
        var direction = FRIBIDI_PAR_ON
        var shaped = input
        var map = (0..<count).map { FriBidiStrIndex($0) }
        fribidi_get_bidi_types(input, length, &types)
        fribidi_get_bracket_types(input, length, types, &brackets)
        guard
            fribidi_get_par_embedding_levels_ex(types, brackets, length, &direction, &levels) > 0
        else { return nil }
        fribidi_get_joining_types(input, length, &joining)
        fribidi_join_arabic(types, length, levels, &joining)
        let flags = FriBidiFlags(
            FRIBIDI_FLAG_SHAPE_MIRRORING | FRIBIDI_FLAG_SHAPE_ARAB_PRES
                | FRIBIDI_FLAG_SHAPE_ARAB_LIGA | FRIBIDI_FLAG_REORDER_NSM
        )
        fribidi_shape(flags, levels, length, &joining, &shaped)
        guard
            fribidi_reorder_line(flags, types, length, 0, direction, &levels, &shaped, &map) > 0
        else { return nil }
        scalars = shaped
        positions = map.map { Int($0) }
    }
}
