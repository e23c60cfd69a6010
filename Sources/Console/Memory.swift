package import FoundationEssentials

/// What the console remembers of one operator between two starts.
package struct Memory: Hashable, Sendable, Codable {
    package var theme: String?
    /// The screen to open, by the name that the command line knows.
    package var screen: String?
    /// The slug of the tenant that was entered last.
    package var tenant: String?
    /// The order of each list, by screen.
    package var orders: [String: String]
    /// The filter of each list, by screen.
    package var filters: [String: String]
    /// Filters with a name, by screen; nil in what older versions wrote.
    package var saved: [String: [String: String]]?
    /// The columns of each list that are shown, in their order, by screen; nil in what older
    /// versions wrote.
    package var columns: [String: [String]]?
    /// The command lines that were run, the last first, without reasons and secrets.
    package var commands: [String]?
    /// Whose memory this is; nil before the first sign-in.
    package var person: String?
    /// What others at the same console remember.
    package var others: [String: Shelf]?

    /// What belongs to one operator.
    package struct Shelf: Hashable, Sendable, Codable {
        package var theme: String?
        package var screen: String?
        package var tenant: String?
        package var orders: [String: String]
        package var filters: [String: String]
        package var commands: [String]?
        package var saved: [String: [String: String]]?
        package var columns: [String: [String]]?
    }

    /// The most command lines kept.
    package static let mostCommands = 200

    package init() {
        orders = [:]
        filters = [:]
    }

    /// Reads what `encoded` wrote; nil for anything else, so that a broken file costs nothing.
    package init?(decoding data: Data) {
        guard let memory = try? JSONDecoder().decode(Memory.self, from: data) else { return nil }
        self = memory
    }

    /// The memory as JSON; nil never happens to these fields.
    package var encoded: Data? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return try? encoder.encode(self)
    }
}

extension String {
    /// The words in which no mail address stands: those are of people who never asked to be kept.
    var withoutAddresses: String {
        guard contains("@") else { return self }
        var words = [""]
        var isQuoted = false
        for character in self {
            if character == "\"" { isQuoted.toggle() }
            if character.isWhitespace, !isQuoted {
                words.append("")
            } else {
                words[words.count - 1].append(character)
            }
        }
        return words.filter { !$0.isEmpty && !$0.contains("@") }.joined(separator: " ")
    }
}

extension Memory {
    /// Keeps a command line as the last one; what was run before moves up.
    package mutating func keep(command: String) {
        var lines = commands ?? []
        lines.removeAll { $0 == command }
        lines.insert(command, at: 0)
        commands = Array(lines.prefix(Self.mostCommands))
    }

    /// Gives the place to somebody: what others remember is put away, and theirs is taken out.
    package mutating func belong(to wanted: String) {
        defer { person = wanted }
        guard let person, person != wanted else { return }
        var shelves = others ?? [:]
        shelves[person] = own
        own =
            shelves.removeValue(forKey: wanted)
            ?? Shelf(theme: theme, orders: [:], filters: [:])
        others = shelves
    }

    /// The tenants that were entered last, by all who use this console.
    package var tenants: [String] {
        Set([tenant].compactMap(\.self) + (others ?? [:]).values.compactMap(\.tenant)).sorted()
    }

    /// What the person at the console remembers.
    var own: Shelf {
        get {
            Shelf(
                theme: theme,
                screen: screen,
                tenant: tenant,
                orders: orders,
                filters: filters,
                commands: commands,
                saved: saved,
                columns: columns
            )
        }
        set {
            theme = newValue.theme
            screen = newValue.screen
            tenant = newValue.tenant
            orders = newValue.orders
            filters = newValue.filters
            commands = newValue.commands
            saved = newValue.saved
            columns = newValue.columns
        }
    }
}
