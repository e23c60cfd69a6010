import Foundation
import Glibc
import Support

/// Runs the built program as a person at a shell would.
struct Shell: Sendable {
    /// A folder of its own, for the data and for the home.
    let folder: String
    var environment: [String: String] = [:]
    /// What is run; the product unless told.
    var executable = Shell.program

    /// What came of a command.
    struct Ending: Sendable {
        let status: Int32
        let output: String
        let errors: String

        var lines: [String] { output.split(separator: "\n").map(String.init) }

        /// Each line of the output as a JSON object.
        var objects: [[String: Any]] {
            lines.compactMap {
                try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
            }
        }
    }

    init() throws {
        folder = "/tmp/gw-e2e-\(UUID().uuidString.prefix(8))"
        // The server's own user must be able to pass through.
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o755]
        )
    }

    /// The program beside this test's own executable.
    static var program: String {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        return ((tests ?? "") as NSString).deletingLastPathComponent + "/ghostworks"
    }

    /// The whole environment of a command.
    var variables: [String: String] {
        [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
            "HOME": folder, "LANG": "C.UTF-8", "TERM": "dumb", "TZ": "UTC",
            // A crash says where it was.
            "SWIFT_BACKTRACE": "enable=yes,color=no,interactive=no,threads=all",
            "GHOSTWORKS_DATA_DIRECTORY": folder + "/data",
            "GHOSTWORKS_STATE_DIRECTORY": folder + "/state",
        ].merging(environment) { $1 }
    }

    func run(_ arguments: String..., input: String = "") throws -> Ending {
        try run(arguments, input: input)
    }

    func run(_ arguments: [String], input: String = "") throws -> Ending {
        try run(executable, arguments, input: input)
    }

    /// Runs another program as this person.
    func run(_ program: String, _ arguments: [String], input: String = "") throws -> Ending {
        let paths = ["in", "out", "err"].map { "\(folder)/\(UUID().uuidString).\($0)" }
        defer { for path in paths { try? FileManager.default.removeItem(atPath: path) } }
        try Data(input.utf8).write(to: URL(fileURLWithPath: paths[0]))
        // Files instead of pipes: a server that the command starts may keep them open.
        let exit = try ChildProcess(
            [program] + arguments,
            environment: variables,
            streams: .init(
                input: .file(paths[0]),
                output: .file(paths[1]),
                errors: .file(paths[2])
            )
        ).wait()
        return Ending(
            status: exit.code,
            output: try String(contentsOfFile: paths[1], encoding: .utf8),
            errors: try String(contentsOfFile: paths[2], encoding: .utf8)
        )
    }

    /// The same person at a database that may be slow: these tests look at what happens, not at how
    /// long it takes on a machine that has much to do.
    var patient: Shell {
        var shell = self
        for limit in ["ACQUIRE", "REQUEST", "CONNECT"] {
            shell.environment["GHOSTWORKS_DATABASE_\(limit)_TIMEOUT"] = "60s"
        }
        return shell
    }

    /// A private file in the folder.
    func file(_ name: String, _ text: String) throws -> String {
        let path = folder + "/" + name
        let isMade = FileManager.default.createFile(
            atPath: path,
            contents: Data(text.utf8),
            attributes: [.posixPermissions: 0o600]
        )
        guard isMade else { throw CocoaError(.fileWriteUnknown) }
        return path
    }

    /// A script in the folder that can be run.
    func program(_ name: String, _ text: String) throws -> String {
        let path = try file(name, text)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        return path
    }

    /// Runs a body with a shell of its own; stops its embedded server and removes its folder.
    static func with(_ body: (Shell) async throws -> Void) async throws {
        let shell = try Shell()
        defer {
            _ = try? shell.run("database", "stop")
            shell.clear()
            shell.remove()
        }
        try await body(shell)
    }

    /// Kills whatever still runs here: what a test that failed has left, and a server that would not
    /// stop.
    private func clear() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        for process in names.compactMap({ pid_t($0) }) where process != getpid() {
            let words = ["cmdline", "environ"].map { name in
                (try? Data(contentsOf: URL(filePath: "/proc/\(process)/\(name)"))) ?? Data()
            }
            guard words.contains(where: { $0.firstRange(of: Data(folder.utf8)) != nil }) else {
                continue
            }
            kill(process, SIGKILL)
        }
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: folder)
    }
}
