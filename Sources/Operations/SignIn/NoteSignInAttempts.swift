import Domain
import Storage

/// Writes the tries that were refused without asking the table, in one statement.
package struct NoteSignInAttempts: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction() async throws {
        let delayed = environment.front.takeDelayed()
        guard !delayed.isEmpty else { return }
        do {
            try await environment.database.system(reason: .signIn, commit: .soon) { scope in
                _ = try scope.last([SignInAttemptStore.count(delayed)])
            }
        } catch {
            environment.front.giveBack(delayed)
            throw error
        }
    }
}
