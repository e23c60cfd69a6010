import Foundation
import Support
import Testing

/// A data folder that was mistyped, or never set up: it is named, and nothing is made there.
@Suite(WaitsForPrograms()) struct MissingDatabaseTests {
    private func sentence(_ shell: Shell) -> String {
        """
        ghostworks: There is no database in \(shell.folder)/data yet.
          `ghostworks migrate up` makes one, `ghostworks demo` one with made-up data.
          If there should be one, look at data.directory: `ghostworks settings`.

        """
    }

    private func isUntouched(_ shell: Shell) -> Bool {
        !FileManager.default.fileExists(atPath: shell.folder + "/data")
    }

    @Test(arguments: [
        ["tenant", "list"], ["me", "show"], ["overview"],
        ["login", "ada@example.org", "--password-stdin"],
        ["operator", "create", "--email", "a@b.org", "--name", "A", "--password-stdin"],
        ["migrate", "status"], ["migrate", "verify"], ["migrate", "down", "--to", "0", "--yes"],
        ["console", "--linear"], ["work"],
        ["serve", "--port", "0", "--admin-port", "0"], ["up", "--port", "0", "--admin-port", "0"],
    ])
    func `a command that needs a database makes none`(words: [String]) throws {
        let shell = try Shell()
        defer { shell.remove() }
        let ending = try shell.run(words, input: "a password\n")
        #expect(ending.status == 2)
        #expect(ending.errors == sentence(shell))
        #expect(isUntouched(shell))
    }

    @Test func `the console gives the terminal back and says what is missing`() async throws {
        let shell = try Shell()
        defer { shell.remove() }
        let terminal = try shell.console()
        #expect(try await terminal.exit() == .status(2))
        #expect(terminal.isRestored)
        let text = String(decoding: terminal.output, as: UTF8.self)
        #expect(text.contains("There is no database in \(shell.folder)/data yet."))
        #expect(text.contains("`ghostworks migrate up` makes one"))
        #expect(isUntouched(shell))
    }
}

extension PlatformTests {
    @Test func `a server that was stopped is started by the next command`() throws {
        let shell = try #require(InstalledPlatform.shell)
        #expect(try shell.run("database", "stop").output == "The database has stopped.\n")
        let ending = try shell.run("tenant", "list", "--format", "json")
        #expect(ending.status == 0, "\(ending.errors)")
    }
}
