import Domain
import Storage

/// Deletes what sign-in no longer needs: counters after a day, dead links after a week, tries after
/// ninety days, devices that were not used for a year.
package struct ForgetSignInTraces: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction() async throws {
        try await environment.database.system(reason: .worker) { scope in
            func daysAgo(_ days: Int) -> Instant {
                scope.clock.now().advanced(by: .seconds(-days * 86_400))
            }
            _ = try scope.last([
                SignInCountStore.forget(before: daysAgo(1)),
                LinkStore.forget(before: daysAgo(7)),
                SignInAttemptStore.forget(before: daysAgo(90)),
                DeviceStore.forget(before: daysAgo(365)),
            ])
        }
    }
}
