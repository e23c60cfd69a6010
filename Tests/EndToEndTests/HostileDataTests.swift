import Foundation
import Postgres
import Support
import Terminal
import Testing

/// Whatever stands in the database, no byte of it reaches the terminal raw, and no column moves.
@Suite(.serialized, StoryPlatform()) struct HostileDataTests {
    /// What a terminal would obey, what turns lines around, and what has no width or two of it.
    private static let text =
        "\u{1B}]0;OWNED\u{7}\u{1B}[7777;1Hmoved\u{1B}Pq#0\u{1B}\\\u{9B}7777m\u{90}\u{E}\u{8}\u{7F}"
        + "\u{202E}gpj.exe\u{2066}\u{200B}\u{2060}\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}"
        + "\u{200D}\u{1F466}\u{2764}\u{FE0F}e\u{301}\u{302}\u{303}日本\n\t\r"
    /// What no frame may hold.
    private static let sequences = ["\u{1B}]0;", "\u{1B}[7777", "\u{1B}P", "7777m\u{90}"]
    private static let scalars: Set<UInt32> = [
        0x07, 0x0E, 0x7F, 0x90, 0x9B, 0x202E, 0x2066, 0x200B, 0x2060,
    ]
    private static let commands = [
        "tenants", "users", "operators", "visits", "sessions", "overview", "attempts a@b.example",
    ]
    private static let parts = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"]

    /// Makes a row for each table that the demonstration leaves empty.
    private func furnish(_ platform: Shell) throws {
        var omar = platform
        omar.environment["GHOSTWORKS_STATE_DIRECTORY"] = platform.folder + "/people/omar"
        let commands = [
            ["api-key", "create", "CI", "--scope", "artifact.read"],
            ["role", "create", "Editor", "--rank", "40", "--may", "artifact.read"],
            ["tenant", "consent", "create", "--note", "to help"],
            ["privacy", "hold", "asked by letter"],
        ]
        for words in commands {
            let ending = try omar.run(words)
            try #require(ending.status == 0, "\(words): \(ending.errors)")
        }
        let look = ["member", "list", "--tenant", "acme-charity", "--reason", "to look"]
        try #require(try platform.run(look).status == 0)
    }

    /// Fills every field that the constraints leave free, and says which.
    private func fill(_ platform: Shell) async throws -> [String] {
        let script = try String(
            contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
                .appending(path: "Stories/hostile.sql"),
            encoding: .utf8
        )
        let url = try platform.run("database", "url").output
        let connection = try await PostgresConnection.connect(
            try ConnectionSettings(url: String(url.dropLast()))
        )
        _ = try await connection.query(
            "SELECT set_config('story.hostile', \(Self.text), false)"
        )
        try await connection.execute(script: script)
        let rows = try await connection.query("SELECT name FROM filled WHERE rows > 0")
        let names = try rows.map { try $0.decode(at: 0, as: String.self) }
        await connection.close()
        return names
    }

    @Test func `hostile data is drawn as visible tokens, and columns stay straight`()
        async throws
    {
        let platform = try #require(DemoPlatform.shell)
        try furnish(platform)
        let filled = try await fill(platform)
        #expect(filled.count >= 22, "\(filled)")
        let ada = try platform.window("--screen", "tenants")
        var shown = 0
        for command in Self.commands {
            try await ada.rest()
            try ada.type(":\(command)\r")
            shown += try await look(at: ada, command)
        }
        var owner = platform
        owner.environment["GHOSTWORKS_STATE_DIRECTORY"] = platform.folder + "/people/omar"
        let omar = try owner.window("--tenant", "acme-charity")
        for key in Self.parts {
            try await omar.rest()
            try omar.type(key)
            shown += try await look(at: omar, "part \(key)")
            try omar.press("enter")
            shown += try await look(at: omar, "detail of part \(key)")
        }
        #expect(shown >= 10)
    }

    /// Looks at what is drawn once the console rests; 1 when hostile text is there to be seen.
    private func look(at window: StoryWindow, _ what: String) async throws -> Int {
        try await window.rest()
        let terminal = window.terminal
        #expect(terminal.screen.unknown == [], "\(what)")
        // The question for the background's colour is the console's own, and ends in a bell.
        let sent = String(decoding: terminal.output, as: UTF8.self)
            .replacingOccurrences(of: "\u{1B}]11;?\u{7}", with: "")
        for sequence in Self.sequences { #expect(!sent.contains(sequence), "\(what)") }
        let raw = sent.unicodeScalars.filter { Self.scalars.contains($0.value) }
        #expect(raw.isEmpty, "\(what)")
        #expect(Self.crooked(terminal.screen.grid) == [], "\(what)")
        let lines = terminal.screen.lines
        for line in lines {
            #expect(line.reduce(0) { $0 + DisplayWidth.columns(of: $1) } <= 120, "\(what)")
        }
        return lines.contains { $0.contains("OWNED") || $0.contains("⟨U+202E⟩") } ? 1 : 0
    }

    /// The heads of a list whose columns have moved: neither the cell before a head nor the one
    /// behind it is empty in all rows.
    private static func crooked(_ grid: [[String]]) -> [String] {
        guard let top = grid.indices.dropFirst(2).prefix(4).first(where: { isHead(grid[$0]) })
        else {
            return []
        }
        // Below the list stand what it is a part of, a line, and the keys.
        let body = grid[(top + 1)..<(grid.count - 3)].prefix { row in
            row.prefix(60).contains { $0 != " " }
        }
        return heads(grid[top]).filter { head in
            let before = max(0, head.range.lowerBound - 1)
            let behind = min(grid[top].count - 1, head.range.upperBound)
            return !body.allSatisfy { $0[before] == " " || $0[before] == "▌" }
                && !body.allSatisfy { $0[behind] == " " }
        }.map(\.name)
    }

    private static func isHead(_ row: [String]) -> Bool {
        let heads = heads(row)
        return heads.count >= 3 && heads.allSatisfy { $0.name == $0.name.uppercased() }
    }

    /// The words of a row of heads, as far as a pane beside the list.
    private static func heads(_ row: [String]) -> [(name: String, range: Range<Int>)] {
        var heads: [(name: String, range: Range<Int>)] = []
        for (column, cell) in row.enumerated() {
            if cell == "│" { break }
            guard cell != " " else { continue }
            if let last = heads.last, column - last.range.upperBound < 2 {
                let gap = column == last.range.upperBound ? "" : " "
                heads[heads.count - 1] = (
                    last.name + gap + cell, last.range.lowerBound..<column + 1
                )
            } else {
                heads.append((cell, column..<column + 1))
            }
        }
        return heads
    }
}
