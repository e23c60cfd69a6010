// DESIGN: what moving the selection costs.
//
// A move draws two rows anew, the one that is left and the one that is reached, and every character
// whose background changes is sent again: over a slow line that is what a key costs. So the band of
// the selected row covers whole columns from the left, as many as the dearest of the rows on the
// screen has room for in its half of the budget. The mark at the left and the first column are
// always covered. All rows on a screen have the same band: it does not change its length under the
// moving selection.

extension Table {
    /// The most bytes that the band of one row may take: two rows, the number that is told of the
    /// row, the colours and the moves between them stay below 300.
    private func bandBudget(_ styles: StyleSheet) -> Int {
        let color = styles[.text].colorBytes
        return 110 - 2 * color - (isNumbered ? 6 + color : 0)
    }

    /// How many columns of the screen the band of the selected row covers.
    func bandWidth(
        over rows: some Sequence<TableRow<ID>>,
        in layout: TableLayout,
        width: Int,
        styles: StyleSheet
    ) -> Int {
        var covered = layout.places.count
        for row in rows {
            covered = min(covered, affordable(row, layout, styles))
        }
        guard covered < layout.places.count, let last = layout.places.prefix(covered).last else {
            return width
        }
        return min(width, 1 + last.x + last.width)
    }

    /// How many columns of a row can be sent anew within the budget; at least one.
    private func affordable(
        _ row: TableRow<ID>,
        _ layout: TableLayout,
        _ styles: StyleSheet
    ) -> Int {
        let budget = bandBudget(styles)
        var cost = 0
        var column = 0
        for (index, _, width) in layout.places {
            guard index < row.cells.count else { break }
            cost += row.cells[index].bytes(in: width, styles)
            if cost > budget, column > 0 { return column }
            column += 1
        }
        return layout.places.count
    }
}

extension TableCell {
    /// About how many bytes it takes to draw this and the gap behind it in another style.
    fileprivate func bytes(in width: Int, _ styles: StyleSheet) -> Int {
        // A bar keeps its colours: the cursor passes over it.
        guard case .text(let text, let role) = self else { return Self.passing }
        let shown = min(text.width, width)
        // Letters that join are sent as forms of three bytes each.
        let letters =
            text.isASCII ? shown : min(shown * 3, max(shown, text.string.utf8.count * 3 / 2))
        let blanks = min(width - shown + 2, Self.passing)
        return letters + blanks + (role == .text ? 0 : Self.coloring + styles[role].colorBytes)
    }

    /// Erasing a run of blanks and moving behind it.
    private static var passing: Int { 9 }

    /// Another colour and back, in one of the two rows.
    private static var coloring: Int { 5 }
}

extension Style {
    /// What a colour beyond the first sixteen takes more, there and back in one of two rows.
    fileprivate var colorBytes: Int { (foreground ?? 0) < 16 ? 0 : 7 }
}
