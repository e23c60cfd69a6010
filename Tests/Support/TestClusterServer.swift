import Foundation
import Glibc
import Postgres
import Synchronization

/// The processes and files of a server that a test process runs.
final class TestServer: Sendable {
    private let folder: String
    private let port: Int
    private let isRemoved = Atomic(false)

    private var data: String {
        "\(folder)/data"
    }

    /// Lays out the data folder; starts nothing.
    init(tcp: Bool, parameters: [String: String], files: [String: String]) throws {
        folder = try TestFolders.make()
        port = tcp ? try Socket.freePort() : 5432
        try PostgresProgram.copy(try TestFolders.pristine(), to: "\(folder)/data")
        for (name, text) in files {
            try text.write(toFile: "\(data)/\(name)", atomically: true, encoding: .utf8)
            try PostgresProgram.own("\(data)/\(name)")
        }
        var lines = [
            "listen_addresses = '\(tcp ? "127.0.0.1" : "")'", "port = \(port)",
            "unix_socket_directories = '\(folder)'", "fsync = off", "full_page_writes = off",
            "max_connections = 200", "log_min_messages = fatal", "logging_collector = off",
        ]
        lines += parameters.sorted { $0.key < $1.key }.map { "\($0.key) = '\($0.value)'" }
        let configuration = "\(data)/postgresql.auto.conf"
        try (lines.joined(separator: "\n") + "\n")
            .write(toFile: configuration, atomically: true, encoding: .utf8)
        try PostgresProgram.own(configuration)
    }

    func settings() throws -> ConnectionSettings {
        try ConnectionSettings(
            url: "postgres://postgres@/postgres?host=\(folder)&port=\(port)"
        )
    }

    func start() throws {
        try PostgresProgram.run(
            "pg_ctl",
            ["start", "-w", "-s", "-t", "60", "-D", data, "-l", "\(folder)/log"]
        )
    }

    func restart() throws {
        if process() == nil {
            try start()
        } else {
            try PostgresProgram.run(
                "pg_ctl",
                ["restart", "-w", "-s", "-m", "immediate", "-D", data, "-l", "\(folder)/log"]
            )
        }
    }

    /// Kills the children first: the next start refuses while one of them lives.
    func kill9() {
        guard let postmaster = process() else { return }
        kill(postmaster, SIGSTOP)
        let children = ProcessTable.children(of: postmaster)
        for child in children { kill(child, SIGKILL) }
        kill(postmaster, SIGKILL)
        for process in children + [postmaster] { ProcessTable.waitForEnd(of: process) }
        // A zombie that nobody reaps would pass for a server that still runs.
        unlink("\(data)/postmaster.pid")
        unlink("\(folder)/.s.PGSQL.\(port).lock")
    }

    func remove() {
        guard !isRemoved.exchange(true, ordering: .relaxed) else { return }
        kill9()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// The postmaster's number, from its lock file.
    private func process() -> pid_t? {
        let text = try? String(contentsOfFile: "\(data)/postmaster.pid", encoding: .utf8)
        return text?.split(separator: "\n").first.flatMap { pid_t($0) }
    }
}

/// What `/proc` knows.
public enum ProcessTable {
    static func children(of parent: pid_t) -> [pid_t] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { pid_t($0) }.filter { self.parent(of: $0) == parent }
    }

    /// Returns when a killed process has ended; one that the kernel holds on to is left to it.
    public static func waitForEnd(of process: Int32) {
        let limit = ContinuousClock.now + .seconds(30)
        while kill(process, 0) == 0, !isZombie(process), ContinuousClock.now < limit {
            usleep(1000)
        }
    }

    /// The fields after the name in parentheses: state, parent, ….
    private static func fields(of process: pid_t) -> [Substring] {
        let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
        return text.split(separator: ")").last?.split(separator: " ") ?? []
    }

    private static func parent(of process: pid_t) -> pid_t? {
        let fields = fields(of: process)
        return fields.count > 1 ? pid_t(fields[1]) : nil
    }

    private static func isZombie(_ process: pid_t) -> Bool {
        fields(of: process).first == "Z"
    }
}
