package import Domain
import Storage

/// One page of the consents that owners gave to support, the last first.
package struct ListSupportConsents: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(
        page: PageRequest,
        by caller: TenantCaller
    ) async throws -> Page<SupportConsent> {
        let fetched = try await environment.database.fetch(
            .tenant(caller, .auditRead),
            ConsentStore.page(caller.tenant, page)
        )
        return Page(
            surplus: try fetched.rows.map(ConsentStore.consent),
            request: page,
            position: \.position
        )
    }
}

/// One page of operators' stays in the workspace, for those who read its trail.
package struct ListTenantSupportSessions: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// `isLive` tells running from ended ones; nil shows both.
    package func callAsFunction(
        isLive: Bool?,
        page: PageRequest,
        by caller: TenantCaller
    ) async throws -> Page<SupportSession> {
        let fetched = try await environment.database.fetch(
            .tenant(caller, .auditRead),
            SupportSessionStore.page(in: caller.tenant, isLive: isLive, page)
        )
        return Page(
            surplus: try fetched.rows.map(SupportSessionStore.session),
            request: page,
            position: \.position
        )
    }
}
