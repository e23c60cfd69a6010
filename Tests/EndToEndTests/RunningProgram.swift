import Foundation
import Glibc
import Support

/// The built program in the background, whose log is read while it runs.
final class RunningProgram {
    private let process: ChildProcess
    private let log = Pipe()
    private var text: [UInt8] = []
    private var isAtEnd = false

    /// What was awaited in vain, and what the log says.
    struct Failure: Error {
        let waitingFor: String
        let log: String
    }

    init(_ shell: Shell, _ arguments: [String]) throws {
        process = try ChildProcess(
            [Shell.program] + arguments,
            environment: shell.variables,
            streams: .init(errors: .descriptor(log.fileHandleForWriting.fileDescriptor))
        )
        // Ours would keep the pipe open after the program's end.
        try log.fileHandleForWriting.close()
    }

    deinit { try? log.fileHandleForReading.close() }

    /// The lines of the log so far.
    var lines: [String] {
        String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    func signal(_ number: Int32) {
        process.signal(number)
    }

    /// Waits until the log holds a text, or holds it so many times.
    func expect(
        count: Int = 1,
        _ words: String,
        deadline: Duration = .seconds(60)
    ) async throws {
        var waited = Duration.zero
        while text.ranges(of: Array(words.utf8)).count < count {
            guard !isAtEnd, waited < deadline else {
                throw Failure(waitingFor: words, log: String(decoding: text, as: UTF8.self))
            }
            read(&waited)
            await Task.yield()
        }
    }

    /// Waits for the end of the program; the status, or the signal as a negative number.
    func exit(deadline: Duration = .seconds(60)) async throws -> Int32 {
        var waited = Duration.zero
        while !isAtEnd {
            guard waited < deadline else {
                throw Failure(waitingFor: "the end", log: String(decoding: text, as: UTF8.self))
            }
            read(&waited)
            await Task.yield()
        }
        switch try process.wait() {
        case .status(let status): return status
        case .signal(let signal): return -signal
        }
    }

    /// Takes what has arrived, after waiting a little for it, and adds how long that took: a test
    /// that got no turn meanwhile was not waiting.
    private func read(_ waited: inout Duration) {
        let start = ContinuousClock.now
        defer { waited += min(start.duration(to: .now), .milliseconds(20)) }
        let descriptor = log.fileHandleForReading.fileDescriptor
        var file = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&file, 1, 20) > 0 else { return }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        if count > 0 { text += bytes.prefix(count) } else { isAtEnd = true }
    }
}
