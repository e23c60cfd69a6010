/// A line in the order in which it is seen: the one place where text becomes cells.
///
/// Right-to-left runs are reordered by the Unicode bidirectional algorithm (UAX #9, through FriBidi)
/// and Arabic letters take their joined forms. Each line is a paragraph of its own, so that no
/// cell of a table can reorder its neighbour. A line without right-to-left letters costs no more
/// than looking at its scalars.
struct VisualLine {
    /// One drawn cell and the cluster that it comes from, counted from the logical start.
    struct Element {
        var glyph: CellGlyph
        var cluster: Int
    }

    private(set) var elements: [Element] = []
    private(set) var width = 0
    /// Whether the line as a whole runs from the right.
    private(set) var isRightToLeft = false
    private var clusterCount = 0

    /// Lays out harmless text.
    ///
    /// - Parameters:
    ///   - string: the text in logical order.
    ///   - base: the direction of the whole; that of its first strong letter when nil.
    ///   - shaping: who joins Arabic letters.
    init(_ string: String, base: TextDirection? = nil, shaping: ArabicShaping = .joined) {
        var needsReordering = false
        for cluster in string {
            if Self.isDirectionMark(cluster), let mark = cluster.unicodeScalars.first {
                needsReordering = needsReordering || mark.value == 0x200F
                elements.append(
                    Element(glyph: CellGlyph(base: mark, width: 0), cluster: clusterCount)
                )
            }
            for glyph in CellGlyph.glyphs(of: cluster) {
                elements.append(Element(glyph: glyph, cluster: clusterCount))
                needsReordering = needsReordering || Self.isRightToLeft(glyph.base.value)
            }
            clusterCount += 1
        }
        if needsReordering { reorder(base, shaping) }
        elements.removeAll { $0.glyph.width == 0 }
        width = elements.reduce(0) { $0 + Int($1.glyph.width) }
    }

    /// The cells on a mirrored screen: spaces behind a text from the left, which hold a place free,
    /// go to its other side, and those in front of it as well.
    var turned: [Element] {
        guard !isRightToLeft else { return elements }
        let isSpace = { (element: Element) in element.glyph == .space }
        let front = elements.prefix(while: isSpace)
        let rest = elements.dropFirst(front.count)
        let back = rest.reversed().prefix(while: isSpace)
        return back + rest.dropLast(back.count) + front
    }

    /// Whether a scalar is written from the right.
    static func isRightToLeft(_ value: UInt32) -> Bool {
        value >= 0x590
            && ((0x590...0x8FF).contains(value) || (0xFB1D...0xFDFF).contains(value)
                || (0xFE70...0xFEFC).contains(value) || (0x10800...0x10FFF).contains(value)
                || (0x1E800...0x1EFFF).contains(value))
    }

    /// Whether a cluster is an invisible letter, as phrasebooks have it around foreign words.
    ///
    /// The gate lets none pass: only the program's own sentences have them.
    static func isDirectionMark(_ cluster: Character) -> Bool {
        (0x200E...0x200F).contains(cluster.unicodeScalars.first?.value ?? 0)
    }

    /// The column in which the cursor stands in front of a cluster.
    ///
    /// It is that of the cluster's own cell; behind the last cluster it is the one where the next
    /// would begin, which is -1 at the left end of a line that runs from the right.
    func column(before cluster: Int) -> Int {
        guard cluster < clusterCount else { return isRightToLeft ? -1 : width }
        var column = 0
        var best: (cluster: Int, column: Int)?
        for element in elements {
            // The second letter of a ligature has no cell: the first one's stands for it.
            if element.cluster <= cluster, element.cluster > (best?.cluster ?? -1) {
                best = (element.cluster, column)
            }
            column += Int(element.glyph.width)
        }
        return best?.column ?? 0
    }

    /// Reorders and joins, scalar by scalar, then gathers marks on their bases again.
    private mutating func reorder(_ base: TextDirection?, _ shaping: ArabicShaping) {
        var scalars: [UInt32] = []
        var sources: [Int] = []
        for (index, element) in elements.enumerated() {
            for scalar in element.glyph.scalars {
                scalars.append(scalar.value)
                sources.append(index)
            }
        }
        guard let order = BidiParagraph(scalars, base: base, shaping: shaping) else { return }
        isRightToLeft = order.isRightToLeft
        var visual: [Element] = []
        for (position, value) in zip(order.positions, order.scalars) {
            // U+FEFF stands where the second letter of a ligature was.
            guard value != 0xFEFF, let scalar = Unicode.Scalar(value),
                !Self.isDirectionMark(Character(scalar))
            else { continue }
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
