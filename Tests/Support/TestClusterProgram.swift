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
    ///
    /// Not Foundation's `Process`: that waits until nobody holds a socket which a server left
    /// behind by pg_ctl inherits.
    static func spawn(_ command: [String]) throws {
        let errors = "\(NSTemporaryDirectory())/gwtest-error-\(UUID())"
        defer { unlink(errors) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDWR, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_RDWR, 0)
        posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT, 0o600)
        // A server that inherited another test's listening socket would keep it open.
        for number: Int32 in 3..<1024 { posix_spawn_file_actions_addclose(&actions, number) }
        var arguments = command.map { strdup($0) as UnsafeMutablePointer<CChar>? }
        defer { for argument in arguments { free(argument) } }
        arguments.append(nil)
        var process = pid_t()
        var status: Int32 = 0
        guard posix_spawnp(&process, command[0], &actions, nil, arguments, environ) == 0 else {
            throw Failure(description: "cannot run \(command[0])")
        }
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        guard status == 0 else {
            let text = (try? String(contentsOfFile: errors, encoding: .utf8)) ?? ""
            throw Failure(description: "\(command.joined(separator: " ")): \(text)")
        }
    }
}

extension FileManager {
    fileprivate func isDirectory(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }
}
