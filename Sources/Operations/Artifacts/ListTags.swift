package import Domain
import Storage

/// Lists the tags of live artifacts, the most used first; at most 100.
package struct ListTags: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - prefix: What the tags begin with; nil lists all.
    ///   - caller: Needs `artifact.read`; with a grant for one's own only, counts only what
    ///     they made or were given.
    /// - Returns: Each tag with how many artifacts carry it.
    /// - Throws: `DomainError`, when the caller may not or the database cannot.
    package func callAsFunction(
        prefix: String? = nil,
        by caller: TenantCaller
    ) async throws -> [TagCount] {
        let counted = try await environment.fetch(.artifactRead, by: caller) { user in
            ArtifactStore.tags(prefix: prefix?.lowercased(), reachedBy: user, in: caller.tenant)
        }
        return try counted.rows.map(TagCount.init)
    }
}
