import Foundation
import Support
import Terminal
import Testing

extension DemoTests {
    /// F28: whatever ends or shakes the console, the terminal is given back and nothing is left.
    @Suite struct ConsoleEndingTests {
        private func open(_ variables: [String: String] = [:]) async throws -> PseudoTerminal {
            let shell = try #require(DemoPlatform.shell)
            let terminal = try shell.console("--screen", "tenants", variables: variables)
            try await terminal.expect("40 tenants")
            return terminal
        }

        @Test(arguments: [SIGHUP, SIGTERM])
        func `a signal ends the console and restores the terminal`(signal: Int32) async throws {
            let terminal = try await open()
            terminal.signal(signal)
            #expect(try await terminal.exit() == .status(0))
            #expect(terminal.isRestored)
            #expect(try await terminal.left() == [])
        }

        @Test func `a dropped connection ends the console`() async throws {
            let terminal = try await open()
            terminal.hangUp()
            #expect(try await terminal.exit() == .status(0))
            #expect(try await terminal.left() == [])
        }

        @Test(arguments: [SIGHUP, SIGTERM])
        func `an editor does not outlive the console`(signal: Int32) async throws {
            let shell = try #require(DemoPlatform.shell)
            // Read, not executed: another test that forks now may still hold it open for writing.
            let script = try shell.file("editor-\(signal)", "echo write here\nexec sleep 600\n")
            let terminal = try shell.console(
                "--tenant",
                "acme-charity",
                "--screen",
                "artifacts",
                "--write",
                variables: ["EDITOR": "/bin/sh \(script)", "VISUAL": ""]
            )
            try await terminal.expect("Enter Acme Charity")
            try terminal.type("to write\t\t\u{1B}[C\u{13}")
            try await terminal.expect("support rw")
            try await terminal.expect("artifacts loaded")
            try terminal.type("n")
            // Not in the console's own words, which may be drawn before.
            try await terminal.expect("write here")
            terminal.signal(signal)
            #expect(try await terminal.exit() == .status(0))
            #expect(terminal.isRestored)
            #expect(try await terminal.left() == [])
        }

        @Test func `ctrl-z gives the shell its terminal, and fg brings the screen back`()
            async throws
        {
            let shell = try #require(DemoPlatform.shell)
            let terminal = try PseudoTerminal(
                "/bin/bash",
                arguments: ["--norc", "-i"],
                environment: shell.variables.merging(
                    ["TERM": "xterm-256color", "PS1": "shell \\#> "]
                ) { $1 },
                size: Size(columns: 120, rows: 40)
            )
            try await terminal.expect("shell 1>")
            try terminal.type("\(Shell.program) console --screen tenants\r")
            try await terminal.expect("40 tenants")
            try terminal.type("\u{1A}")
            // A key that is pressed before the shell has its terminal back may be the console's.
            try await terminal.expect("shell 2>")
            try terminal.type("stty -a | grep -o ' icanon' | tr a-z A-Z\r")
            try await terminal.expect(" ICANON")
            try await terminal.expect("shell 3>")
            try terminal.type("fg\r")
            try await terminal.expect("40 tenants")
            try terminal.type("q")
            try await terminal.expect("shell 4>")
            try terminal.type("exit\r")
            #expect(try await terminal.exit() == .status(0))
            #expect(try await terminal.left() == [])
        }

        @Test func `ctrl-z in the editor goes to the shell, and fg to the editor and back`()
            async throws
        {
            let shell = try #require(DemoPlatform.shell)
            let script = try shell.file(
                "editor-stopped",
                "echo write here; read answer; echo \"was $answer\" >>\"$1\"\n"
            )
            let terminal = try PseudoTerminal(
                "/bin/bash",
                arguments: ["--norc", "-i"],
                environment: shell.variables.merging(
                    [
                        "TERM": "xterm-256color", "PS1": "shell \\#> ", "VISUAL": "",
                        "EDITOR": "/bin/sh \(script)",
                    ]
                ) { $1 },
                size: Size(columns: 120, rows: 40)
            )
            try await terminal.expect("shell 1>")
            let words = "console --tenant acme-charity --screen artifacts --write"
            try terminal.type("\(Shell.program) \(words)\r")
            try await terminal.expect("Enter Acme Charity")
            try terminal.type("to write\t\t\u{1B}[C\u{13}")
            try await terminal.expect("support rw")
            try await terminal.expect("artifacts loaded")
            try terminal.type("e")
            try await terminal.expect("write here")
            try terminal.type("\u{1A}")
            try await terminal.expect("shell 2>")
            // On an empty screen: only `fg` says the command again. What is typed before the shell
            // has handed the terminal on is the shell's, and its line never ends for the editor.
            try terminal.type("printf '\\033[2J\\033[Hin the %dnd shell\\n' 2\r")
            try await terminal.expect("in the 2nd shell")
            try await terminal.expect("shell 3>")
            try terminal.type("fg\r")
            try await terminal.expect("\(Shell.program) console")
            try terminal.type("gone on\r")
            try await terminal.expect("Changes: description.")
            try terminal.type("\u{1B}[27uyq")
            try await terminal.expect("shell 4>")
            try terminal.type("exit\r")
            #expect(try await terminal.exit() == .status(0))
            #expect(try await terminal.left() == [])
        }

        @Test func `a storm of sizes ends with the last one`() async throws {
            let terminal = try await open()
            for _ in 1...5 {
                for columns in 20...119 { terminal.resize(Size(columns: columns, rows: 9)) }
            }
            terminal.resize(Size(columns: 100, rows: 30))
            try await terminal.wait(for: "the footer in the last line") {
                $0.lines[29].contains("open  / filter") && $0.lines[27].contains("40 tenants")
            }
            #expect(terminal.screen.unknown == [])
            terminal.signal(SIGTERM)
            #expect(try await terminal.exit() == .status(0))
            #expect(terminal.isRestored)
        }

        @Test func `without UTF-8 nothing but ASCII is sent`() async throws {
            let terminal = try await open(["LANG": "C", "LC_ALL": "C"])
            try terminal.type("q")
            #expect(try await terminal.exit() == .status(0))
            #expect(terminal.output.allSatisfy { $0 < 0x80 })
        }
    }
}
