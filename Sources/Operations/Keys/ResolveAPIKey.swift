package import Domain

/// Finds an API key of the workspace by what people call it: its name or its id.
package struct ResolveAPIKey: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - name: The name of a key that was not revoked, or an id, which is not looked up.
    ///   - caller: Members find their own keys.
    /// - Returns: The key's id.
    /// - Throws: A validation error for `scope_id` where no key, or more than one, has the name.
    package func callAsFunction(
        _ name: String,
        by caller: TenantCaller
    ) async throws -> APIKeyID {
        if let id = APIKeyID(name) { return id }
        var named: [APIKeyID] = []
        var position: PagePosition?
        let list = ListAPIKeys(environment)
        repeat {
            let request = try PageRequest(limit: PageRequest.limits.upperBound, after: position)
            let page = try await list(page: request, by: caller)
            named += page.items.filter { $0.name == name && $0.status == .active }.map(\.id)
            position = page.next
        } while position != nil
        guard let first = named.first else { throw Budget.Scope.apiKey.missingHolder }
        guard named.count == 1 else {
            throw DomainError.invalid(
                "scope_id",
                "must be an id: \(named.count) API keys have this name"
            )
        }
        return first
    }
}
