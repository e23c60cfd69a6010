import Domain
import Storage

/// Takes the buckets out of the shared table that are empty again.
package struct ForgetRates: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction() async throws {
        try await environment.database.system(reason: .worker) { scope in
            _ = try scope.last([RateStore.forget])
        }
    }
}
