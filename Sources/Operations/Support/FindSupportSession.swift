package import Domain
import Storage

/// One of the operator's own support sessions, running or over.
package struct FindSupportSession: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `not_found`, for another operator's as well.
    package func callAsFunction(
        _ id: SupportSessionID,
        by caller: Caller
    ) async throws -> SupportSession {
        let fetched = try await environment.database.fetch(
            .platform(caller, .platformSupportOpen),
            SupportSessionStore.find(id)
        )
        guard let session = try fetched.rows.first.map(SupportSessionStore.session),
            session.staff == caller.user
        else { throw DomainError.notFound("support session", id.description) }
        return session
    }
}

extension SupportSession {
    /// The operator inside the tenant, for the use cases of tenants.
    package func caller(_ caller: Caller) -> TenantCaller {
        TenantCaller(caller: caller, tenant: tenant, supportSession: id, mode: mode)
    }
}
