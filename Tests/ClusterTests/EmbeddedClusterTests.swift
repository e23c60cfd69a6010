import Foundation
import Glibc
import Postgres
import Testing

@testable import Cluster

@Suite struct EmbeddedClusterTests {
    @Test func `the first start makes a database that only its owner can reach`() async throws {
        try await TestCluster.with { test in
            #expect(try await test.cluster.status() == .absent)
            try await test.cluster.start()
            let process = try await test.process()
            #expect(TestFolder.mode(test.layout.data) == 0o700)
            #expect(TestFolder.mode(test.layout.socketFolder) == 0o700)
            let settings = try await test.value(
                """
                SELECT concat_ws(' ', current_database(), current_user,
                    current_setting('data_checksums'), current_setting('server_encoding'),
                    current_setting('lc_collate'), current_setting('password_encryption'),
                    current_setting('timezone'), '[' || current_setting('listen_addresses') || ']')
                    AS value
                """
            )
            #expect(settings == "ghostworks postgres on UTF8 C.UTF-8 scram-sha-256 UTC []")

            try await test.cluster.start()
            #expect(try await test.process() == process)
        }
    }

    @Test func `stop ends the server and start goes on with the data`() async throws {
        try await TestCluster.with { test in
            #expect(try await test.cluster.stop() == false)
            try await test.cluster.start()
            try await test.execute("CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)")
            #expect(try await test.cluster.stop())
            guard case .stopped = try await test.cluster.status() else {
                Issue.record("it must be stopped")
                return
            }
            #expect(try await test.cluster.stop() == false)
            try await test.cluster.start()
            #expect(try await test.value("SELECT id::text AS value FROM kept") == "7")
        }
    }

    @Test func `a killed server is started again with what was committed`() async throws {
        try await TestCluster.with { test in
            try await test.cluster.start()
            try await test.execute("CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)")
            // A second session at work: its process outlives the server for a moment.
            let busy = try await PostgresConnection.connect(try test.cluster.adminSettings())
            try await busy.execute(script: "BEGIN; INSERT INTO kept VALUES (8)")
            let process = try await test.process()
            #expect(kill(process, SIGKILL) == 0)
            while ServerProcesses(data: test.layout.data).postmaster != nil { await Task.yield() }
            try await test.cluster.start()
            #expect(try await test.process() != process)
            #expect(
                try await test.value("SELECT string_agg(id::text, ' ') AS value FROM kept") == "7"
            )
            await busy.close()
        }
    }

    @Test func `a killed server is revived, and a stopped or a running one is left`() async throws {
        try await TestCluster.with { test in
            #expect(try await test.cluster.revive() == false)
            try await test.cluster.start()
            #expect(try await test.cluster.revive() == false)
            let process = try await test.process()
            #expect(kill(process, SIGKILL) == 0)
            while ServerProcesses(data: test.layout.data).postmaster != nil { await Task.yield() }
            #expect(try await test.cluster.revive())
            #expect(try await test.process() != process)
            #expect(try await test.value("SELECT 'here' AS value") == "here")
            #expect(try await test.cluster.stop())
            #expect(try await test.cluster.revive() == false)
        }
    }

    @Test func `a stale pid file of somebody else's process is no obstacle`() async throws {
        try await TestCluster.with { test in
            try await test.cluster.start()
            _ = try await test.cluster.stop()
            let file = test.layout.data + "/postmaster.pid"
            try "\(getpid())\n\(test.layout.data)\n".write(
                toFile: file,
                atomically: false,
                encoding: .utf8
            )
            try "\(getpid())\n".write(
                toFile: test.layout.socket + ".lock",
                atomically: false,
                encoding: .utf8
            )
            guard case .stopped = try await test.cluster.status() else {
                Issue.record("a process that works elsewhere is not the server")
                return
            }
            #expect(try await test.cluster.stop() == false)
            try await test.cluster.start()
            #expect(try await test.process() != getpid())
        }
    }

    @Test func `concurrent starts make one server, over what a killed initdb left`() async throws {
        try await TestCluster.with { test in
            try FileManager.default.createDirectory(
                atPath: test.layout.unfinishedData + "/base",
                withIntermediateDirectories: true
            )
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    let other = EmbeddedCluster(layout: test.layout)
                    group.addTask { try await other.start() }
                }
                try await group.waitForAll()
            }
            _ = try await test.process()
            #expect(ServerProcesses(data: test.layout.data).orphans.isEmpty)
            #expect(!FileManager.default.fileExists(atPath: test.layout.unfinishedData))
        }
    }

    @Test func `a server that cannot start says why`() async throws {
        try await TestCluster.with { test in
            try await test.cluster.start()
            _ = try await test.cluster.stop()
            try "max_connections = many\n".write(
                toFile: test.layout.data + "/postgresql.auto.conf",
                atomically: false,
                encoding: .utf8
            )
            let error = await #expect(throws: ClusterError.self) { try await test.cluster.start() }
            guard case .startFailed(let reason, let log) = error else {
                Issue.record("it must fail to start, not \(String(describing: error))")
                return
            }
            #expect(reason.contains("FATAL"))
            #expect(log == test.layout.startLog)
        }
    }

    @Test func `a data folder of another major version is refused`() async throws {
        try await TestFolder.with { folder in
            let layout = ClusterLayout(root: folder.path)
            try FileManager.default.createDirectory(
                atPath: layout.data,
                withIntermediateDirectories: true
            )
            try "9\n".write(
                toFile: layout.data + "/PG_VERSION",
                atomically: false,
                encoding: .utf8
            )
            let cluster = EmbeddedCluster(layout: layout)
            let error = await #expect(throws: ClusterError.self) { try await cluster.start() }
            guard case .otherMajor(layout.data, data: 9, _) = error else {
                Issue.record("the version must be seen, not \(String(describing: error))")
                return
            }
        }
    }

    @Test func `a folder of other files is refused`() async throws {
        try await TestFolder.with { folder in
            let layout = ClusterLayout(root: folder.path)
            try FileManager.default.createDirectory(
                atPath: layout.data + "/photos",
                withIntermediateDirectories: true
            )
            let cluster = EmbeddedCluster(layout: layout)
            let refusal = ClusterError.notACluster(folder: layout.data)
            await #expect(throws: refusal) { try await cluster.start() }
            await #expect(throws: refusal) { try await cluster.stop() }
            await #expect(throws: refusal) { try await cluster.status() }
        }
    }

    @Test func `a socket path that is too long is refused before anything is made`() async throws {
        try await TestFolder.with { folder in
            let layout = ClusterLayout(
                root: folder.path + "/" + String(repeating: "x", count: 80)
            )
            let cluster = EmbeddedCluster(layout: layout)
            await #expect(
                throws: ClusterError.socketPathTooLong(
                    layout.socket,
                    bytes: layout.socket.utf8.count
                )
            ) { try await cluster.start() }
            #expect(!FileManager.default.fileExists(atPath: layout.root))
        }
    }

    @Test func `no server programs are one sentence`() async throws {
        try await TestFolder.with { folder in
            let cluster = EmbeddedCluster(
                layout: ClusterLayout(root: folder.path + "/ghostworks"),
                places: ServerPrograms.Places(versioned: folder.path, path: []),
                patience: 1
            )
            await #expect(throws: ClusterError.programsMissing) { try await cluster.start() }
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root changes to another user"))
    func `a folder closed to the server's user is refused`() async throws {
        try await TestFolder.with { folder in
            chmod(folder.path, 0o700)
            let layout = ClusterLayout(root: folder.path + "/ghostworks")
            let cluster = EmbeddedCluster(layout: layout)
            await #expect(throws: ClusterError.folderClosed(layout.root, account: "postgres")) {
                try await cluster.start()
            }
        }
    }
}
