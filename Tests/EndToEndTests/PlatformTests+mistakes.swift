import Foundation
import Testing

/// What is refused before it is tried, and what is taken back.
extension PlatformTests {
    private func program() throws -> Shell { try #require(InstalledPlatform.shell) }

    private func signIn(_ shell: Shell, state: String) throws -> Shell.Ending {
        var other = shell
        other.environment["GHOSTWORKS_STATE_DIRECTORY"] = state
        return try other.run(
            "login",
            InstalledPlatform.email,
            "--password-stdin",
            input: InstalledPlatform.password + "\n"
        )
    }

    @Test func `nobody is signed in whose session cannot be kept`() throws {
        let shell = try program()
        let before = try shell.run("session", "list", "--format", "json").objects.count
        #expect(before > 0)
        let file = try shell.file("state-\(UUID())", "a file")
        let refused = try signIn(shell, state: file)
        #expect(refused.status == 2)
        #expect(
            refused.errors == """
                ghostworks: \(file) is a file, no folder.
                  The session is kept there; GHOSTWORKS_STATE_DIRECTORY names another folder.

                """
        )
        let state = shell.folder + "/state-\(UUID())"
        try FileManager.default.createDirectory(
            atPath: state + "/session",
            withIntermediateDirectories: true
        )
        let ended = try signIn(shell, state: state)
        #expect(ended.status == 2)
        #expect(ended.errors.contains(state + "/session"), "\(ended.errors)")
        #expect(try shell.run("session", "list", "--format", "json").objects.count == before)
    }

    @Test(arguments: [
        ["member", "list", "--tenant", "mistaken", "--reason", "   "],
        ["migrate", "up", "--to", "3"], ["migrate", "down", "--to", "5000"],
    ])
    func `wrong input ends with 2, whatever its code`(words: [String]) throws {
        let shell = try program()
        let mail = "owner@mistaken.example"
        _ = try shell.run(
            ["tenant", "create", "mistaken", "--name", "Mistaken", "--owner-email", mail]
        )
        let ending = try shell.run(words)
        #expect(ending.status == 2, "\(ending.errors)")
    }
}

extension DemoTests {
    @Test func `input that a model or a search does not take ends with 2`() throws {
        let shell = try asker()
        let model = try shell.run("ai", "test", "--model", "nope", "Where?")
        #expect(model.status == 2, "\(model.errors)")
        #expect(model.errors.contains("The model \"nope\" is not available."))
        let words = Array(repeating: "word", count: 400).joined(separator: " ")
        let search = try shell.run("artifact", "search", words)
        #expect(search.status == 2, "\(search.errors)")
    }
}
