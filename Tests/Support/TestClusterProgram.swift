import Foundation
import Glibc

/// The programs of the PostgreSQL server, which refuse to run as root.
enum PostgresProgram {
    /// A program that could not be run or did not succeed.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private static let isRoot = geteuid() == 0

    /// Debian's newest version, or whatever `PATH` has.
    private static let folder: String = {
        let base = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: base)) ?? []
        return versions.compactMap { Int($0) }.max().map { "\(base)/\($0)/bin/" } ?? ""
    }()

    /// Runs one of the server's programs as its user.
    static func run(_ name: String, _ arguments: [String]) throws {
        let user = isRoot ? ["runuser", "-u", "postgres", "--"] : []
        try spawn(user + ["\(folder)\(name)"] + arguments)
    }

    /// Gives a file or an empty folder to the server's user.
    static func own(_ path: String) throws {
        chmod(path, FileManager.default.isDirectory(path) ? 0o700 : 0o600)
        guard isRoot, let user = getpwnam("postgres") else { return }
        guard chown(path, user.pointee.pw_uid, user.pointee.pw_gid) == 0 else {
            throw Failure(description: "chown \(path): \(String(cString: strerror(errno)))")
        }
    }

    /// Copies a folder with its owners.
    static func copy(_ source: String, to target: String) throws {
        try spawn(["cp", "-a", source, target])
    }

    /// Runs a program found in `PATH` and waits for it.
    static func spawn(_ command: [String]) throws { _ = try ChildProcess.output(of: command) }
}

extension FileManager {
    fileprivate func isDirectory(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }
}
