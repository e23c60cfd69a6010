import Foundation
import Testing

/// What a command says whose output cannot be written.
@Suite(WaitsForPrograms()) struct OutputTests {
    /// Runs a command by a shell that sends its output elsewhere.
    private func run(_ words: [String], _ way: String) throws -> Shell.Ending {
        let shell = try Shell()
        defer { shell.remove() }
        return try shell.run("/bin/sh", ["-c", "\"$0\" \"$@\" \(way)", Shell.program] + words)
    }

    private static let commands = [["--version"], ["--help"], ["man"], ["openapi"], ["settings"]]

    @Test(arguments: commands)
    func `a full disk is told in one sentence`(words: [String]) throws {
        let ending = try run(words, ">/dev/full")
        #expect(ending.status == 1)
        let reason = "No space left on device"
        #expect(ending.errors == "ghostworks: Standard output cannot be written: \(reason).\n")
    }

    @Test(arguments: commands)
    func `a closed output is told in one sentence`(words: [String]) throws {
        let ending = try run(words, ">&-")
        #expect(ending.status == 1)
        #expect(ending.errors == "ghostworks: Standard output cannot be written: it is closed.\n")
    }

    @Test func `a reader that has seen enough ends the command without a word`() throws {
        let ending = try run(["openapi"], "| head -c 1")
        #expect(ending.status == 0)
        #expect(ending.output == "{")
        #expect(ending.errors == "")
    }
}

extension PlatformTests {
    @Test(arguments: [(">/dev/full", "No space left on device"), (">&-", "it is closed")])
    func `a list that cannot be written is told in one sentence`(
        way: String,
        reason: String
    ) throws {
        let shell = try #require(InstalledPlatform.shell)
        let ending = try shell.run(
            "/bin/sh",
            ["-c", "\"$0\" tenant list \(way)", Shell.program]
        )
        #expect(ending.status == 1)
        #expect(ending.errors == "ghostworks: Standard output cannot be written: \(reason).\n")
    }
}
