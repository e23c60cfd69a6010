import Foundation
import Testing

extension DemoTests {
    /// The shell of the owner of acme-charity, with a session of its own.
    private func asker() throws -> Shell {
        var shell = try #require(DemoPlatform.shell)
        shell.environment["GHOSTWORKS_STATE_DIRECTORY"] = shell.folder + "/asker"
        let login = try shell.run(
            "login",
            "omar@acme-charity.example",
            "--password-stdin",
            input: DemoPlatform.password + "\n"
        )
        try #require(login.status == 0, "\(login.errors)")
        return shell
    }

    @Test func `ai test asks a model, says what it took, and is in the books`() throws {
        let shell = try asker()
        let trial = try shell.run("ai", "test", "--model", "offline/search", "Where is the report?")
        #expect(trial.status == 0, "\(trial.errors)")
        #expect(trial.output.lowercased().contains("offline"), "\(trial.output)")
        let account = #/offline/search: \d+ tokens read, \d+ written, \d+\.\d{9} USD; .* ms\n/#
        #expect(trial.errors.contains(account), "\(trial.errors)")
        let calls = try shell.run("ai", "requests", "--format", "json").objects
        let call = try #require(calls.first)
        #expect(call["purpose"] as? String == "test")
        #expect(call["state"] as? String == "settled")
        #expect(call["channel"] as? String == "console")
    }

    @Test(arguments: [
        (["--model", "nobody/nothing"], 1, "The model is not available."),
        (["--max-tokens", "0"], 1, "max_tokens"),
        (["--max-tokens", "many"], 2, "--max-tokens"),
        ([""], 1, "messages"),
    ])
    func `a trial that cannot be made says why, and charges nothing`(
        arguments: [String],
        status: Int32,
        words: String
    ) throws {
        let shell = try asker()
        let before = try shell.run("ai", "requests", "--format", "json").objects.count
        let trial = try shell.run(["ai", "test"] + arguments)
        #expect(trial.status == status, "\(trial.status) \(trial.errors)")
        #expect(trial.errors.contains(words), "\(trial.errors)")
        #expect(try shell.run("ai", "requests", "--format", "json").objects.count == before)
    }
}
