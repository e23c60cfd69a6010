import Foundation

/// Two Cognito user pools, run by moto as a program of its own, and the tokens that they gave.
public final class CognitoPool: Sendable {
    /// What one pool is, and what it gave to its one person.
    public struct Pool: Decodable, Sendable {
        /// Exactly as its tokens say it.
        public let issuer: String
        /// Where the emulator has its keys.
        public let keys: String
        /// The one client of the pool.
        public let client: String
        /// What says who the person is.
        public let identityToken: String
        /// What is for calls to an API.
        public let accessToken: String
    }

    private struct Pools: Decodable {
        let ours: Pool
        let theirs: Pool
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The pool that this installation trusts.
    public let ours: Pool
    /// A pool of somebody else.
    public let theirs: Pool
    private let input: Pipe
    private let process: ChildProcess
    private let errors: Pipe

    /// Starts the pools; they live until `stop`, or until this process is gone.
    ///
    /// - Throws: when Python or moto is missing; `.ci/python` installs both.
    public init() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let root = folder.deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let python = root.appending(path: ".build/python/bin/python")
        guard FileManager.default.isExecutableFile(atPath: python.path) else {
            throw Failure(description: "\(python.path) is missing; run .ci/python")
        }
        let input = Pipe()
        let output = Pipe()
        // A line for each request, and the reason when it fails.
        let errors = Pipe()
        let process = try ChildProcess(
            [python.path, folder.appending(path: "cognito.py").path],
            streams: .init(
                input: .descriptor(input.fileHandleForReading.fileDescriptor),
                output: .descriptor(output.fileHandleForWriting.fileDescriptor),
                errors: .descriptor(errors.fileHandleForWriting.fileDescriptor)
            )
        )
        for end in [output, errors] { try end.fileHandleForWriting.close() }
        guard let line = output.fileHandleForReading.line() else {
            process.signal(SIGKILL)
            let reason = errors.fileHandleForReading.part(within: .seconds(5)) ?? []
            throw Failure(
                description: "cognito.py did not say its pools: "
                    + String(decoding: reason, as: UTF8.self)
            )
        }
        let pools = try JSONDecoder().decode(Pools.self, from: Data(line))
        ours = pools.ours
        theirs = pools.theirs
        self.input = input
        self.process = process
        self.errors = errors
    }

    /// Ends the emulator.
    public func stop() {
        try? input.fileHandleForWriting.close()
        _ = try? process.wait(deadline: .seconds(10))
    }
}
