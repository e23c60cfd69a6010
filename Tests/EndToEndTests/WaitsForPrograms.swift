import Support
import Testing

/// Runs the tests of a suite where they may wait for programs without keeping others from going on.
struct WaitsForPrograms: SuiteTrait, TestScoping {
    var isRecursive: Bool { false }

    func provideScope(
        for _: Test,
        testCase _: Test.Case?,
        performing body: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await WaitingThreads.run { try await body() }
    }
}

/// What the suites of programs stand upon.
@Suite(WaitsForPrograms()) struct WaitingTests {
    @Test func `a test that waits for a program holds no thread that others need`() async {
        #expect(WaitingThreads.isHere)
        await Task.yield()
        #expect(WaitingThreads.isHere)
    }

    @Suite struct WithinTests {
        @Test(arguments: 1...3)
        func `a suite within waits on the same threads`(number: Int) {
            #expect(WaitingThreads.isHere, "\(number)")
        }
    }
}
