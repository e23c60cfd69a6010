import Foundation
import Support
import Terminal
import Testing

extension StoryTests {
    /// Every kind of terminal gets the sign-in, or one sentence why not, and is given back.
    @Suite struct TerminalMatrixTests {
        private static let kinds = [
            "xterm-256color", "xterm", "tmux-256color", "screen", "vt100", "linux", "dumb",
            "xterm-ghostty", "xterm-direct",
        ]
        private static let sizes = [
            Size(columns: 80, rows: 24), Size(columns: 200, rows: 60), Size(columns: 20, rows: 5),
        ]

        /// A shell of the platform where nobody is signed in.
        private static func strangers() throws -> Shell {
            var shell = try #require(DemoPlatform.shell)
            shell.environment["GHOSTWORKS_STATE_DIRECTORY"] =
                shell.folder + "/states/\(UUID().uuidString)"
            return shell
        }

        @Test(arguments: kinds, ["C.UTF-8", "C"])
        func `a terminal shows the sign-in and is given back as it was`(
            kind: String,
            locale: String
        ) async throws {
            let shell = try Self.strangers()
            for size in Self.sizes {
                let terminal = try shell.console(
                    variables: ["TERM": kind, "LANG": locale, "LC_ALL": locale],
                    size: size
                )
                let before = terminal.settings
                try await terminal.wait(for: "the sign-in") { screen in
                    screen.isWhole && screen.lines.contains { $0.contains("Mail") }
                }
                #expect(terminal.settings != before)
                try terminal.press("ctrl-c")
                let place = "\(kind), \(locale), \(size.columns)x\(size.rows)"
                #expect(try await terminal.exit() == .status(0), "\(place)")
                #expect(terminal.settings == before, "\(place)")
                #expect(terminal.isRestored, "\(place): \(terminal.screen.modes)")
                #expect(terminal.screen.unknown == [], "\(place)")
                if locale == "C" { #expect(terminal.output.allSatisfy { $0 < 0x80 }, "\(place)") }
            }
        }

        private static let tmux = "/usr/bin/tmux"

        @Test(
            .enabled(if: FileManager.default.isExecutableFile(atPath: tmux), "tmux is missing"),
            arguments: ["screen", "tmux-256color"]
        )
        func `under tmux the sign-in is shown, and tmux gets its terminal back`(
            kind: String
        ) async throws {
            let shell = try Self.strangers()
            let socket = shell.folder + "/tmux-\(UUID().uuidString.prefix(8))"
            let lines = ["set -g default-terminal \(kind)", "set -g status off", ""]
            let settings = try shell.file("\(kind).conf", lines.joined(separator: "\n"))
            let command = "\(Shell.program) console; echo ended with $?; stty -a; read line"
            let terminal = try PseudoTerminal(
                Self.tmux,
                arguments: ["-S", socket, "-f", settings, "-u", "new-session", command],
                environment: shell.variables.merging(["TERM": "xterm-256color"]) { $1 },
                size: Size(columns: 120, rows: 40)
            )
            try await terminal.expect("Password")
            try terminal.press("ctrl-c")
            try await terminal.expect("ended with 0")
            try await terminal.expect(" icanon ")
            #expect(!terminal.screen.lines.contains { $0.contains("Password") })
            try terminal.press("enter")
            #expect(try await terminal.exit() == .status(0))
        }
    }
}
