import Foundation
import Support
import Terminal
import Testing

extension DemoTests {
    /// The shell of the owner of acme-charity, with a session of its own.
    private func owner() throws -> Shell {
        var shell = try #require(DemoPlatform.shell)
        shell.environment["GHOSTWORKS_STATE_DIRECTORY"] = shell.folder + "/owner"
        let login = try shell.run(
            "login",
            "omar@acme-charity.example",
            "--password-stdin",
            input: DemoPlatform.password + "\n"
        )
        try #require(login.status == 0, "\(login.errors)")
        return shell
    }

    @Test func `an owner makes, rotates and revokes an API key`() throws {
        let shell = try owner()
        let made = try shell.run(
            ["api-key", "create", "CI", "--scope", "artifact.read", "--expires", "90d"]
                + ["--rate", "60", "--format", "json"]
        )
        #expect(made.status == 0)
        #expect(made.errors == "Keep the key now: it is not shown again.\n")
        let key = try #require(made.objects.first)
        let text = try #require(key["key"] as? String)
        let id = try #require(key["id"] as? String)
        #expect(text.hasPrefix("gwk_live_") && text.count == 104)
        let prefix = try #require(key["prefix"] as? String)
        #expect(prefix.count == 53 && text.hasPrefix(prefix + "_"))
        let rotated = try shell.run(
            ["api-key", "rotate", id, "--overlap", "1h", "--format", "json"]
        )
        let second = try #require(rotated.objects.first?["key"] as? String)
        #expect(second.hasPrefix("gwk_live_") && second != text)
        #expect(rotated.objects.first?["previous_until"] is String)
        #expect(try shell.run("api-key", "revoke", id).output == "Revoked CI.\n")
        let list = try shell.run("api-key", "list", "--format", "json")
        #expect(try shell.run("api-key", "list").output.contains(prefix))
        #expect(list.objects.first { $0["id"] as? String == id }?["state"] as? String == "revoked")
        #expect(!list.output.contains(text) && !list.output.contains(second))
    }

    @Test(arguments: [40, 80, 120, 240])
    func `the list cuts no key and no id, however narrow the terminal`(columns: Int) async throws {
        let shell = try owner()
        let made = try shell.run(
            ["api-key", "create", "Narrow \(columns)", "--scope", "artifact.read"]
                + ["--format", "json"]
        )
        let key = try #require(made.objects.first)
        let id = try #require(key["id"] as? String)
        let prefix = try #require(key["prefix"] as? String)
        let terminal = try PseudoTerminal(
            Shell.program,
            arguments: ["api-key", "list"],
            environment: shell.variables.merging(["TERM": "xterm-256color"]) { $1 },
            size: Size(columns: columns, rows: 300)
        )
        #expect(try await terminal.exit() == .status(0))
        // What is longer than the terminal goes on in its next line.
        let shown = terminal.screen.lines.joined(separator: columns == 40 ? "" : "\n")
        #expect(shown.contains(prefix) && shown.contains(id), "\(shown)")
        let missesColumns = shown.contains("Not shown here for want of room: ")
        #expect(missesColumns == (columns == 120), "\(shown)")
        #expect(try shell.run("api-key", "revoke", id).status == 0)
    }

    @Test(
        arguments: [
            (["create", "CI", "--scope", "member.read"], "must not hold \"member.read\""),
            (["create", "CI", "--scope", "artifact.read", "--rate", "0"], "rate_per_minute"),
            (["create", "CI", "--scope", "artifact.read", "--expires", "soon"], "--expires"),
            (["create", "CI"], "--scope"),
            (["rotate", "nonsense"], "nonsense"),
            (["rotate", "0197a000-0000-7000-8000-000000000000", "--overlap", "60d"], "30 days"),
            (["change", "0197a000-0000-7000-8000-000000000000"], "must have a field"),
        ]
    )
    func `what makes no sense for a key is refused`(words: [String], sentence: String) throws {
        let ending = try owner().run(["api-key"] + words)
        #expect(ending.status == 2)
        #expect(ending.errors.contains(sentence))
    }

    @Test func `a key that is not there is said so`() throws {
        let id = "0197a000-0000-7000-8000-000000000000"
        let ending = try owner().run("api-key", "revoke", id)
        #expect(ending.status == 1)
        #expect(ending.errors.contains("No API key \"\(id)\" exists."))
    }
}
