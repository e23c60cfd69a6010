import Foundation
import Testing

/// The demonstration, and sessions of those whom stories are about, once for a whole suite.
struct StoryPlatform: SuiteTrait, TestScoping {
    static let password = DemoPlatform.password

    var isRecursive: Bool { false }

    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing body: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await DemoPlatform().provideScope(for: test, testCase: testCase) {
            guard let shell = DemoPlatform.shell else { throw CocoaError(.fileNoSuchFile) }
            try Self.signIn(
                "omar@acme-charity.example",
                as: "omar",
                password: Self.password,
                on: shell
            )
            try await body()
        }
    }

    /// Signs a person in, in a state folder that stories take the session from.
    static func signIn(
        _ email: String,
        as name: String,
        password: String,
        on platform: Shell
    ) throws {
        var shell = platform
        shell.environment["GHOSTWORKS_STATE_DIRECTORY"] = platform.folder + "/people/" + name
        let login = try shell.run("login", email, "--password-stdin", input: password + "\n")
        guard login.status == 0 else { throw Storyteller.Failure(description: login.errors) }
    }
}
