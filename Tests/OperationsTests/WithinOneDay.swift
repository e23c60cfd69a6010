import Domain
import Storage
import Testing

/// For tests of what is counted by the day or the month, by the clock of the database: one in which
/// a day ends proves nothing, and runs again.
struct WithinOneDay: SuiteTrait, TestTrait, TestScoping {
    var isRecursive: Bool { true }

    func provideScope(
        for _: Test,
        testCase _: Test.Case?,
        performing body: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let day = Self.today
        try await withKnownIssue("A day ended meanwhile.", isIntermittent: true) {
            try await body()
        } matching: { _ in
            Self.today != day
        }
        if Self.today != day { try await body() }
    }

    private static var today: Substring { SystemClock.live.now().rfc3339.prefix(10) }
}

extension Trait where Self == WithinOneDay {
    static var withinOneDay: Self { WithinOneDay() }
}
