import Foundation
public import Glibc
import Synchronization

/// A program beside the tests.
///
/// Foundation's `Process` learns of an end by a socket that closes, and every program that another
/// test starts at that moment inherits it: an end is then seen when the last of them is gone, which
/// may be waiting for this very test. Here a child gets what it is given and nothing else, and an
/// end is asked of the system.
public final class ChildProcess: Sendable {
    /// Where a stream comes from or goes to.
    public enum Stream: Sendable {
        case nowhere
        /// Read from its start, or written over.
        case file(String)
        /// The test's own.
        case inherited
        /// An end of a pipe, which stays the caller's.
        case descriptor(Int32)
    }

    /// How a program ended.
    public enum Exit: Hashable, Sendable {
        case status(Int32)
        case signal(Int32)

        /// The status; 128 and the number where a signal ended it.
        public var code: Int32 {
            switch self {
            case .status(let status): status
            case .signal(let signal): 128 + signal
            }
        }
    }

    /// A program that did not start, or did not end.
    public struct Failure: Error, CustomStringConvertible {
        /// The program, and what went wrong.
        public let description: String
    }

    /// The streams of a program.
    public struct Streams: Sendable {
        var input: Stream
        var output: Stream
        var errors: Stream

        /// What is not named is empty, or thrown away; errors stand in the test's own log.
        public init(
            input: Stream = .nowhere,
            output: Stream = .nowhere,
            errors: Stream = .inherited
        ) {
            self.input = input
            self.output = output
            self.errors = errors
        }
    }

    /// The process, also after its end.
    public let identifier: pid_t
    private let name: String
    private let exit = Mutex<Exit?>(nil)

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - command: the program, looked up in PATH unless it is a path, and its arguments.
    ///   - environment: all its variables; the test's own when nil.
    ///   - streams: its input, output and errors.
    ///   - terminal: its controlling terminal and all its streams, as a path, for a program with a
    ///     session of its own.
    /// - Throws: `Failure` when it cannot be run.
    public init(
        _ command: [String],
        environment: [String: String]? = nil,
        streams: Streams = Streams(),
        terminal: String? = nil
    ) throws {
        name = command.joined(separator: " ")
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        if let terminal {
            // The first file that a session leader opens becomes its controlling terminal.
            let newSession: Int16 = 0x80
            posix_spawnattr_setflags(&attributes, newSession)
            posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
            posix_spawn_file_actions_adddup2(&actions, 0, 1)
            posix_spawn_file_actions_adddup2(&actions, 0, 2)
        } else {
            let all = [streams.input, streams.output, streams.errors]
            for (number, stream) in all.enumerated() {
                Self.add(stream, as: Int32(number), to: &actions)
            }
        }
        for number in 3..<Self.limit { posix_spawn_file_actions_addclose(&actions, number) }
        var words = command.map { strdup($0) } + [nil]
        let variables = environment ?? ProcessInfo.processInfo.environment
        var settings = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + settings { free(text) } }
        var process = pid_t()
        let code = posix_spawnp(&process, command[0], &actions, &attributes, &words, &settings)
        guard code == 0 else {
            throw Failure(description: "\(command[0]): \(String(cString: strerror(code)))")
        }
        identifier = process
    }

    deinit {
        guard exit.withLock({ $0 }) == nil else { return }
        Glibc.kill(identifier, SIGKILL)
        var status: Int32 = 0
        waitpid(identifier, &status, 0)
    }

    /// More files than a test run has open at once, and no more than it may have: closing one
    /// beyond that fails.
    private static let limit = min(4_096, Int32(clamping: sysconf(Int32(_SC_OPEN_MAX))))

    private static func add(
        _ stream: Stream,
        as number: Int32,
        to actions: inout posix_spawn_file_actions_t
    ) {
        let flags = number == 0 ? O_RDONLY : O_WRONLY | O_CREAT | O_TRUNC
        switch stream {
        case .nowhere: posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_RDWR, 0)
        case .file(let path): posix_spawn_file_actions_addopen(&actions, number, path, flags, 0o600)
        case .inherited: break
        case .descriptor(let end): posix_spawn_file_actions_adddup2(&actions, end, number)
        }
    }
}

extension ChildProcess {
    /// Its end, when that has come.
    public var end: Exit? {
        exit.withLock { exit in
            var status: Int32 = 0
            if exit == nil, waitpid(identifier, &status, WNOHANG) == identifier {
                let signal = status & 0x7F
                exit = signal == 0 ? .status(status >> 8 & 0xFF) : .signal(signal)
            }
            return exit
        }
    }

    /// Sends a signal, unless the program has ended.
    public func signal(_ number: Int32) {
        if end == nil { Glibc.kill(identifier, number) }
    }

    /// Waits for its end, on the caller's thread.
    ///
    /// - Throws: `Failure` when it goes on for longer; it is killed then.
    @discardableResult
    public func wait(deadline: Duration = .seconds(300)) throws -> Exit {
        let limit = ContinuousClock.now + deadline
        while true {
            if let end { return end }
            guard ContinuousClock.now < limit else {
                signal(SIGKILL)
                throw Failure(description: "\(name) did not end within \(deadline)")
            }
            poll(nil, 0, 2)
        }
    }

    /// Runs a program to its end and gives what it wrote to its output.
    ///
    /// - Throws: `Failure` when it cannot be run, or fails.
    public static func output(of command: [String], input: String = "") throws -> String {
        let folder = NSTemporaryDirectory() + "/gw-child-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data(input.utf8).write(to: URL(filePath: folder + "/in"))
        let streams = Streams(
            input: .file(folder + "/in"),
            output: .file(folder + "/out"),
            errors: .file(folder + "/errors")
        )
        let exit = try ChildProcess(command, streams: streams).wait()
        guard exit == .status(0) else {
            let errors = try String(contentsOfFile: folder + "/errors", encoding: .utf8)
            throw Failure(description: "\(command.joined(separator: " ")): \(exit): \(errors)")
        }
        return try String(contentsOfFile: folder + "/out", encoding: .utf8)
    }
}
