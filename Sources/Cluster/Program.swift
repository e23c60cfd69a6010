import Dispatch
import Foundation
import Glibc

/// A program that is run to its end.
struct Program {
    let path: String
    let arguments: [String]

    /// What a program that ended left behind.
    struct Ending: Sendable {
        /// The exit status; 128 and the signal's number when a signal ended it.
        let status: Int32
        /// Standard output and error, in the order they were written.
        let output: String

        /// The last line that says something: what these programs end their complaints with.
        var lastLine: String {
            let lines = output.split(separator: "\n").filter { !$0.allSatisfy(\.isWhitespace) }
            // "examine the log output" tells nothing when the log is quoted beside it.
            let telling = lines.last { !$0.lowercased().contains("examine the log output") }
            return telling.map(String.init) ?? "it ended without a word"
        }
    }

    /// Runs the program in a plain environment.
    func run() async throws(ClusterError) -> Ending {
        let result = await withCheckedContinuation { continuation in
            // Waiting for a process blocks a thread, which the task pool has too few of.
            DispatchQueue.global().async { continuation.resume(returning: runBlocking()) }
        }
        return try result.get()
    }

    // Foundation's Process and a pipe will not do: the server that pg_ctl leaves behind would hold
    // what other threads had open at that moment, and those who wait for its end would wait for
    // ever. Here nothing but a file is handed down, and a file needs no end.
    private func runBlocking() -> Result<Ending, ClusterError> {
        guard access(path, X_OK) == 0 else { return .failure(.file(path, reason: "cannot be run")) }
        guard let output = Self.openUnnamedFile() else {
            return .failure(PrivateFile.failure("/tmp"))
        }
        defer { close(output) }
        guard let process = spawn(output: output) else {
            return .failure(.file(path, reason: "cannot be run"))
        }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        let signal = status & 0x7F
        let code = signal == 0 ? (status >> 8) & 0xFF : 128 + signal
        return .success(Ending(status: code, output: Self.text(of: output)))
    }

    private static func openUnnamedFile() -> Int32? {
        let name = "/tmp/ghostworks-output-\(UInt64.random(in: .min ... .max))"
        let file = open(name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { return nil }
        unlink(name)
        return file
    }

    private func spawn(output: Int32) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // The server lives long: what this process forgot to mark would stay open with it.
        for descriptor in Self.openDescriptors where descriptor > 2 && descriptor != output {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, output, 2)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // What this process ignores or blocks is not for the server to inherit.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)
        )

        var process: pid_t = 0
        // The caller's working folder may be closed to the server's user.
        let command = ["/usr/bin/env", "--chdir=/", path] + arguments
        let failure = Self.withCStrings(command) { words in
            Self.withCStrings(Self.environment) { settings in
                posix_spawn(&process, command[0], &actions, &attributes, words, settings)
            }
        }
        return failure == 0 ? process : nil
    }

    private static var openDescriptors: [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return names.compactMap { Int32($0) }
    }

    private static let environment = [
        "PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL=C.UTF-8", "LANG=C.UTF-8",
        "HOME=/", "TZ=UTC",
    ]

    /// Calls a body with a list of C strings that ends with a null pointer.
    private static func withCStrings<Value>(
        _ texts: [String],
        _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
    ) -> Value {
        let strings = texts.map { strdup($0) }
        defer { for string in strings { free(string) } }
        return body(strings + [nil])
    }

    private static func text(of file: Int32) -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = pread(file, &chunk, chunk.count, off_t(bytes.count))
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk[..<count]
        }
    }
}
