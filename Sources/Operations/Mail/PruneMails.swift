import Domain
import Storage

/// Forgets the mails that are done with.
package struct PruneMails: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Returns: How many were forgotten.
    @discardableResult
    package func callAsFunction() async throws -> Int {
        try await environment.database.system(reason: .worker) { scope in
            try scope.change(OutboxStore.prune)
        }
    }
}
