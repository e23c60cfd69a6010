import Foundation
import Support
import Terminal
import Testing

extension DemoTests {
    /// The console of the built program, on a terminal, over the demonstration.
    @Suite struct ConsoleTests {
        private func shell() throws -> Shell {
            try #require(DemoPlatform.shell)
        }

        @Test func `an operator walks from the sign-in to the audit trail and leaves`()
            async throws
        {
            var shell = try shell()
            shell.environment["GHOSTWORKS_STATE_DIRECTORY"] = shell.folder + "/walk"
            let terminal = try shell.console()
            try await terminal.expect("Password")
            try terminal.type("\(DemoPlatform.email)\t\(DemoPlatform.password)\r")
            try await terminal.expect("artifacts   12,")
            #expect(terminal.screen.lines[0].contains("READ-ONLY"))
            try terminal.type("\r")
            try await terminal.expect("40 tenants")
            try terminal.type("/acme\r")
            try await terminal.expect("1 tenant ")
            try terminal.type("\r")
            try await terminal.expect("Enter Acme Charity")
            try terminal.type("a report to check\u{13}")
            try await terminal.expect("artifacts 3,600")
            #expect(terminal.screen.lines[0].contains("support ro"))
            try terminal.type("3")
            try await terminal.expect("Acme Charity ▸ Artifacts")
            try await terminal.expect("100 artifacts loaded")
            try terminal.type("\r")
            try await terminal.expect("version   ")
            try terminal.type("5")
            try await terminal.expect("support.opened")
            try terminal.type("V")
            try await terminal.expect("The chain holds")
            try terminal.type("\r")
            try await terminal.expect("a report to check")
            try terminal.type("q")
            #expect(try await terminal.exit() == .status(0))
            #expect(terminal.isRestored)
            #expect(!terminal.output.contains(DemoPlatform.password))
        }

        @Test func `a wrong password is said on the sign-in screen`() async throws {
            var shell = try shell()
            shell.environment["GHOSTWORKS_STATE_DIRECTORY"] = shell.folder + "/wrong"
            let terminal = try shell.console()
            try await terminal.expect("Password")
            try terminal.type("\(DemoPlatform.email)\twrong\r")
            try await terminal.expect("The mail address or the password is wrong.")
            try terminal.type("\u{03}")
            #expect(try await terminal.exit() == .status(0))
            #expect(terminal.isRestored)
        }

        @Test func `a killed server is named in the corner, and started again`()
            async throws
        {
            let shell = try shell()
            let terminal = try shell.console("--screen", "tenants")
            try await terminal.expect("40 tenants")
            let killed = try shell.killServer()
            try terminal.type("r")
            try await terminal.expect("○ reconnecting")
            #expect(terminal.screen.lines.contains { $0.contains("40 tenants") })
            #expect(terminal.screen.lines.contains { $0.contains("Hazel Bakery") })
            try await terminal.expect("● live")
            #expect(try shell.server() != killed)
            try terminal.type("i")
            try await terminal.expect("AI tokens  ")
            try terminal.type("\u{03}")
            #expect(try await terminal.exit() == .status(0))
        }

        @Test func `a command line opens a tenant behind its reason`() async throws {
            let terminal = try shell().console("--tenant", "acme-charity", "--screen", "members")
            try await terminal.expect("Enter Acme Charity")
            try terminal.type("to see the members\u{13}")
            try await terminal.expect("@people.example")
            try terminal.type("q")
            #expect(try await terminal.exit() == .status(0))
        }

        @Test(arguments: [
            ("ghostworks console </dev/null", "input"),
            ("ghostworks </dev/null", "input"),
            ("ghostworks console | cat", "output"),
        ])
        func `without a whole terminal the console is refused in one sentence`(
            command: String,
            stream: String
        ) async throws {
            let shell = try shell()
            let words = command.replacing("ghostworks", with: Shell.program)
            let terminal = try PseudoTerminal(
                "/bin/bash",
                arguments: ["-c", "set -o pipefail; \(words)"],
                environment: shell.variables
            )
            try await terminal.expect("An interactive terminal is needed")
            #expect(try await terminal.exit() == .status(2))
            #expect(terminal.screen.lines.contains { $0.contains(stream) })
            #expect(!terminal.output.contains(0x1B))
        }
    }
}

extension [UInt8] {
    fileprivate func contains(_ text: String) -> Bool {
        firstRange(of: Array(text.utf8)) != nil
    }
}
