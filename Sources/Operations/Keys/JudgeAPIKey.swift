import Domain
import Storage

/// Says of a key that is over its limit whether it is a key at all.
///
/// One that was revoked or has ended is told so and does not wait for its turn. The guard is asked
/// once a second for each key: a flood costs no statement a request.
package struct JudgeAPIKey: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `api_key_invalid`, `api_key_revoked` or `api_key_expired`. What else the guard
    ///   says, or that it cannot be asked, is not the question.
    package func callAsFunction(_ key: PresentedAPIKey, requestID: String) async throws {
        let now = environment.database.clock.now()
        guard !environment.keys.isGood(key.proof, in: key.tenant, now: now) else { return }
        do {
            _ = try await environment.database.fetch(
                .tenant(key.caller(requestID: requestID), .workspaceRead),
                APIKeyStore.nothing
            )
        } catch let error as DomainError where error.kind == .unauthenticated {
            throw error
        } catch let error as DomainError where error.kind != .forbidden {
            return
        } catch is DomainError {}
        environment.keys.noteGood(key.proof, in: key.tenant, now: now)
    }
}
