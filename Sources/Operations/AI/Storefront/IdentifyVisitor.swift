package import Domain
import Storage

/// Somebody at a storefront that is open.
package struct StorefrontVisitor: Hashable, Sendable {
    package let principal: CallPrincipal
    /// What the storefront is called.
    package let storefront: String
}

/// Says whose the token of a visit is.
package struct IdentifyVisitor: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - token: The visit's.
    ///   - slug: The workspace's.
    /// - Returns: The visitor.
    /// - Throws: Not found for a workspace that is not open to the public, `unauthenticated` for a
    ///   token that is not good there.
    package func callAsFunction(
        token: String,
        storefront slug: String
    ) async throws -> StorefrontVisitor {
        let storefront = try await environment.storefront(slug)
        let visit = try environment.visit(token, in: storefront.tenant)
        return StorefrontVisitor(
            principal: .visitor(tenant: storefront.tenant, visitor: visit.hash),
            storefront: storefront.name
        )
    }
}
