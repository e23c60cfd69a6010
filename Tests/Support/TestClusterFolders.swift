import Foundation
import Glibc
import Synchronization

/// The folders of this process' clusters, removed with their servers when it ends.
enum TestFolders {
    private static let prefix = "gwtest-"
    private static let base = "/tmp"
    private static let number = Atomic(0)
    private static let pristineFolder = Mutex<Result<String, any Error>?>(nil)

    /// Makes an empty folder that the server's user owns.
    static func make() throws -> String {
        let number = number.add(1, ordering: .relaxed).newValue
        let path = "\(base)/\(prefix)\(getpid())-\(number)"
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
        try PostgresProgram.own(path)
        return path
    }

    /// A data folder on which no server ever ran; made once.
    static func pristine() throws -> String {
        try pristineFolder.withLock { made in
            let result = made ?? Result { try makePristine() }
            made = result
            return try result.get()
        }
    }

    private static func makePristine() throws -> String {
        removeAll { kill($0, 0) != 0 && errno == ESRCH }
        atexit { TestFolders.removeAll { $0 == getpid() } }
        let path = "\(try make())/data"
        try PostgresProgram.run(
            "initdb",
            [
                "-A", "trust", "-U", "postgres", "--no-sync", "--no-instructions",
                "--locale=C.UTF-8", "-E", "UTF8", "-D", path,
            ]
        )
        return path
    }

    /// Kills the servers of the processes chosen, and removes their folders.
    private static func removeAll(where isChosen: (pid_t) -> Bool) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: base)) ?? []
        for name in names where name.hasPrefix(prefix) {
            let owner = name.dropFirst(prefix.count).split(separator: "-").first
            guard let process = owner.flatMap({ pid_t($0) }), isChosen(process) else { continue }
            let path = "\(base)/\(name)"
            killServer(in: "\(path)/data")
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    private static func killServer(in data: String) {
        let text = try? String(contentsOfFile: "\(data)/postmaster.pid", encoding: .utf8)
        let postmaster = text?.split(separator: "\n").first.flatMap { pid_t($0) }
        guard let postmaster, postmaster > 1 else { return }
        kill(postmaster, SIGQUIT)
        ProcessTable.waitForEnd(of: postmaster)
    }
}
