import Foundation
import Postgres
import Support

/// The `psql` program: it shows everything a server sends, notices and errors included, and sends
/// whatever it is told, several statements at once as well.
struct Psql: Sendable {
    let database: String

    struct Output: Sendable {
        /// Rows.
        let rows: String
        /// Notices and errors, with every field.
        let reports: String

        var all: String { rows + reports }
    }

    /// Runs a script as a role, or as the superuser; errors do not stop it.
    func run(as role: String?, _ script: String) async throws -> Output {
        let cluster = try await TestCluster.shared()
        let folder = NSTemporaryDirectory() + "gw-psql-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let script = "\\set VERBOSITY verbose\n" + script
        try script.write(toFile: "\(folder)/script", atomically: false, encoding: .utf8)
        let command = [
            "psql", "-X", "-q", "-A", "-h", cluster.settings.host ?? "", "-p",
            "\(cluster.settings.port)", "-U", role ?? cluster.settings.user ?? "", "-d",
            database, "-f", "\(folder)/script",
        ]
        let streams = ChildProcess.Streams(
            output: .file("\(folder)/rows"),
            errors: .file("\(folder)/reports")
        )
        _ = try await WaitingThreads.run { try ChildProcess(command, streams: streams).wait() }
        return Output(
            rows: try String(contentsOfFile: "\(folder)/rows", encoding: .utf8),
            reports: try String(contentsOfFile: "\(folder)/reports", encoding: .utf8)
        )
    }
}
