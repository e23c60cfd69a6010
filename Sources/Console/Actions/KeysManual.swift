package import Domain

/// The registry of actions in the form in which manuals are made of it.
package struct KeysManual: Sendable {
    package struct Chapter: Sendable {
        package let title: String
        package let entries: [Entry]
    }

    package struct Entry: Sendable {
        package let action: String
        package let keys: [String]
        package let help: String
        /// The permission that it needs, and whether the console must be allowed to write.
        package let needs: [String]
    }

    /// The actions that are everywhere, then those of each screen.
    package static var chapters: [Chapter] {
        let everywhere = Chapter(
            title: "Everywhere",
            entries: Actions.all.filter(\.screens.isEmpty).map(Entry.init)
        )
        let inside = Chapter(
            title: "Inside lists, forms and questions",
            entries: KeyMove.all.map(Entry.init)
        )
        return [everywhere, inside]
            + ScreenKind.allCases.compactMap { kind in
                let own = Actions.all.filter { $0.screens.contains(kind) }
                guard !own.isEmpty else { return nil }
                return Chapter(
                    title: "\(kind.heading) (\(kind.rawValue))",
                    entries: own.map(Entry.init)
                )
            }
    }

    /// Commands that take more than their name.
    package static var commands: [(text: String, help: String)] { Command.words }

    /// The built-in short names of command lines.
    package static var aliases: [(name: String, command: String)] {
        Command.aliases.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The lists that can be filtered.
    package static var filters: [(screen: String, schema: FilterSchema)] {
        ScreenKind.allCases.compactMap { kind in
            kind.filterSchema.map { (kind.heading, $0) }
        }
    }

    /// The names of screens that `keys.yaml` and `--screen` know.
    package static var screens: [String] { ScreenKind.allCases.map(\.rawValue) }
}

extension KeysManual.Entry {
    fileprivate init(_ move: KeyMove) {
        self.init(
            action: move.id,
            keys: move.keys,
            help: "\(move.help.dropLast()) (\(move.place.words)).",
            needs: []
        )
    }

    fileprivate init(_ action: Action) {
        self.init(
            action: action.id,
            keys: action.keys,
            help: action.help,
            needs: [action.permission.map { "\($0)" }, action.writes ? "read-write" : nil]
                .compactMap(\.self)
        )
    }
}
