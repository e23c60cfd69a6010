import Glibc
import Support
import Terminal
import Testing

struct SessionTests {
    @Test func `the first frame fills the alternate screen`() async throws {
        let terminal = try Probe.start()
        try await terminal.expect("event: none")
        #expect(terminal.screen.lines[0] == " probe ▸ list")
        #expect(terminal.screen.lines.contains { $0.contains("row 15 of the list") })
        #expect(terminal.screen.modes.isSuperset(of: [1_049, 2_004]))
        #expect(!terminal.screen.modes.contains(25))
        #expect(terminal.screen.unknown == [])
        #expect(!terminal.isCooked)
    }

    @Test func `quitting restores the terminal`() async throws {
        let terminal = try Probe.start()
        try await terminal.expect("event: none")
        try terminal.type("q")
        #expect(try await terminal.exit() == .status(0))
        expectRestored(terminal)
    }

    @Test func `right-to-left text is in explicit order until the terminal is given back`()
        async throws
    {
        let terminal = try Probe.start()
        try await terminal.expect("event: none")
        try terminal.type("q")
        #expect(try await terminal.exit() == .status(0))
        let sent = terminal.output
        let enter = try #require(sent.firstRange(of: Array("\u{1B}[8l".utf8)))
        let leave = try #require(sent.firstRange(of: Array("\u{1B}[8h".utf8)))
        #expect(enter.upperBound < leave.lowerBound)
        #expect(sent[leave.upperBound...].firstRange(of: Array("row".utf8)) == nil)
    }

    @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
    func `a signal to end restores the terminal`(signal: Int32) async throws {
        let terminal = try Probe.start()
        try await terminal.expect("event: none")
        terminal.signal(signal)
        #expect(try await terminal.exit() == .status(0))
        expectRestored(terminal)
    }

    @Test(arguments: ["c", "t"])
    func `a crash restores the terminal and stays a crash`(key: String) async throws {
        let terminal = try Probe.start()
        try await terminal.expect("event: none")
        try terminal.type(key)
        let exit = try await terminal.exit()
        guard case .signal = exit else {
            Issue.record("ended with \(exit)")
            return
        }
        expectRestored(terminal)
    }

    @Test func `a dropped connection ends the program`() async throws {
        let terminal = try Probe.start()
        try await terminal.expect("event: none")
        terminal.hangUp()
        #expect(try await terminal.exit() == .status(0))
    }

    @Test func `another program gets the terminal and gives it back`() async throws {
        let terminal = try Probe.start()
        try await terminal.expect("event: none")
        try terminal.type("e")
        try await terminal.expect("editor has the terminal")
        #expect(terminal.isCooked)
        #expect(!terminal.screen.modes.contains(1_049))
        try terminal.type("\n")
        try await terminal.expect("event: key e")
        #expect(terminal.screen.lines[0] == " probe ▸ list")
        #expect(!terminal.isCooked)
    }

    @Test func `stopping and going on paints everything again`() async throws {
        let terminal = try Probe.start()
        try await terminal.expect("event: none")
        terminal.signal(SIGSTOP)
        terminal.signal(SIGCONT)
        try await terminal.expect("event: resumed")
        #expect(terminal.screen.lines[0] == " probe ▸ list")
    }

    @Test func `ctrl-z without a shell to go to goes on at once`() async throws {
        let terminal = try Probe.start()
        try await terminal.expect("event: none")
        try terminal.type("\u{1A}")
        try await terminal.expect("event: resumed")
        #expect(terminal.screen.modes.contains(1_049))
        #expect(!terminal.isCooked)
    }

    @Test func `ctrl-z goes to the shell and fg comes back`() async throws {
        let shell = try PseudoTerminal(
            "/bin/bash",
            arguments: ["--norc", "-i"],
            environment: ["TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PS1": "shell \\#> "]
        )
        try await shell.expect("shell 1>")
        try shell.type("\(Probe.path)\r")
        try await shell.expect("event: none")
        try shell.type("\u{1A}")
        // A key that is pressed before the shell has its terminal back may be the program's.
        try await shell.expect("shell 2>")
        try shell.type("stty -a | grep -o ' icanon' | tr a-z A-Z\r")
        try await shell.expect(" ICANON")
        try await shell.expect("shell 3>")
        try shell.type("fg\r")
        try await shell.expect("event: resumed")
        #expect(shell.screen.lines[0] == " probe ▸ list")
        try shell.type("q")
        try await shell.expect("shell 4>")
        #expect(!shell.screen.modes.contains(1_049))
    }

    @Test func `a storm of sizes ends with the last one`() async throws {
        let terminal = try Probe.start()
        try await terminal.expect("event: none")
        for columns in 20...120 { terminal.resize(Size(columns: columns, rows: 30)) }
        try await terminal.expect("event: resize 120x30")
        #expect(terminal.screen.lines[29].hasPrefix("event: resize"))
        #expect(terminal.screen.lines[0] == " probe ▸ list")
    }

    private func expectRestored(_ terminal: PseudoTerminal) {
        #expect(terminal.isCooked)
        #expect(terminal.screen.modes.isDisjoint(with: [1_049, 2_004, 2_026, 1]))
        #expect(terminal.screen.modes.contains(25))
    }
}
