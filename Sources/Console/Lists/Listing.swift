import Domain
import Terminal

// DESIGN: a list that comes in keyset pages.
//
// 1. A table holds the rows; this keeps the values behind them and where each page began, because
//    a keyset only knows the way forward: a page before the window is fetched again from the
//    position at which it began the first time.
// 2. An answer for another question (`question` has changed since) is not for this list.
// 3. A refresh never moves a row: new rows are announced, changed cells pulse, rows that are gone
//    leave, and going to the top shows everything.
// 4. What was just made is selected when it comes.
// 5. A pane beside the list follows the selection once that rests (`ListPane`).

/// A table, the values behind its rows and the pages they came from.
struct Listing<Item: Hashable & Sendable, ID: Hashable & Sendable>: Hashable, Sendable {
    var table: Table<ID>
    private(set) var items: [ID: Item] = [:]
    private var pageOf: [ID: Int] = [:]
    /// Where page n begins; page 0 begins at nil.
    private var starts: [PagePosition?] = [nil]
    private(set) var isLoaded = false
    var failure: DomainError?
    private(set) var pulseUntil: Instant?
    private(set) var pane = ListPane<ID>()
    var marks = Marks<Item, ID>() {
        didSet { table.marks = marks.ids }
    }
    /// Whether changes may flash.
    var pulses = true
    /// What was just made, to be selected when it comes.
    private var awaited: ID?

    static var pageSize: Int { 100 }

    init(columns: [TableColumn], sort: TableSort? = nil) {
        table = Table(columns: columns, sort: sort)
    }

    var selected: Item? { table.selection.flatMap { items[$0] } }

    /// What a pane shows: the selected value, once the selection rests.
    var paned: Item? {
        guard pane.due != nil, let shown = pane.shown.flatMap({ items[$0] }) else {
            return selected
        }
        return shown
    }

    var ordered: [Item] { table.rows.compactMap { items[$0.id] } }

    /// The request for a place of the list; nil when there is no such page.
    func request(_ place: ListPlace) -> PageRequest? {
        let after: PagePosition?
        switch place {
        case .first, .refresh: after = nil
        case .next:
            guard let last = table.rows.last, let page = pageOf[last.id],
                starts.indices.contains(page + 1)
            else { return nil }
            after = starts[page + 1]
        case .previous:
            guard let page = previousPage else { return nil }
            after = starts[page]
        }
        return try? PageRequest(limit: Self.pageSize, after: after)
    }

    /// The page of the first row while the window may have lost its beginning, else the one before.
    private var previousPage: Int? {
        guard let first = table.rows.first, let page = pageOf[first.id] else { return nil }
        let isWhole =
            table.rows.prefix { pageOf[$0.id] == page }.count
            == pageOf.values
            .count { $0 == page }
        let wanted = isWhole ? page - 1 : page
        return starts.indices.contains(wanted) ? wanted : nil
    }
}

extension Listing {
    typealias Render = (Item) -> TableRow<ID>

    /// Takes a page that was asked for at a place.
    mutating func take(
        _ page: Page<Item>,
        at place: ListPlace,
        now: Instant,
        render: Render
    ) {
        failure = nil
        switch place {
        case .refresh where isLoaded && !table.rows.isEmpty:
            refresh(page, now: now, render: render)
        case .first, .refresh: start(page, now: now, render: render)
        case .next: append(page, render: render)
        case .previous: prepend(page, render: render)
        }
        isLoaded = true
    }

    private mutating func start(_ page: Page<Item>, now: Instant, render: Render) {
        let old = Dictionary(table.rows.map { ($0.id, $0) }) { first, _ in first }
        items = [:]
        pageOf = [:]
        starts = [nil]
        let rows = keep(page, as: 0, render: render)
        if page.next == nil {
            let known = items
            marks.keep { known[$0] != nil }
        }
        table.replace(rows, hasAfter: page.next != nil)
        table.notice.arrived = 0
        if let awaited { table.select(awaited) }
        awaited = nil
        table.calm()
        for row in rows {
            if let before = old[row.id], before != row { table.pulse(row, since: before) }
        }
        pulse(until: now)
    }

    private mutating func refresh(_ page: Page<Item>, now: Instant, render: Render) {
        awaited = nil
        let rows = page.items.map(render)
        table.notice.arrived = fresh(rows)
        for id in gone(rows, hasMore: page.next != nil) { remove(id) }
        for (item, row) in zip(page.items, rows) where items[row.id] != nil {
            items[row.id] = item
            marks.update(item, row.id)
            table.update(row)
        }
        if page.next == nil {
            let known = Set(rows.map(\.id))
            marks.keep { known.contains($0) }
        }
        pulse(until: now)
    }

    /// How many rows are new.
    ///
    /// Behind the last known one there may only be what came after the window all along.
    private func fresh(_ rows: [TableRow<ID>]) -> Int {
        let last = rows.lastIndex { items[$0.id] != nil } ?? rows.endIndex
        return rows.enumerated().count { index, row in
            items[row.id] == nil && (index < last || !table.edges.hasAfter)
        }
    }

    /// The rows of the first page that are there no more.
    ///
    /// Behind the last one that still is they may only have been pushed onto the next page.
    private func gone(_ rows: [TableRow<ID>], hasMore: Bool) -> [ID] {
        let present = Set(rows.map(\.id))
        let first = table.rows.map(\.id).filter { pageOf[$0] == 0 }
        let last = first.lastIndex { present.contains($0) } ?? first.startIndex
        let certain = hasMore ? first[..<last] : first[...]
        return certain.filter { !present.contains($0) }
    }

    private mutating func append(_ page: Page<Item>, render: Render) {
        guard let last = table.rows.last, let number = pageOf[last.id] else { return }
        let rows = keep(page, as: number + 1, render: render)
        table.append(rows, hasAfter: page.next != nil)
        forgetUnseen()
    }

    private mutating func prepend(_ page: Page<Item>, render: Render) {
        guard let number = previousPage else { return table.stopLoading() }
        let rows = keep(page, as: number, render: render)
        table.prepend(rows, hasBefore: number > 0)
        forgetUnseen()
    }

    private mutating func keep(
        _ page: Page<Item>,
        as number: Int,
        render: Render
    ) -> [TableRow<ID>] {
        let rows = page.items.map(render)
        for (item, row) in zip(page.items, rows) {
            items[row.id] = item
            marks.update(item, row.id)
            if pageOf[row.id] == nil { pageOf[row.id] = number }
        }
        if let next = page.next, number + 1 == starts.count { starts.append(next) }
        return rows
    }

    /// Values whose rows fell out of the window must not pile up.
    private mutating func forgetUnseen() {
        let seen = Set(table.rows.map(\.id))
        items = items.filter { seen.contains($0.key) }
        pageOf = pageOf.filter { seen.contains($0.key) }
    }
}

extension Listing {
    /// Handles a key with so many rows on the screen.
    mutating func press(_ key: KeyEvent, visible: Int) -> ListStep {
        guard let move = Table<ID>.usualKeys[key] else { return .ignored }
        awaited = nil
        let hasNews = table.notice.arrived > 0
        let place: ListPlace? =
            switch table.move(move, visible: visible) {
            case .pageBefore: .previous
            case .pageAfter, .lastPage: .next
            case .firstPage: .first
            case .open, nil: move == .top && hasNews ? .first : nil
            }
        guard let place else { return .moved }
        guard request(place) != nil else {
            table.stopLoading()
            return .moved
        }
        return .wants(place)
    }

    /// Lets a pane wait for the selection to rest, which was another one before a key.
    mutating func holdPane(at before: ID?, now: Instant) {
        pane.hold(at: before, selected: table.selection, now: now)
    }

    /// Puts a changed value into the place of the old one; an unknown one changes nothing.
    mutating func replace(_ item: Item, now: Instant, render: Render) {
        let row = render(item)
        guard items[row.id] != nil else { return }
        items[row.id] = item
        marks.update(item, row.id)
        table.update(row)
        pulse(until: now)
    }

    /// Selects what was just made, as soon as it comes.
    mutating func expect(_ id: ID) { awaited = id }

    mutating func remove(_ id: ID) {
        items[id] = nil
        marks.keep { $0 != id }
        pageOf[id] = nil
        let edges = table.edges
        table.replace(
            table.rows.filter { $0.id != id },
            hasBefore: edges.hasBefore,
            hasAfter: edges.hasAfter
        )
    }

    /// Draws the same values again, because names behind ids became known.
    mutating func renderAgain(_ render: Render) {
        let notice = table.notice
        for item in ordered { table.update(render(item)) }
        table.notice = notice
    }

    /// Forgets everything: another question was asked.
    mutating func clear() {
        marks = Marks()
        restart()
    }

    /// Forgets the rows and keeps the marks: the same question is asked in another order.
    mutating func restart() {
        table.replace([])
        items = [:]
        pageOf = [:]
        starts = [nil]
        isLoaded = false
        failure = nil
        table.notice.arrived = 0
    }

    mutating func fail(_ error: DomainError) {
        table.stopLoading()
        failure = error
    }

    private mutating func pulse(until now: Instant) {
        if !pulses { table.calm() }
        pulseUntil = table.notice.pulsing.isEmpty ? nil : now.advanced(by: .seconds(1))
    }

    /// Ends the pulse and the pane's wait when their time is over.
    mutating func settle(_ now: Instant) {
        pane.settle(now)
        guard let end = pulseUntil, end <= now else { return }
        table.calm()
        pulseUntil = nil
    }
}
