import Terminal

// DESIGN
//
// 1. A mark belongs to a primary key, and keeps the value behind it: it survives a reload, another
//    order and a window that moved on.
// 2. A mark goes with its row: when the row is removed, or a whole list comes without it. While
//    only a part of the list is known, a row that is not in it may still exist, and stays marked.
// 3. Another filter is another question: nobody acts on rows that they cannot find on the screen.

/// The rows of a list that the operator marked, with their values.
struct Marks<Item: Hashable & Sendable, ID: Hashable & Sendable>: Hashable, Sendable {
    private(set) var items: [ID: Item] = [:]
    /// The row that was marked last: where a range begins.
    private(set) var anchor: ID?

    var ids: Set<ID> { Set(items.keys) }
    var count: Int { items.count }

    mutating func toggle(_ item: Item, _ id: ID) {
        anchor = id
        items[id] = items[id] == nil ? item : nil
    }

    mutating func add(_ rows: [(ID, Item)]) {
        for (id, item) in rows { items[id] = item }
        anchor = rows.last?.0 ?? anchor
    }

    mutating func invert(_ rows: [(ID, Item)]) {
        for (id, item) in rows { items[id] = items[id] == nil ? item : nil }
    }

    /// Takes the newest value of a marked row; others are left alone.
    mutating func update(_ item: Item, _ id: ID) {
        if items[id] != nil { items[id] = item }
    }

    mutating func keep(where condition: (ID) -> Bool) {
        guard !items.isEmpty else { return }
        items = items.filter { condition($0.key) }
        if let mark = anchor, !condition(mark) { anchor = nil }
    }
}

extension Listing {
    /// The marked values, in the order of the list; those beyond the window come last.
    var marked: [(id: ID, item: Item)] {
        let shown = table.rows.compactMap { row in marks.items[row.id].map { (row.id, $0) } }
        let known = Set(shown.map(\.0))
        let rest = marks.items.filter { !known.contains($0.key) }
            .sorted { "\($0.key)" < "\($1.key)" }.map { ($0.key, $0.value) }
        return (shown + rest).map { (id: $0.0, item: $0.1) }
    }

    /// Marks the selected row, or takes its mark away.
    mutating func toggleMark() {
        guard let id = table.selection, let item = items[id] else { return }
        marks.toggle(item, id)
    }

    /// Marks every row from the one marked last to the selected one.
    mutating func markRange() {
        guard let here = table.selectedIndex else { return }
        let start = marks.anchor.flatMap { id in table.rows.firstIndex { $0.id == id } } ?? here
        let rows = table.rows[min(start, here)...max(start, here)]
        let marked = rows.compactMap { row in items[row.id].map { (row.id, $0) } }
        marks.add(start <= here ? marked : marked.reversed())
    }

    /// Marks the rows of the window that are not marked, and takes the marks of the others away.
    mutating func invertMarks() {
        marks.invert(table.rows.compactMap { row in items[row.id].map { (row.id, $0) } })
    }
}

extension ListScreen {
    var markCount: Int { list.marks.count }

    /// Marks the selected row and goes on to the next.
    mutating func toggleMark(_ context: ScreenContext) -> [SlotAsk] {
        list.toggleMark()
        return press(KeyEvent(.down), context) ?? []
    }

    mutating func markRange() { list.markRange() }

    mutating func invertMarks() { list.invertMarks() }

    mutating func clearMarks() { list.marks = Marks() }

    /// Takes the marks of some rows away, by their keys in words.
    mutating func unmark(_ ids: Set<String>) { list.marks.keep { !ids.contains("\($0)") } }
}
