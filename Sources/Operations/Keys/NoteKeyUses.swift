import Domain
import Storage

/// Notes that keys were used: in memory when a request was answered, in the table now and then.
package struct NoteKeyUses: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// Remembers one use; costs no round trip.
    package func remember(_ key: PresentedAPIKey) {
        environment.keys.note(key.proof, in: key.tenant, now: environment.database.clock.now())
    }

    /// Writes what was remembered, in one statement.
    package func callAsFunction() async throws {
        let uses = environment.keys.takeUses()
        guard !uses.isEmpty else { return }
        do {
            try await environment.database.system(reason: .worker) { scope in
                _ = try scope.last([APIKeyStore.touch(uses)])
            }
        } catch {
            environment.keys.giveBack(uses)
            throw error
        }
    }
}
