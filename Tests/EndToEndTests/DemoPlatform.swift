import Foundation
import Support
import Testing

/// The demonstration, loaded once by `ghostworks demo` for a whole suite.
struct DemoPlatform: SuiteTrait, TestScoping {
    @TaskLocal static var shell: Shell?
    /// What the first run said.
    @TaskLocal static var firstRun = ""

    static let email = "ada@ghostworks.example"
    static let password = "demo-ghostworks"

    var isRecursive: Bool { false }

    func provideScope(
        for _: Test,
        testCase _: Test.Case?,
        performing body: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await WaitingThreads.run {
            try await Shell.with { made in
                let shell = made.patient
                let loading = try shell.run("demo")
                try #require(loading.status == 0, "\(loading.output)\(loading.errors)")
                try await Self.$shell.withValue(shell) {
                    try await Self.$firstRun.withValue(loading.output) { try await body() }
                }
            }
        }
    }
}
