package import Domain
import Storage

/// One page of the workspace's members, the last to join first.
package struct ListMembers: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(
        _ filter: MemberFilter,
        page: PageRequest,
        by caller: TenantCaller
    ) async throws -> Page<Member> {
        var fetched = try await fetch(filter, page, by: caller, only: nil)
        // A guest sees only themselves; who is one is known only now.
        if fetched.authorization?.grant == .own {
            fetched = try await fetch(filter, page, by: caller, only: caller.caller.user)
        }
        return Page(
            surplus: try fetched.rows.map(MemberStore.member),
            request: page,
            position: \.position
        )
    }

    private func fetch(
        _ filter: MemberFilter,
        _ page: PageRequest,
        by caller: TenantCaller,
        only: UserID?
    ) async throws -> Fetched {
        try await environment.database.fetch(
            .tenant(caller, .memberRead),
            MemberStore.page(caller.tenant, filter, page, only: only)
        )
    }
}
