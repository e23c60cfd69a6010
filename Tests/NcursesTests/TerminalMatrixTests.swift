import Support
import Terminal
import Testing

struct TerminalMatrixTests {
    @Test(arguments: [
        "xterm-256color", "xterm", "xterm-direct", "screen", "tmux-256color", "linux", "vt100",
        "vt220", "ansi", "rxvt", "xterm-mono", "dumb", "no-such-terminal", "",
    ])
    func `no terminal is refused`(term: String) async throws {
        let terminal = try Probe.start(["TERM": term])
        try await terminal.expect("event: none")
        #expect(terminal.screen.lines[0].contains("probe"))
        try terminal.type("j")
        try await terminal.expect("event: key j")
        try terminal.type("q")
        #expect(try await terminal.exit() == .status(0))
        #expect(terminal.isCooked)
    }

    @Test func `a locale without UTF-8 gets ASCII only`() async throws {
        let terminal = try Probe.start(["LC_ALL": "C"])
        try await terminal.expect("event: none")
        #expect(terminal.screen.lines[0] == " probe > list")
        #expect(terminal.output.allSatisfy { $0 < 0x80 })
    }

    @Test(arguments: ["", "en_NOWHERE.UTF-8"])
    func `a locale that says nothing or is missing means UTF-8`(locale: String) async throws {
        let terminal = try Probe.start(["LC_ALL": locale])
        try await terminal.expect("probe ▸ list")
    }

    @Test func `a tiny terminal is drawn`() async throws {
        let terminal = try Probe.start(columns: 20, rows: 5)
        try await terminal.expect("event: none")
        #expect(terminal.screen.lines[0] == " probe ▸ list")
        #expect(terminal.screen.unknown == [])
    }

    @Test func `without colours nothing is coloured`() async throws {
        let terminal = try Probe.start(["NO_COLOR": "1"])
        try await terminal.expect("event: none")
        let text = String(decoding: terminal.output, as: UTF8.self)
        #expect(!text.contains("\u{1B}[38"))
        #expect(!text.contains("\u{1B}[35"))
        #expect(text.contains("\u{1B}[7m") || text.contains(";7m"))
    }

    @Test func `a pipe is no terminal`() async throws {
        let shell = try PseudoTerminal(
            "/bin/sh",
            arguments: ["-c", "echo | \(Probe.path); echo status $?"],
            environment: ["TERM": "xterm"]
        )
        try await shell.expect("status 2")
        #expect(
            shell.screen.lines.contains {
                $0.contains("An interactive terminal is needed, and the standard input is not one.")
            }
        )
    }

    @Test(arguments: [
        ("\u{1B}[A", "up"), ("\u{1B}OB", "down"), ("\u{1B}[15~", "f5"), ("\u{10}", "ctrl-p"),
        ("\u{1B}x", "alt-x"), ("\u{1B}", "esc"), ("é", "é"), ("\u{1B}[Z", "shift-tab"),
    ])
    func `keys arrive as they were pressed`(bytes: String, name: String) async throws {
        let terminal = try Probe.start()
        try await terminal.expect("event: none")
        try terminal.type(bytes)
        try await terminal.expect("event: key \(name)")
    }

    @Test func `a paste is data`() async throws {
        let terminal = try Probe.start()
        try await terminal.expect("event: none")
        try terminal.paste("q\u{1B}[Aend")
        try await terminal.expect("event: paste q␛[Aend")
    }
}
