import Foundation
import Glibc
import Testing

@testable import Cluster

@Suite struct ClusterFilesTests {
    @Test(arguments: [
        (["XDG_DATA_HOME": "/data", "HOME": "/home/ann"], false, "/data/ghostworks"),
        (["HOME": "/home/ann"], false, "/home/ann/.local/share/ghostworks"),
        (
            ["XDG_DATA_HOME": "data", "HOME": "/home/ann"], false,
            "/home/ann/.local/share/ghostworks"
        ),
        (["XDG_DATA_HOME": "/data", "HOME": "/root"], true, "/var/lib/ghostworks"),
    ])
    func `the data's place follows the user`(
        environment: [String: String],
        isRoot: Bool,
        root: String
    ) throws {
        let layout = try ClusterLayout.standard(environment: environment, isRoot: isRoot)
        #expect(layout.root == root)
        #expect(layout.data == root + "/postgres")
    }

    @Test(arguments: [[:], ["HOME": ""], ["HOME": "ann"]])
    func `no home is refused`(environment: [String: String]) {
        #expect(throws: ClusterError.noHome) {
            try ClusterLayout.standard(environment: environment, isRoot: false)
        }
    }

    @Test func `a socket path of 107 bytes is the longest`() throws {
        let rest = "/run/.s.PGSQL.5432".utf8.count
        let root = "/" + String(repeating: "x", count: 107 - rest - 1)
        try ClusterLayout(root: root).checkSocketPath()
        // Bytes count, not characters.
        let longer = ClusterLayout(root: root.dropLast() + "ä")
        #expect(throws: ClusterError.socketPathTooLong(longer.socket, bytes: 108)) {
            try longer.checkSocketPath()
        }
    }

    @Test func `a URL names the socket's folder in its host`() {
        let layout = ClusterLayout(root: "/a b")
        #expect(layout.url(role: "r") == "postgres://r@%2Fa%20b%2Frun/ghostworks")
        #expect(
            layout.url(role: "r", password: "p", database: "d")
                == "postgres://r:p@%2Fa%20b%2Frun/d"
        )
    }

    @Test func `only peers and passwords are let in`() {
        let account = ServerAccount(name: "postgres", user: 7, group: 7, isOther: true)
        let configuration = ServerConfiguration(
            layout: ClusterLayout(root: "/it's"),
            account: account
        )
        let rules = configuration.authentication.split(separator: "\n").dropFirst()
        #expect(
            rules == ["local all postgres peer map=ghostworks", "local all all scram-sha-256"]
        )
        #expect(
            configuration.identities.split(separator: "\n").dropFirst()
                == ["ghostworks \"root\" postgres", "ghostworks \"postgres\" postgres"]
        )
        #expect(configuration.settings.contains("unix_socket_directories = '/it''s/run'\n"))
        #expect(configuration.settings.contains("listen_addresses = ''\n"))
    }

    @Test func `an ordinary user runs the server as oneself`() throws {
        let account = try ServerAccount.current(user: 4_294_000)
        #expect(account.isOther == false)
        #expect(account.administrators == ["4294000"])
        #expect(account.program("/bin/x", ["y"]).path == "/bin/x")
    }

    @Test func `root without an unprivileged user is refused`() {
        #expect(throws: ClusterError.noAccount) {
            try ServerAccount.current(user: 0, unprivileged: "no-such-user")
        }
        #expect(throws: ClusterError.noAccount) {
            try ServerAccount.current(user: 0, unprivileged: "root")
        }
    }

    @Test func `a private file is replaced whole and closed to others`() async throws {
        try await TestFolder.with { folder in
            let file = PrivateFile(path: folder.path + "/secret")
            #expect(try file.read() == nil)
            try file.write("one")
            try file.write("two")
            #expect(try file.read() == "two")
            #expect(TestFolder.mode(file.path) == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["secret"])
        }
    }

    @Test func `a file that cannot be written is named`() {
        let file = PrivateFile(path: "/proc/none/secret")
        #expect(
            throws: ClusterError.file("/proc/none/secret", reason: "No such file or directory")
        ) { try file.write("x") }
    }

    @Test func `a lock lets one in at a time`() async throws {
        try await TestFolder.with { folder in
            let path = folder.path + "/lock"
            let held = try await ClusterLock.acquire(path, within: 0)
            let error = await #expect(throws: ClusterError.self) { try await enter(path) }
            #expect(error == .busy(seconds: 0))
            _ = consume held
            try await enter(path)
        }
    }

    private func enter(_ path: String) async throws {
        _ = try await ClusterLock.acquire(path, within: 0)
    }

    @Test func `a program's last telling line is quoted`() {
        let ending = Program.Ending(
            status: 1,
            output: "a\ninitdb: error: no room\n\npg_ctl: x\nExamine the log output.\n"
        )
        #expect(ending.lastLine == "pg_ctl: x")
        #expect(Program.Ending(status: 1, output: "").lastLine == "it ended without a word")
    }

    @Test func `a program that is not there is named`() async {
        await #expect(throws: ClusterError.file("/no/such", reason: "cannot be run")) {
            try await Program(path: "/no/such", arguments: []).run()
        }
    }
}
