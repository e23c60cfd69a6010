import Foundation
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
        let shell = try Shell()
        defer {
            _ = try? shell.run("database", "stop")
            shell.remove()
        }
        try Self.require(try shell.run("migrate", "up"))
        try Self.require(
            try shell.run(
                "operator",
                "create",
                "--email",
                Self.email,
                "--name",
                "Root",
                "--password-stdin",
                input: Self.password + "\n"
            )
        )
        try Self.require(
            try shell.run("login", Self.email, "--password-stdin", input: Self.password + "\n")
        )
        try await Self.$shell.withValue(shell) { try await body() }
    }

    private static func require(_ ending: Shell.Ending) throws {
        try #require(ending.status == 0, "\(ending.output)\(ending.errors)")
    }
}
