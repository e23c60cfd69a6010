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
        // A guest sees only themselves.
        let fetched = try await environment.fetch(.memberRead, by: caller) { user in
            try MemberStore.page(caller.tenant, filter, page, only: user)
        }
        return Page(
            surplus: try fetched.rows.map(MemberStore.member),
            request: page,
            position: \.position
        )
    }
}
