import Support
import Terminal
import Testing

struct PresentationTests {
    private static func isFrame(_ bytes: [UInt8]) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        return text.hasPrefix("\u{1B}[?2026h") && text.hasSuffix("\u{1B}[?2026l")
            && text.components(of: "\u{1B}[?2026h") == 2
    }

    /// The bytes that a key brings, until its name is shown and the frame is whole.
    private func bytes(
        of key: String,
        named name: String,
        on terminal: PseudoTerminal
    ) async throws -> [UInt8] {
        try await terminal.wait(for: "a whole frame") { !$0.modes.contains(2_026) }
        let start = terminal.output.count
        try terminal.type(key)
        try await terminal.expect("event: key \(name)")
        try await terminal.wait(for: "a whole frame") { !$0.modes.contains(2_026) }
        return Array(terminal.output[start...])
    }

    @Test func `moving the cursor takes one small frame`() async throws {
        let terminal = try Probe.start(columns: 120, rows: 40)
        try await terminal.expect("event: none")
        _ = try await bytes(of: "j", named: "j", on: terminal)
        let bytes = try await bytes(of: "\u{1B}[B", named: "down", on: terminal)
        #expect(bytes.count <= 300)
        #expect(Self.isFrame(bytes))
    }

    @Test func `scrolling by one row takes a small frame`() async throws {
        let terminal = try Probe.start(columns: 120, rows: 40)
        try await terminal.expect("event: none")
        for _ in 0..<60 { try terminal.type("j") }
        try await terminal.expect("row 60 of the list")
        let bytes = try await bytes(of: "\u{1B}[B", named: "down", on: terminal)
        #expect(bytes.count <= 450)
        #expect(Self.isFrame(bytes))
        #expect(terminal.screen.lines.contains { $0.contains("row 61 of the list") })
    }

    @Test func `a full repaint fits in its budget`() async throws {
        let terminal = try Probe.start(columns: 120, rows: 40)
        try await terminal.expect("event: none")
        try await terminal.wait(for: "a whole frame") { !$0.modes.contains(2_026) }
        #expect(terminal.output.count <= 4_500)
    }

    @Test func `an idle terminal is silent`() async throws {
        let terminal = try Probe.start()
        try await terminal.expect("event: none")
        try await terminal.wait(for: "a whole frame") { !$0.modes.contains(2_026) }
        #expect(try await terminal.settle(quiet: 500) == [])
    }

    @Test func `hostile names stay in their cells`() async throws {
        let terminal = try Probe.start()
        try await terminal.expect("event: none")
        let lines = terminal.screen.lines
        #expect(lines[2].contains("␛]0;owned␇"))
        #expect(lines[3].contains("a⟨U+202E⟩b"))
        #expect(lines[9].contains("tab␉new␊line␍return"))
        #expect(lines[10].contains("⟨U+009B⟩31m"))
        for (index, line) in lines[2...12].enumerated() { #expect(line.hasSuffix(" \(index)")) }
        let sent = String(decoding: terminal.output, as: UTF8.self).unicodeScalars
        #expect(!sent.contains { (0x202A...0x202E).contains($0.value) || $0.value == 0x9B })
        #expect(!sent.contains("\u{7}"))
    }

    @Test func `columns stay straight beside wide characters`() async throws {
        let terminal = try Probe.start()
        try await terminal.expect("event: none")
        let ends = terminal.screen.lines[2...12].map { line in
            line.reduce(0) { $0 + DisplayWidth.columns(of: $1) }
        }
        #expect(Set(ends.dropLast()).count == 1)
    }
}

extension String {
    /// The number of parts between occurrences of a separator.
    fileprivate func components(of separator: String) -> Int {
        split(separator: separator, omittingEmptySubsequences: false).count
    }
}
