package import Domain
import Storage

/// Ends the operator's own support session before its time.
package struct EndSupportSession: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `not_found` for a session that is not one's own, `invalid_transition` for one
    ///   that is over.
    package func callAsFunction(_ id: SupportSessionID, by caller: Caller) async throws {
        // The trail of the tenant can only be written in a context that names the tenant.
        let session = try await FindSupportSession(environment)(id, by: caller)
        try await environment.database.write(
            .platform(caller, .platformSupportOpen, tenant: session.tenant)
        ) { scope in
            guard try scope.change(SupportSessionStore.end(id)) == 1 else {
                throw DomainError(
                    .conflict,
                    .invalidTransition,
                    "The support session is already over."
                )
            }
            _ = try scope.last(SupportTrail(scope: scope, session: session).ended())
        }
    }
}
