// DESIGN: a table over a list of any length.
//
// 1. The table holds a window of rows, never the list: whoever owns the data appends or prepends a
//    page when a move asks for it, and beyond `capacity` the far end is forgotten.
// 2. The selection is a primary key. Rows that arrive, vanish or change places never move it to
//    another object; only when its own row is gone does the nearest one take over.
// 3. New rows are announced, not inserted, until the operator goes to the top.
// 4. Drawing changes nothing: the first visible row follows from `top`, the selection and the
//    height, so a table is right after any resize.

/// A list with columns, a selection and a window onto rows that come by keyset.
public struct Table<ID: Hashable & Sendable>: Sendable, Hashable {
    /// The columns, in the order of the rows' cells.
    public var columns: [TableColumn]

    /// The ids of the columns that are shown, in their order; nil for all as they come.
    public var arrangement: [String]?

    /// The column that carries the sort mark.
    public var sort: TableSort?

    /// The window of rows.
    public private(set) var rows: [TableRow<ID>] = []

    /// The primary key of the selected row.
    public internal(set) var selection: ID?

    /// What lies beyond the window.
    public internal(set) var edges = TableEdges()

    /// How many rows of the list stand before the window, as far as it has been walked.
    public private(set) var preceding = 0

    /// What is told beside the rows.
    public var notice = TableNotice<ID>()

    /// Whether the number of the selected row is told beside the table: a move costs that as well.
    public var isNumbered = false

    /// The rows that the operator marked; some may lie beyond the window.
    public var marks: Set<ID> = []

    /// The index of the first row shown, as far as the selection allows.
    var top = 0

    /// The most rows that the window keeps.
    public static var capacity: Int { 600 }

    /// Makes an empty table.
    public init(columns: [TableColumn], sort: TableSort? = nil) {
        self.columns = columns
        self.sort = sort
    }

    /// The indices of the columns that are shown, in their order; unknown ids are passed over.
    public var arranged: [Int] {
        let chosen = (arrangement ?? []).compactMap { id in
            columns.firstIndex { $0.id == id }
        }
        return chosen.isEmpty ? Array(columns.indices) : chosen
    }

    /// The selected row.
    public var selectedRow: TableRow<ID>? { selectedIndex.map { rows[$0] } }

    /// The index of the selected row within the window.
    public var selectedIndex: Int? {
        selection.flatMap { id in rows.firstIndex { $0.id == id } }
    }
}

/// Whether there is more beyond a table's window, and whether it was asked for.
public struct TableEdges: Sendable, Hashable {
    /// Whether rows exist before the first.
    public var hasBefore = false

    /// Whether rows exist after the last.
    public var hasAfter = false

    /// Whether a page is on its way, so that it is not asked for twice.
    public var isLoading = false
}

/// What a table tells beside its rows.
public struct TableNotice<ID: Hashable & Sendable>: Sendable, Hashable {
    /// How many rows arrived that are not shown yet.
    public var arrived = 0

    /// Rows that have just changed.
    public var pulsing: Set<ID> = []

    /// Which cells of them changed; all of a row that is not named.
    public var changedCells: [ID: Set<Int>] = [:]

    /// What an empty table says.
    public var emptyText: SafeText = "nothing here"
}

/// What a move or a key of a table asks for.
public enum TableRequest<ID: Hashable & Sendable>: Sendable, Hashable {
    /// The page before the row with this key.
    case pageBefore(ID)
    /// The page after the row with this key.
    case pageAfter(ID)
    /// The first page of the list, because the window is elsewhere.
    case firstPage
    /// The last page of the list.
    case lastPage
    /// Open this row.
    case open(ID)
}

extension Table {
    /// Shows a new window; the selection stays with its row, or goes to the one in its place.
    public mutating func replace(
        _ rows: [TableRow<ID>],
        hasBefore: Bool = false,
        hasAfter: Bool = false
    ) {
        let oldIndex = selectedIndex ?? 0
        self.rows = rows
        edges = TableEdges(hasBefore: hasBefore, hasAfter: hasAfter)
        if !hasBefore { preceding = 0 }
        top = min(top, max(0, rows.count - 1))
        if selectedIndex == nil {
            selection = rows.isEmpty ? nil : rows[min(oldIndex, rows.count - 1)].id
        }
    }

    /// Adds the page after the window.
    public mutating func append(_ page: [TableRow<ID>], hasAfter: Bool) {
        let known = Set(rows.map(\.id))
        rows += page.filter { !known.contains($0.id) }
        edges.hasAfter = hasAfter
        edges.isLoading = false
        let excess = min(rows.count - Self.capacity, selectedIndex ?? 0)
        guard excess > 0 else { return }
        rows.removeFirst(excess)
        top = max(0, top - excess)
        preceding += excess
        edges.hasBefore = true
    }

    /// Adds the page before the window.
    public mutating func prepend(_ page: [TableRow<ID>], hasBefore: Bool) {
        let known = Set(rows.map(\.id))
        let added = page.filter { !known.contains($0.id) }
        rows = added + rows
        top += added.count
        preceding = hasBefore ? max(0, preceding - added.count) : 0
        edges.hasBefore = hasBefore
        edges.isLoading = false
        guard rows.count > Self.capacity else { return }
        let kept = max(Self.capacity, (selectedIndex ?? 0) + 1)
        guard rows.count > kept else { return }
        rows.removeLast(rows.count - kept)
        edges.hasAfter = true
    }

    /// Puts a changed row in the place of the old one, and lets it pulse.
    public mutating func update(_ row: TableRow<ID>) {
        guard let index = rows.firstIndex(where: { $0.id == row.id }), rows[index] != row else {
            return
        }
        let old = rows[index]
        rows[index] = row
        pulse(row, since: old)
    }

    /// Lets the cells of a row pulse that differ from what it showed before.
    public mutating func pulse(_ row: TableRow<ID>, since old: TableRow<ID>) {
        let changed = row.cells.indices.filter { index in
            !old.cells.indices.contains(index) || old.cells[index] != row.cells[index]
        }
        notice.pulsing.insert(row.id)
        notice.changedCells[row.id, default: []].formUnion(changed)
    }

    /// Ends the pulse.
    public mutating func calm() {
        notice.pulsing = []
        notice.changedCells = [:]
    }

    /// Says that rows arrived before the window.
    public mutating func announce(_ count: Int) { notice.arrived += count }

    /// Forgets a page that was asked for and will not come.
    public mutating func stopLoading() { edges.isLoading = false }

    /// Selects a row of the window; an unknown key changes nothing.
    public mutating func select(_ id: ID) {
        if rows.contains(where: { $0.id == id }) { selection = id }
    }
}
