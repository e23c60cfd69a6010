import Foundation
import Testing

/// The table of commands in docs/operating.md.
@Suite(WaitsForPrograms()) struct CommandTableTests {
    /// The commands that the program has, each with the words before it.
    private static func commands() throws -> [String] {
        let shell = try Shell()
        defer { shell.remove() }
        let ending = try shell.run("--experimental-dump-help")
        try #require(ending.status == 0, "\(ending.errors)")
        let help = try JSONSerialization.jsonObject(with: Data(ending.output.utf8))
        let root = try #require((help as? [String: Any])?["command"] as? [String: Any])
        return leaves(root, below: [])
    }

    private static func leaves(_ node: [String: Any], below words: [String]) -> [String] {
        let inner = (node["subcommands"] as? [[String: Any]] ?? []).filter {
            $0["shouldDisplay"] as? Bool ?? true && $0["commandName"] as? String != "help"
        }
        guard !inner.isEmpty else { return [words.joined(separator: " ")] }
        return inner.flatMap {
            leaves($0, below: words + [$0["commandName"] as? String ?? "?"])
        }
    }

    /// The commands of the table: a word alone stands behind the words of the command before it.
    private static func documented() throws -> Set<String> {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../docs/operating.md").standardized
        let text = try String(contentsOf: file, encoding: .utf8)
        let section = try #require(
            text.components(separatedBy: "\n## Commands\n").dropFirst().first
        )
        let rows = section.components(separatedBy: "\n## ")[0].split(separator: "\n")
            .filter { $0.hasPrefix("| `") }
        var names: Set<String> = []
        for row in rows {
            var before: [Substring] = []
            for name in row.split(separator: "|")[0].matches(of: #/`([^`]+)`/#).map(\.output.1) {
                let words = name.split(separator: " ")
                names.insert(String(name))
                names.insert((before + words).joined(separator: " "))
                if words.count > 1 { before = Array(words.dropLast()) }
            }
        }
        return names
    }

    @Test func `names every command that there is`() throws {
        let commands = try Self.commands()
        #expect(commands.count > 100)
        let documented = try Self.documented()
        #expect(commands.filter { !documented.contains($0) } == [])
    }
}
