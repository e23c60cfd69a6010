package import Domain
import FoundationEssentials
import Sealing
import Storage

/// A visit to a storefront.
package struct Visit: Hashable, Sendable {
    package let token: String
    package let expiresAt: Instant
    /// What the storefront is called.
    package let storefront: String
}

/// Gives a visitor of a storefront the token that questions need.
package struct BeginVisit: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - slug: The workspace's.
    ///   - token: Of an earlier visit: while it is good, the visitor stays the same, with their
    ///     conversations and what they used of the day.
    ///   - client: The address that is counted.
    /// - Returns: The visit with its token.
    /// - Throws: Not found for a workspace that is missing, suspended or not open to the public;
    ///   `ai_rate_limited`.
    package func callAsFunction(
        _ slug: String,
        goingOn token: String? = nil,
        from client: String
    ) async throws -> Visit {
        let desk = environment.desk
        _ = try desk.take([
            RateCheck(.modelCalls("address:\(client)"), desk.limits.addressCalls)
        ])
        let storefront = try await environment.storefront(slug)
        let now = environment.database.clock.now()
        let earlier = token.flatMap { try? environment.visit($0, in: storefront.tenant) }
        let visit = VisitorToken(
            tenant: storefront.tenant,
            visitor: earlier?.visitor ?? UUID(),
            expiresAt: now.advanced(by: VisitorToken.life)
        )
        return Visit(
            token: try visit.text(environment.sealer),
            expiresAt: visit.expiresAt,
            storefront: storefront.name
        )
    }
}

extension Environment {
    /// The visit to a workspace that a token stands for.
    ///
    /// - Throws: `unauthenticated` for a token that is not good there, or not any more.
    func visit(_ token: String, in tenant: TenantID) throws(DomainError) -> VisitorToken {
        try VisitorToken(
            parsing: token,
            tenant: tenant,
            sealer: sealer,
            now: database.clock.now()
        )
    }

    /// The workspace behind a slug, if it is open to the public.
    func storefront(_ slug: String) async throws -> (tenant: TenantID, name: String) {
        guard !slug.utf8.contains(0), slug.utf8.count <= 63 else {
            throw DomainError.notFound("storefront", Validation.quotable(slug))
        }
        let found = try await database.system(reason: .aiGateway) { scope in
            try scope.last([StorefrontStore.open(slug)])[0].first.map(StorefrontStore.found)
        }
        guard let found else { throw DomainError.notFound("storefront", slug) }
        return found
    }
}
