package import Domain
import Storage

/// The single objects that a member was given, the newest first.
package struct ListGrants: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(
        of user: UserID,
        page: PageRequest,
        by caller: TenantCaller
    ) async throws -> Page<MemberGrant> {
        let fetched = try await environment.database.fetch(
            .tenant(caller, .memberUpdateRole),
            try GrantStore.page(of: user, page, in: caller.tenant)
        )
        return Page(surplus: try fetched.rows.map(GrantStore.grant), request: page) { grant in
            PagePosition([String(grant.createdAt.microseconds), grant.resource.description])
        }
    }
}

/// One of them.
package struct FindGrant: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `not_found`.
    package func callAsFunction(
        _ kind: MemberGrant.Kind,
        _ id: ArtifactID,
        of user: UserID,
        by caller: TenantCaller
    ) async throws -> MemberGrant {
        let fetched = try await environment.database.fetch(
            .tenant(caller, .memberUpdateRole),
            GrantStore.find(kind, id, of: user, in: caller.tenant)
        )
        guard let row = fetched.rows.first else {
            throw DomainError.notFound("grant", "\(kind.rawValue)/\(id)")
        }
        return try GrantStore.grant(row)
    }
}
