import Foundation
import Glibc
import Postgres
import Testing

@testable import Cluster

/// A folder of one test that the server's user can enter, removed with it.
struct TestFolder {
    let path: String

    static func with(_ body: (TestFolder) async throws -> Void) async throws {
        // Not under TMPDIR: a socket's path is short, and that folder may be closed to others.
        let path = "/tmp/ghostworks-" + UUID().uuidString.prefix(8).lowercased()
        try #require(mkdir(path, 0o755) == 0)
        chmod(path, 0o755)
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await body(TestFolder(path: path)))
        } catch {
            outcome = .failure(error)
        }
        try FileManager.default.removeItem(atPath: path)
        try outcome.get()
    }

    /// Makes a program that prints a text.
    func makeProgram(_ name: String, printing text: String = "") throws {
        let file = URL(filePath: "\(path)/\(name)")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try "#!/bin/sh\necho '\(text)'\n".write(to: file, atomically: false, encoding: .utf8)
        try #require(chmod(file.path, 0o755) == 0)
    }

    /// Makes the three programs of a server.
    func makeServer(_ folder: String, version: String) throws {
        try makeProgram("\(folder)/initdb")
        try makeProgram("\(folder)/pg_ctl")
        try makeProgram("\(folder)/postgres", printing: "postgres (PostgreSQL) \(version)")
    }

    static func mode(_ path: String) -> mode_t {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
    }
}

/// A cluster of one test, stopped and removed with it.
struct TestCluster {
    let cluster: EmbeddedCluster
    var layout: ClusterLayout { cluster.layout }

    static func with(_ body: (TestCluster) async throws -> Void) async throws {
        try await TestFolder.with { folder in
            let layout = ClusterLayout(root: folder.path + "/ghostworks")
            let cluster = EmbeddedCluster(layout: layout)
            let outcome: Result<Void, any Error>
            do {
                outcome = .success(try await body(TestCluster(cluster: cluster)))
            } catch {
                outcome = .failure(error)
            }
            _ = try? await cluster.stop()
            try outcome.get()
        }
    }

    /// The number of the server's first process.
    func process() async throws -> Int32 {
        guard case .running(_, let process) = try await cluster.status() else {
            throw ClusterError.startFailed(reason: "it does not run", log: "")
        }
        return process
    }

    func execute(_ script: String) async throws {
        try await AdminConnection.with(cluster.adminURL) { connection in
            try await connection.execute(script: script)
        }
    }

    /// One value of one row, as the superuser.
    func value(_ sql: SQL) async throws -> String {
        try await AdminConnection.with(cluster.adminURL) { connection in
            let rows = try await connection.query(sql)
            return try rows.first?.decode("value") ?? ""
        }
    }
}
