package import Domain
import Storage

/// One page of the caller's own live sessions, the latest sign-in first.
package struct ListSessions: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(
        page: PageRequest,
        by caller: Caller
    ) async throws -> Page<LiveSession> {
        let fetched = try await environment.database.fetch(
            .person(caller),
            SessionStore.page(of: caller.user, page)
        )
        return Page(
            surplus: try fetched.rows.map(SessionStore.live),
            request: page,
            position: \.position
        )
    }
}
