import Domain
import Terminal

/// What the line behind `:` knows: commands, their words, and what was run before.
struct Palette: Sendable {
    var commands: [Completion]
    var tenants: [Completion]
    var themes: [Completion]
    /// The orders of the list on the screen.
    var orders: [Completion] = []
    /// What was run before, the last first.
    var history: [String]
    /// Other names of command lines.
    var aliases: [String: String]

    /// What the line may become at its cursor.
    func proposals(for text: String, cursor: Int) -> Proposals {
        let line = Array(text)
        let start = line.firstIndex { !$0.isWhitespace } ?? line.count
        let end = line[start...].firstIndex(where: \.isWhitespace) ?? line.count
        guard cursor > end else {
            return Proposals(commands, for: String(line[start...]), in: start..<line.count)
        }
        let name = String(line[start..<end])
        let command = aliases[name].flatMap { $0.split(separator: " ").first.map(String.init) }
        return words(of: command ?? name, line, from: end, cursor: cursor)
    }

    private static let directions = SortDirection.allCases.map {
        Completion(text: $0.rawValue, help: $0.words)
    }

    private func words(
        of command: String,
        _ line: [Character],
        from end: Int,
        cursor: Int
    ) -> Proposals {
        let before = line[end..<cursor]
        let start = before.lastIndex(where: \.isWhitespace).map { $0 + 1 } ?? cursor
        let isFirst =
            before.allSatisfy(\.isWhitespace) || line[end..<start].allSatisfy(\.isWhitespace)
        let typed = String(line[start..<cursor])
        func list(_ candidates: [Completion]) -> Proposals {
            isFirst ? Proposals(candidates, for: typed, in: start..<cursor) : .none
        }
        switch command {
        case "theme": return list(themes)
        case "sort":
            let named = line[end..<start].split(whereSeparator: \.isWhitespace).count
            guard named == 1, !orders.isEmpty else { return list(orders) }
            return Proposals(Self.directions, for: typed, in: start..<cursor)
        case "tenant": return list(tenants)
        case "elevate":
            return list(["10m", "30m", "1h"].map { Completion(text: $0, help: "and a reason") })
        default: break
        }
        guard let kind = Command.kind(of: command) else { return .none }
        if isFirst, ScreenKind.ofTenant.contains(kind), !typed.contains(":"), !typed.hasPrefix("-")
        {
            let keys = kind.commandSchema?.keys ?? []
            return list(
                tenants + keys.map { Completion(text: "\($0.name):", help: $0.help) }
            )
        }
        return kind.commandSchema.map {
            Proposals(filter: line, from: end, cursor: cursor, $0)
        } ?? .none
    }
}
