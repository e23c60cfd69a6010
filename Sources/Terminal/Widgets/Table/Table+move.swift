/// A move of the selection.
public enum TableMove: Sendable, Hashable, CaseIterable {
    /// One row up.
    case up
    /// One row down.
    case down
    /// As many rows up as are visible.
    case pageUp
    /// As many rows down as are visible.
    case pageDown
    /// Half as many rows up as are visible.
    case halfPageUp
    /// Half as many rows down as are visible.
    case halfPageDown
    /// To the first row of the list.
    case top
    /// To the last row of the list.
    case bottom
}

extension Table {
    /// Moves the selection, with `visible` rows on the screen, and says what has to be fetched.
    public mutating func move(_ move: TableMove, visible: Int) -> TableRequest<ID>? {
        let page = max(1, visible - 1)
        let last = rows.count - 1
        let current = selectedIndex ?? 0
        let target: Int =
            switch move {
            case .up: current - 1
            case .down: current + 1
            case .pageUp: current - page
            case .pageDown: current + page
            case .halfPageUp: current - max(1, visible / 2)
            case .halfPageDown: current + max(1, visible / 2)
            case .top: 0
            case .bottom: last
            }
        if move == .top { notice.arrived = 0 }
        guard !rows.isEmpty else { return nil }
        top = firstVisible(height: visible)
        selection = rows[min(max(target, 0), last)].id
        top = firstVisible(height: visible)
        return request(after: move, target: target, visible: visible)
    }

    private mutating func request(
        after move: TableMove,
        target: Int,
        visible: Int
    ) -> TableRequest<ID>? {
        guard !edges.isLoading, let first = rows.first, let last = rows.last else { return nil }
        let request: TableRequest<ID>?
        switch move {
        case .top: request = edges.hasBefore ? .firstPage : nil
        case .bottom: request = edges.hasAfter ? .lastPage : nil
        case .up, .pageUp, .halfPageUp:
            request = edges.hasBefore && target < visible ? .pageBefore(first.id) : nil
        case .down, .pageDown, .halfPageDown:
            request = edges.hasAfter && target > rows.count - visible ? .pageAfter(last.id) : nil
        }
        edges.isLoading = request != nil
        return request
    }

    /// The index of the row that stands first in so many rows.
    func firstVisible(height: Int) -> Int {
        guard height > 0 else { return 0 }
        let selected = selectedIndex ?? 0
        let latest = max(0, rows.count - height)
        return min(max(min(top, selected), selected - height + 1, 0), latest)
    }

    /// The index of the row that stands at a line of so many.
    public func index(at line: Int, height: Int) -> Int? {
        let index = firstVisible(height: height) + line
        return line >= 0 && line < height && rows.indices.contains(index) ? index : nil
    }

    /// Handles the usual keys of a list; nil also when the key means nothing to it.
    public mutating func handle(_ event: KeyEvent, visible: Int) -> TableRequest<ID>? {
        if event == KeyEvent(.enter) { return selection.map { .open($0) } }
        return Self.usualKeys[event].flatMap { move($0, visible: visible) }
    }

    /// The moves of the keys that every list understands.
    public static var usualKeys: [KeyEvent: TableMove] {
        [
            KeyEvent(.up): .up, KeyEvent(.down): .down, KeyEvent(.pageUp): .pageUp,
            KeyEvent(.pageDown): .pageDown, KeyEvent(.home): .top, KeyEvent(.end): .bottom,
            KeyEvent(.character("k")): .up, KeyEvent(.character("j")): .down,
            KeyEvent(.character("g")): .top, KeyEvent(.character("G")): .bottom,
            KeyEvent(.character("b"), .control): .pageUp,
            KeyEvent(.character("f"), .control): .pageDown,
            KeyEvent(.character("u"), .control): .halfPageUp,
            KeyEvent(.character("d"), .control): .halfPageDown,
        ]
    }
}
