import Foundation
import Testing

extension DemoTests {
    private static let head = "start_time_iso,model,input_tokens,output_tokens\n"

    /// A file in the folder of the operator's shell.
    private func export(_ text: String, _ shell: Shell) throws -> String {
        let path = shell.folder + "/usage-\(UUID().uuidString).csv"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    private func comparison(_ file: String) -> [String] {
        ["ai", "reconcile", "--provider", "offline", "--export", file]
    }

    @Test func `a provider's export is laid beside the usage log`() throws {
        let shell = try #require(DemoPlatform.shell)
        let file = try export(Self.head + "2001-01-01T00:00:00Z,search,100,0\n", shell)
        let found = try shell.run(comparison(file) + ["--format", "json"])
        #expect(found.status == 1, "\(found.errors)")
        let lines = found.objects
        #expect(lines.count == 1)
        #expect(lines.first?["day"] as? String == "2001-01-01")
        #expect(lines.first?["model"] as? String == "search")
        #expect(lines.first?["tokens"] as? String == "read")
        #expect(lines.first?["logged"] as? Int == 0)
        #expect(lines.first?["surplus"] as? Int == 100)
        // All of it is within all of it.
        #expect(try shell.run(comparison(file) + ["--tolerance", "100"]).status == 0)
    }

    @Test func `an export of what was logged agrees`() throws {
        let shell = try #require(DemoPlatform.shell)
        let owner = try asker()
        // The call may end behind a midnight.
        let days = [0, 86_400].map { day in
            Date(timeIntervalSinceNow: day).formatted(.iso8601.year().month().day())
        }
        let trial = try owner.run("ai", "test", "--model", "offline/search", "Where is the report?")
        try #require(trial.status == 0, "\(trial.errors)")
        // Of these days the provider has next to nothing: the differences are what was logged.
        let little = days.map { "\($0),nothing,1,0\n" }.joined()
        let found = try shell.run(
            comparison(try export(Self.head + little, shell)) + ["--format", "json"]
        )
        #expect(found.status == 1, "\(found.errors)")
        let logged = found.objects.filter { $0["model"] as? String != "nothing" }
        let rows = try logged.map { line in
            let tokens = try #require(line["logged"] as? Int)
            let columns = line["tokens"] as? String == "read" ? "\(tokens),0" : "0,\(tokens)"
            let day = try #require(line["day"] as? String)
            return "\(day)T12:00:00+00:00,\(try #require(line["model"] as? String)),\(columns)\n"
        }
        #expect(rows.contains { $0.contains(",search,") })
        let whole = Self.head + rows.joined()
        let agreed = try shell.run(comparison(try export(whole, shell)))
        #expect(agreed.status == 0, "\(agreed.output)\(agreed.errors)")
        #expect(agreed.output == "The usage log and the export agree.\n")
        let more = try export(whole + "\(days[0]),search,1,0\n", shell)
        #expect(try shell.run(comparison(more) + ["--tolerance", "0"]).status == 1)
    }

    @Test func `what cannot be compared says why`() throws {
        let shell = try #require(DemoPlatform.shell)
        let wrong = try export(Self.head + "2026-01-31,search,1.5,0\n", shell)
        let good = try export(Self.head + "2026-01-31,search,1,0\n", shell)
        let none = shell.folder + "/none.csv"
        let cases: [([String], Int32, String)] = [
            (["--export", wrong, "--provider", "offline"], 2, "line 2, column 3 must be"),
            (["--export", none, "--provider", "offline"], 2, "cannot be read"),
            (["--export", good], 2, "--provider"),
            (["--provider", "offline"], 2, "--export"),
            (["--tolerance", "1"], 2, "--tolerance"),
            (["--export", good, "--provider", "offline", "--days", "3"], 2, "--days"),
            (["--export", good, "--provider", "offline", "--tolerance", "101"], 2, "0 to 100"),
            (["--export", good, "--provider", "nobody"], 1, "nobody"),
        ]
        for (arguments, status, words) in cases {
            let ending = try shell.run(["ai", "reconcile"] + arguments)
            #expect(ending.status == status, "\(arguments) \(ending.errors)")
            #expect(ending.errors.contains(words), "\(arguments) \(ending.errors)")
        }
    }
}
