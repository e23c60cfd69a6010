import Foundation
import Glibc
import Support
import Terminal
import Testing

extension Shell {
    /// Opens the console on a terminal of its own.
    func console(
        _ arguments: String...,
        variables more: [String: String] = [:],
        size: Size = Size(columns: 120, rows: 40)
    ) throws -> PseudoTerminal {
        try PseudoTerminal(
            Self.program,
            arguments: ["console"] + arguments,
            environment: variables.merging(["TERM": "xterm-256color"]) { $1 }.merging(more) { $1 },
            size: size
        )
    }

    /// Opens the console in a window that knows when it rests.
    func window(
        _ arguments: String...,
        size: Size = Size(columns: 120, rows: 40)
    ) throws -> StoryWindow {
        // Before the console writes its first line.
        let log = ConsoleLog(state: variables["GHOSTWORKS_STATE_DIRECTORY"] ?? "")
        let terminal = try PseudoTerminal(
            Self.program,
            arguments: ["console"] + arguments,
            environment: variables.merging(
                ["TERM": "xterm-256color", "GHOSTWORKS_LOG_LEVEL": "trace"]
            ) { $1 },
            size: size
        )
        return StoryWindow(terminal, log: log, size: size)
    }

    /// Kills the embedded server, and gives its process when that has ended.
    @discardableResult
    func killServer() throws -> pid_t {
        let process = try server()
        kill(process, SIGKILL)
        ProcessTable.waitForEnd(of: process)
        return process
    }

    /// The process of the embedded server.
    func server() throws -> pid_t {
        let status = try run("database", "status", "--format", "json")
        return pid_t(try #require(status.objects.first?["process"] as? Int))
    }
}

extension PseudoTerminal {
    /// The programs that still belong to this terminal's session.
    var remaining: [pid_t] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { pid_t($0) }.filter { getsid($0) == process }
    }

    /// The programs that stay behind the end: one that was told to end may take its time.
    func left() async throws -> [pid_t] {
        var left: [pid_t] = []
        do {
            try await wait(for: "the end of the session") { _ in
                left = remaining
                return left.isEmpty
            }
        } catch Failure.deadline { return left }
        return []
    }

    /// Ends what still runs on it; whether something did.
    func clear() -> Bool {
        guard !hasEnded else { return false }
        for process in remaining { kill(process, SIGKILL) }
        return true
    }

    /// Whether the terminal is as the shell left it, with its own screen and a cursor.
    var isRestored: Bool {
        isCooked && screen.modes.isDisjoint(with: [1_049, 2_004, 2_026, 1])
            && screen.modes.contains(25)
    }
}
