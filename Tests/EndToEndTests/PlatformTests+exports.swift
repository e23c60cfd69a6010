import Foundation
import Testing

/// Trails that are followed and taken away, on the command line.
extension PlatformTests {
    private func program() throws -> Shell { try #require(InstalledPlatform.shell) }

    @Test(arguments: ["csv", "jsonl"])
    func `an export and its digest belong together`(format: String) throws {
        let shell = try program()
        let file = shell.folder + "/trail-\(UUID()).\(format)"
        let export = ["audit", "export", "--platform", "--format", format, "--output", file]
        let made = try shell.run(export)
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.output.contains("events to \(file)"))
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions]
        #expect(mode as? Int == 0o600)
        let checked = try shell.run("audit", "verify-export", file)
        #expect(checked.status == 0, "\(checked.errors)")
        #expect(checked.output.contains("trail: platform"))
        #expect(!FileManager.default.fileExists(atPath: file + ".part"))

        let again = try shell.run(export)
        #expect(again.status == 2)
        #expect(again.errors.contains("The file \(file) is there already."))

        let handle = try #require(FileHandle(forWritingAtPath: file))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("\n".utf8))
        try handle.close()
        let changed = try shell.run("audit", "verify-export", file)
        #expect(changed.status == 1)
        #expect(changed.errors.contains("is not what was exported: it was changed."))
    }

    @Test func `a digest that was changed, or is none, is refused`() throws {
        let shell = try program()
        let file = shell.folder + "/trail-\(UUID()).csv"
        #expect(try shell.run("audit", "export", "--platform", "--output", file).status == 0)
        let manifest = file + ".manifest.json"
        let text = try String(contentsOfFile: manifest, encoding: .utf8)
        let forged = text.replacing("\"trail\":\"platform\"", with: "\"trail\":\"tenant\"")
        try Data(forged.utf8).write(to: URL(filePath: manifest))
        let ending = try shell.run("audit", "verify-export", file)
        #expect(ending.status == 1)
        #expect(ending.errors.contains("The digest is not what was signed: it was changed."))
        try Data(text.replacing("\"kid\":\"", with: "\"kid\":\"0").utf8)
            .write(to: URL(filePath: manifest))
        let unknown = try shell.run("audit", "verify-export", file)
        #expect(unknown.status == 1)
        #expect(unknown.errors.contains("Nobody here knows the key"))
        try Data("nonsense".utf8).write(to: URL(filePath: manifest))
        #expect(try shell.run("audit", "verify-export", file).status == 2)
        let missing = try shell.run("audit", "verify-export", shell.folder + "/none.csv")
        #expect(missing.status == 2)
    }

    @Test func `what would be ignored is refused`() throws {
        for command in [["list"], ["verify"], ["export"], ["tail", "--once"]] {
            let reason = try program().run(["audit"] + command + ["--platform", "--reason", "why"])
            #expect(reason.status == 2)
            #expect(reason.errors.contains("keeps no reason"))
            let both = try program().run(["audit"] + command + ["--platform", "--tenant", "x"])
            #expect(both.status == 2)
            #expect(both.errors.contains("Which trail"))
        }
        #expect(try program().run("audit", "tail", "--platform", "--limit", "0").status != 0)
        let folder = try program().run(
            "audit",
            "export",
            "--platform",
            "--output",
            "/nonexistent/x.csv"
        )
        #expect(folder.status == 2)
        #expect(folder.errors.contains("cannot be written"))
    }

    @Test func `the tail shows the last events as lines and as objects`() throws {
        let tail = ["audit", "tail", "--platform", "--once", "--limit", "3"]
        let lines = try program().run(tail)
        #expect(lines.status == 0)
        #expect(lines.lines.count == 3)
        #expect(lines.lines.allSatisfy { $0.contains("  #") })
        let objects = try program().run(tail + ["--format", "jsonl"])
        let numbers = objects.objects.compactMap { $0["seq"] as? Int }
        #expect(numbers.count == 3)
        #expect(numbers == numbers.sorted())
    }
}
