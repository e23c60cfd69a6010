import Foundation
import Testing

/// Manual pages, completions, and filters on the command line; none needs a database.
@Suite(WaitsForPrograms()) struct ManualTests {
    private static let pages = [
        ("ghostworks", 1), ("ghostworks-keys", 5), ("ghostworks-themes", 5),
        ("ghostworks-config", 5),
    ]

    private func run(_ arguments: String...) throws -> Shell.Ending {
        let shell = try Shell()
        defer { shell.remove() }
        return try shell.run(arguments)
    }

    /// The output of a program of the system; nil where it is not installed.
    private func check(_ program: String, _ arguments: [String]) throws -> String? {
        guard FileManager.default.isExecutableFile(atPath: program) else { return nil }
        let shell = try Shell()
        defer { shell.remove() }
        let ending = try shell.run(program, arguments)
        return ending.status == 0 ? ending.errors : "status \(ending.status) \(ending.errors)"
    }

    @Test(arguments: pages)
    func `a page of the manual is up to date, and is troff without a fault`(
        name: String,
        section: Int
    ) throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../docs/man/\(name).\(section)").standardized
        let ending = try run("man", name)
        #expect(ending.status == 0)
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(ending.output.utf8).write(to: file)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == ending.output)
        let faults = try check(
            "/usr/bin/groff",
            ["-man", "-ww", "-Wbreak", "-Tutf8", "-k", file.path]
        )
        #expect(faults ?? "" == "")
        let style = try check("/usr/bin/mandoc", ["-Tlint", "-Wwarning", file.path])
        #expect(style ?? "" == "")
    }

    @Test func `the pages are listed, and a mistyped one is told from the near one`() throws {
        let list = try run("man")
        #expect(list.lines.count == Self.pages.count)
        let wrong = try run("man", "ghostworks-kyes")
        #expect(wrong.status == 2)
        #expect(wrong.errors.contains("ghostworks-keys"))
    }

    @Test(arguments: [
        ("bash", "/usr/bin/bash"), ("zsh", "/usr/bin/zsh"), ("fish", "/usr/bin/fish"),
    ])
    func `completions are made for a shell, and it can read them`(
        name: String,
        program: String
    ) throws {
        let shell = try Shell()
        defer { shell.remove() }
        let ending = try shell.run("completions", name)
        #expect(ending.status == 0)
        for word in ["tenant", "audit", "filter", "ghostworks-keys", "paper", "overview"] {
            #expect(ending.output.contains(word), "\(word)")
        }
        let path = shell.folder + "/completions"
        try Data(ending.output.utf8).write(to: URL(fileURLWithPath: path))
        #expect(try check(program, ["-n", path]) ?? "" == "")
        #expect(try shell.run("completions", "tcsh").status == 2)
    }

    @Test(arguments: [
        ["audit", "list"], ["artifact", "list"], ["member", "list"], ["tenant", "list"],
        ["user", "list"], ["ai", "requests"],
    ])
    func `a wrong filter ends with 2 and a caret before anything is opened`(
        words: [String]
    ) throws {
        let shell = try Shell()
        defer { shell.remove() }
        let ending = try shell.run(words + ["--filter", "since:7d  colour:red"])
        #expect(ending.status == 2)
        let lines = ending.errors.split(separator: "\n").map(String.init)
        #expect(lines.first == "ghostworks: There is no filter \"colour:\".")
        #expect(lines.dropFirst().first == "  since:7d  colour:red")
        #expect(lines.dropFirst(2).first == "            ^")
    }

    @Test(arguments: [["operator", "list"], ["support", "list"], ["member", "invitations"]])
    func `lists with one key take it as a filter, and refuse what is none`(
        words: [String]
    ) throws {
        let shell = try Shell()
        defer { shell.remove() }
        let ending = try shell.run(words + ["--filter", "colour:red"])
        #expect(ending.status == 2)
        #expect(ending.errors.hasPrefix("ghostworks: There is no filter \"colour:\".\n"))
    }

    @Test func `the caret stands under what is wide, long or hostile`() throws {
        for (filter, caret) in [
            ("request:دليل x:y", 15), ("request:漢字 x:y", 15),
            ("request:" + String(repeating: "a", count: 200) + " x:y", 53),
        ] {
            let lines = try run("audit", "list", "--filter", filter).errors
                .split(separator: "\n").map(String.init)
            #expect(
                lines.dropFirst(2).first == String(repeating: " ", count: caret) + "^",
                "\(filter)"
            )
        }
        let hostile = try run("audit", "list", "--filter", "request:\u{1B}[2J x:y")
        #expect(!hostile.errors.contains("\u{1B}"))
        let long = try run("audit", "list", "--filter", String(repeating: "x", count: 10_000))
        #expect(long.status == 2)
        #expect(long.errors.contains("at most 1,000 characters"))
        #expect(long.errors.count < 300)
    }

    @Test func `a filter stands alone`() throws {
        let ending = try run("audit", "list", "--filter", "since:7d", "--outcome", "denied")
        #expect(ending.status == 2)
        #expect(ending.errors.hasPrefix("ghostworks: --outcome must not stand beside --filter"))
        #expect(try run("artifact", "search", "x", "--filter", "y").status == 2)
    }
}
