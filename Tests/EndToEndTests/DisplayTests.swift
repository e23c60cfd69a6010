import Foundation
import Support
import Terminal
import Testing

extension DemoTests {
    /// The terminal's side of the console, in the built program.
    @Suite struct DisplayTests {
        private func shell(_ state: String) throws -> Shell {
            var shell = try #require(DemoPlatform.shell)
            shell.environment["GHOSTWORKS_STATE_DIRECTORY"] = shell.folder + "/" + state
            shell.environment["XDG_CONFIG_HOME"] = shell.folder + "/\(state)-config"
            return shell
        }

        private func signIn(_ terminal: PseudoTerminal) async throws {
            try await terminal.expect("Password")
            try terminal.type("\(DemoPlatform.email)\t\(DemoPlatform.password)\r")
            try await terminal.expect("artifacts   12,")
        }

        @Test(arguments: ["dumb", "vt100"])
        func `a screen reader walks from the sign-in to an action and its plan`(
            term: String
        ) async throws {
            let shell = try shell("linear-\(term)")
            let terminal = try shell.console(
                "--linear",
                variables: ["TERM": term],
                size: Size(columns: 100, rows: 200)
            )
            try await terminal.expect("Mail:")
            try terminal.type("\(DemoPlatform.email)\r")
            try await terminal.expect("Password:")
            try terminal.type("\(DemoPlatform.password)\r")
            try await terminal.expect("What next")
            try terminal.type("tenants\r")
            try await terminal.expect("Selected 1: name ")
            try terminal.type("/acme\r")
            try await terminal.expect("1. Acme Charity, ")
            try terminal.type("elevate 10m to show a plan\r")
            try await terminal.expect("READ-WRITE")
            try terminal.type("suspend\r")
            try await terminal.expect("Question: Suspend Acme Charity.")
            try await terminal.expect("Type acme-charity:")
            try terminal.type("cancel\r")
            try await terminal.expect("What next")
            try terminal.type("open\r")
            try await terminal.expect("Form: ")
            try terminal.type("cancel\r")
            try terminal.type("quit\r")
            #expect(try await terminal.exit() == .status(0))
            #expect(terminal.isCooked)
            #expect(!terminal.output.contains(0x1B))
            #expect(terminal.output.firstRange(of: Array(DemoPlatform.password.utf8)) == nil)
        }

        @Test func `lines may come from a pipe`() throws {
            let shell = try shell("piped")
            let lines = [DemoPlatform.email, DemoPlatform.password, "tenants", "2", "quit"]
            let ending = try shell.run(
                "console",
                "--linear",
                input: lines.joined(separator: "\n") + "\n"
            )
            #expect(ending.status == 0, "\(ending.errors)")
            #expect(ending.output.contains("Selected 2: name "))
        }

        @Test func `what is piped in is answered in Arabic where the setting says so`() throws {
            var shell = try shell("piped-arabic")
            shell.environment["GHOSTWORKS_CONSOLE_LANGUAGE"] = "ar"
            shell.environment["LC_ALL"] = "C.UTF-8"
            let lines = [DemoPlatform.email, DemoPlatform.password, "tenants", "2", "77", "quit"]
            let ending = try shell.run(
                "console",
                "--linear",
                input: lines.joined(separator: "\n") + "\n"
            )
            #expect(ending.status == 0, "\(ending.errors)")
            #expect(ending.output.contains("Ghostworks، تسجيل الدخول."))
            #expect(ending.output.contains("المحدد 2: الاسم "))
            #expect(ending.output.contains("لا صف برقم 77."))
        }

        @Test func `a recording holds no password, is announced, noted, and plays`() async throws {
            let shell = try shell("recorded")
            let path = shell.folder + "/walk.cast"
            let terminal = try shell.console("--record", path, size: Size(columns: 100, rows: 30))
            try await signIn(terminal)
            #expect(terminal.screen.lines[0].contains("● REC"))
            try terminal.type("T")
            try await terminal.expect("newest first")
            try terminal.type("q")
            #expect(try await terminal.exit() == .status(0))
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(!text.contains(DemoPlatform.password) && !text.contains("••"))
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            let again = try shell.console("--record", path)
            #expect(try await again.exit() == .status(2))
            #expect(String(decoding: again.output, as: UTF8.self).contains("is never overwritten"))
            let trail = try shell.run("audit", "list", "--platform", "--format", "json")
            #expect(trail.output.contains("console.recording_started"), "\(trail.errors)")
            #expect(trail.output.contains("console.recording_ended"))
            let player = try PseudoTerminal(
                Shell.program,
                arguments: ["replay", path, "--speed", "100", "--idle-limit", "0.1"],
                environment: shell.variables,
                size: Size(columns: 100, rows: 30)
            )
            #expect(try await player.exit() == .status(0))
            #expect(String(decoding: player.output, as: UTF8.self).contains("newest first"))
            #expect(player.isRestored)
        }

        @Test func `a file that is no recording is one sentence with its line`() throws {
            let shell = try shell("replay")
            let path = try shell.file("bad.cast", "{\"version\":2,\"width\":9,\"height\":9}\n[1]\n")
            let ending = try shell.run("replay", path)
            #expect(ending.status == 2)
            #expect(ending.errors.contains("is no recording: line 2 is no event"))
            #expect(try shell.run("replay", path + "x").status == 2)
            #expect(try shell.run("replay", path, "--speed", "0").status == 2)
        }

        @Test func `a theme of one's own is worn, changes with its file, and breaks without harm`()
            async throws
        {
            let shell = try shell("themes")
            let folder = shell.folder + "/themes-config/ghostworks/themes"
            let terminal = try shell.console()
            try await terminal.expect("Password")
            try terminal.type("\(DemoPlatform.email)\t\(DemoPlatform.password)\r")
            try await terminal.expect("artifacts   12,")
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true
            )
            let roles = "name: own\npalette: {}\nroles:\n  titel: {}\n"
            try Data(roles.utf8).write(to: URL(fileURLWithPath: folder + "/own.yaml"))
            try await terminal.expect("own.yaml:4: unknown role 'titel'")
            try FileManager.default.removeItem(atPath: folder + "/own.yaml")
            try await terminal.wait(for: "the end of the complaint") { screen in
                !screen.lines.contains { $0.contains("own.yaml") }
            }
            try terminal.type("q")
            #expect(try await terminal.exit() == .status(0))
        }

        @Test func `a light terminal gets the light theme, and its answer is no key`() async throws
        {
            let shell = try shell("light")
            let terminal = try shell.console()
            try await terminal.wait(for: "the question") { _ in
                terminal.output.firstRange(of: Array("\u{1B}]11;?\u{7}".utf8)) != nil
            }
            try terminal.type("\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\\u{1B}[0n")
            try await signIn(terminal)
            #expect(terminal.screen.lines[0].contains("ada@"))
            try terminal.type("q")
            #expect(try await terminal.exit() == .status(0))
        }

        @Test func `the doctor tells what the terminal can do`() async throws {
            let shell = try shell("doctor")
            let terminal = try PseudoTerminal(
                Shell.program,
                arguments: ["doctor"],
                environment: shell.variables.merging(["TERM": "xterm-256color"]) { $1 },
                size: Size(columns: 120, rows: 60)
            )
            try await terminal.wait(for: "the questions") { _ in
                terminal.output.firstRange(of: Array("\u{1B}[5n".utf8)) != nil
            }
            try terminal.type("\u{1B}P>|test(1)\u{1B}\\\u{1B}[?2026;0$y\u{1B}[?2004;2$y\u{1B}[0n")
            try await terminal.expect("no synchronized output")
            try await terminal.expect("told from typing")
            #expect(terminal.screen.lines.contains { $0.contains("test(1)") })
            _ = try await terminal.exit()
            #expect(terminal.isCooked)
        }
    }
}
