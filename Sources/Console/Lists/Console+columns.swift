import Domain
import Terminal

extension Console {
    /// The list whose columns can be chosen.
    private var arrangedList: (any ListScreen)? { trail.current?.content as? any ListScreen }

    /// Why no columns can be chosen here; nil when they can.
    var columnsObstacle: String? {
        arrangedList == nil ? "This screen has no columns to choose." : nil
    }

    mutating func openColumns() -> [Effect] {
        guard let list = arrangedList else { return [] }
        overlay = .columns(list.columnChooser)
        return []
    }

    mutating func press(_ key: KeyEvent, in open: ColumnChooser) -> [Effect] {
        var chooser = open
        let step = chooser.press(key)
        overlay = .columns(chooser)
        switch step {
        case .stay: return []
        case .refuse:
            toast("One column has to be shown.", .hint)
            return []
        case .leave:
            overlay = nil
            return []
        case .apply(let columns):
            overlay = nil
            return arrange(columns)
        }
    }

    /// Shows these columns on all screens of the kind, and remembers them.
    mutating func arrange(_ columns: [String]?) -> [Effect] {
        guard let content = trail.current?.content else { return [] }
        let kind = content.kind
        trail.change { content in
            guard content.kind == kind, var list = content as? any ListScreen else {
                return
            }
            list.arrange(columns)
            content = list
        }
        var all = surroundings.memory.columns ?? [:]
        all[kind.rawValue] = columns
        surroundings.memory.columns = all.isEmpty ? nil : all
        return [.remember(surroundings.memory)]
    }

    /// A screen with the columns that were chosen for its kind.
    func arranged(_ content: any ConsoleScreen) -> any ConsoleScreen {
        guard let columns = surroundings.memory.columns?[content.kind.rawValue],
            var list = content as? any ListScreen
        else { return content }
        list.arrange(columns)
        return list
    }
}

extension ListScreen {
    var columnChooser: ColumnChooser {
        ColumnChooser(list.table.columns, shown: list.table.arranged)
    }

    mutating func arrange(_ columns: [String]?) { list.table.arrangement = columns }
}

extension Actions {
    /// Which columns lists show.
    static let columns: [Action] = [
        Action(
            id: "columns",
            keys: ["="],
            label: "columns",
            help: "Choose which columns the list shows, and in which order.",
            screens: ScreenKind.lists.union([.prices, .processes]),
            obstacle: { $0.columnsObstacle },
            run: { $0.openColumns() }
        )
    ]
}
