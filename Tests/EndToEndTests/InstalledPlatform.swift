import Foundation
import Support
import Testing

/// An embedded cluster with an operator who is signed in, once for a whole suite.
struct InstalledPlatform: SuiteTrait, TestScoping {
    @TaskLocal static var shell: Shell?

    static let email = "root@example.org"
    static let password = "correct horse battery"

    var isRecursive: Bool { false }

    func provideScope(
        for _: Test,
        testCase _: Test.Case?,
        performing body: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await WaitingThreads.run {
            try await Shell.with { made in
                let shell = made.patient
                try Self.install(shell)
                try await Self.$shell.withValue(shell) { try await body() }
            }
        }
    }

    /// A migrated database, an operator, and a session.
    private static func install(_ shell: Shell) throws {
        let input = password + "\n"
        try require(try shell.run("migrate", "up"))
        try require(
            try shell.run(
                "operator",
                "create",
                "--email",
                email,
                "--name",
                "Root",
                "--password-stdin",
                input: input
            )
        )
        try require(try shell.run("login", email, "--password-stdin", input: input))
    }

    private static func require(_ ending: Shell.Ending) throws {
        try #require(ending.status == 0, "\(ending.output)\(ending.errors)")
    }
}
