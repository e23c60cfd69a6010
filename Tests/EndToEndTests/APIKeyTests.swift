import Support
import Testing

/// API keys at the shell, on a real embedded database.
@Suite(.serialized, InstalledPlatform()) struct APIKeyTests {
    /// The shell of somebody who was an operator first, so that they have a password.
    private func person(_ email: String) throws -> Shell {
        var shell = try #require(InstalledPlatform.shell)
        let input = InstalledPlatform.password + "\n"
        let made = try shell.run(
            ["operator", "create", "--email", email, "--name", "P", "--role", "support"]
                + ["--password-stdin"],
            input: input
        )
        try #require(made.status == 0, "\(made.errors)")
        try done(["operator", "revoke", email, "support", "--reason", "to test it"], in: shell)
        shell.environment["GHOSTWORKS_STATE_DIRECTORY"] = shell.folder + "/\(email)"
        let login = try shell.run(["login", email, "--password-stdin"], input: input)
        try #require(login.status == 0, "\(login.errors)")
        return shell
    }

    @discardableResult
    private func done(_ words: [String], in shell: Shell) throws -> Shell.Ending {
        let ending = try shell.run(words)
        try #require(ending.status == 0, "\(words): \(ending.errors)")
        return ending
    }

    @Test func `a key of somebody whom the platform keeps out is shown as blocked`() throws {
        let root = try #require(InstalledPlatform.shell)
        let owner = try person("owner@barred.example")
        let maker = try person("maker@barred.example")
        try done(
            ["tenant", "create", "barred", "--name", "Barred", "--plan", "pro"]
                + ["--owner-email", "owner@barred.example"],
            in: root
        )
        let tenant = ["--tenant", "barred"]
        try done(["member", "add", "maker@barred.example"] + tenant, in: owner)
        try done(["api-key", "create", "CI", "--scope", "artifact.read"] + tenant, in: maker)
        func listed() throws -> [String: Any]? {
            try done(["api-key", "list", "--format", "json"] + tenant, in: owner).objects.first
        }
        #expect(try listed()?["state"] as? String == "active")
        #expect(try listed()?["blocked_by"] as? String == nil)
        let why = ["--reason", "asked to"]
        try done(["user", "disable", "maker@barred.example"] + why, in: root)
        #expect(try listed()?["state"] as? String == "blocked")
        #expect(try listed()?["blocked_by"] as? String == "maker_barred")
        #expect(try done(["api-key", "list"] + tenant, in: owner).output.contains("blocked"))
        try done(["user", "enable", "maker@barred.example"] + why, in: root)
        #expect(try listed()?["state"] as? String == "active")
    }
}
