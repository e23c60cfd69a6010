package import Domain
import Storage

/// Puts names to the ids of API keys of the workspace, for lists of what they did.
package struct NameAPIKeys: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - ids: Which; those that were revoked are found too.
    ///   - caller: Members see their own keys; who may see none gets no names.
    /// - Returns: The keys that were found, by id.
    /// - Throws: `DomainError`, when the caller may not enter or the database cannot.
    package func callAsFunction(
        _ ids: Set<APIKeyID>,
        by caller: TenantCaller
    ) async throws -> [APIKeyID: APIKey] {
        guard !ids.isEmpty else { return [:] }
        do {
            let fetched = try await environment.fetch(.apikeyRead, by: caller) { user in
                APIKeyStore.named(ids, in: caller.tenant, only: user)
            }
            let keys = try fetched.rows.map(APIKeyStore.key)
            return Dictionary(keys.map { ($0.id, $0) }) { first, _ in first }
        } catch let error as DomainError where error.code == .permissionDenied {
            return [:]
        }
    }
}
