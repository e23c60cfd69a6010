import Terminal

// DESIGN: which columns of a list are shown, and in which order.
//
// 1. The table keeps all its columns and every row all its cells: an arrangement only says what is
//    drawn, so searching, exporting and the width at which columns fold stay as they are.
// 2. It is kept by the names of columns, for a person and a kind of screen. A name that a newer
//    version does not know is passed over.

/// The columns of the shown list, to choose from.
struct ColumnChooser: Hashable, Sendable {
    struct Item: Hashable, Sendable {
        let id: String
        let title: SafeText
        var isShown: Bool
    }

    enum Step: Hashable, Sendable {
        case stay
        case leave
        /// Nil for all, as they come.
        case apply([String]?)
        /// The last shown column cannot be hidden.
        case refuse
    }

    private(set) var items: [Item]
    private(set) var index = 0
    /// The columns as they come.
    private let standard: [Item]

    init(_ columns: [TableColumn], shown: [Int]) {
        func item(_ index: Int, _ isShown: Bool) -> Item {
            let title = columns[index].title
            return Item(
                id: columns[index].id,
                title: title.isEmpty ? SafeText(columns[index].id) : title,
                isShown: isShown
            )
        }
        standard = columns.indices.map { item($0, true) }
        let hidden = columns.indices.filter { !shown.contains($0) }
        items = shown.map { item($0, true) } + hidden.map { item($0, false) }
    }

    /// What is chosen; nil for all of them as they come.
    var chosen: [String]? {
        items == standard ? nil : items.filter(\.isShown).map(\.id)
    }

    mutating func press(_ key: KeyEvent) -> Step {
        switch key {
        case KeyEvent(.up): index = max(0, index - 1)
        case KeyEvent(.down): index = min(items.count - 1, index + 1)
        case KeyEvent(.character(" ")): return toggle()
        case KeyEvent(.character("K")): move(by: -1)
        case KeyEvent(.character("J")): move(by: 1)
        case KeyEvent(.character("a")): items = standard
        case KeyEvent(.enter): return .apply(chosen)
        case KeyEvent(.escape): return .leave
        default: break
        }
        return .stay
    }

    private mutating func toggle() -> Step {
        if items[index].isShown, items.count(where: \.isShown) == 1 { return .refuse }
        items[index].isShown.toggle()
        return .stay
    }

    private mutating func move(by step: Int) {
        guard items.indices.contains(index + step) else { return }
        items.swapAt(index, index + step)
        index += step
    }

    func draw(
        into frame: inout Frame,
        in rect: Rect,
        styles: StyleSheet,
        _ names: KeyNames
    ) {
        let area = rect.centered(columns: min(rect.width, 60), rows: items.count + 5)
        frame.fill(area, style: styles[.text])
        let border = styles[.focusedBorder]
        frame.box(area, style: border, title: "Columns", titleStyle: styles[.title])
        let inside = area.inset(columns: 2)
        let room = max(1, inside.height - 3)
        let first = max(0, min(index - room / 2, items.count - room))
        for (line, item) in items.enumerated().dropFirst(first).prefix(room) {
            let isSelected = line == index
            let row = inside.row(line - first)
            let box: SafeText = item.isShown ? "[x] " : "[ ] "
            let style = styles[isSelected ? .selection : item.isShown ? .text : .muted]
            if isSelected {
                frame.fill(row, style: style)
                frame.cursor = Point(x: row.x, y: row.y)
            }
            frame.write(box + frame.say(item.title), in: row, style: style)
        }
        for (line, words) in keys(names).enumerated() {
            let row = inside.row(inside.height - 2 + line)
            frame.write(frame.say(words), in: row, style: styles[.keyHint])
        }
    }

    private func keys(_ names: KeyNames) -> [SafeText] {
        let (earlier, later) = (names[move: "columns-earlier"], names[move: "columns-later"])
        let (toggle, all) = (names[move: "columns-toggle"], names[move: "columns-all"])
        let (take, leave) = (names[move: "columns-take"], names[move: "columns-leave"])
        return [
            SafeText("\(toggle) shows or hides   \(earlier) \(later) move it"),
            SafeText("\(take) takes   \(all) all as they come   \(leave) leaves"),
        ]
    }
}
