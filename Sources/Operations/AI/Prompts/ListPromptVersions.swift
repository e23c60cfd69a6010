package import Domain
import Storage

/// Lists the versions of a prompt, the newest first.
package struct ListPromptVersions: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: The prompt's.
    ///   - request: How many, after which.
    ///   - caller: Needs `ai.prompt.read`.
    /// - Returns: A page of versions.
    /// - Throws: Not found, `cursor_invalid`.
    package func callAsFunction(
        of id: PromptID,
        page request: PageRequest,
        by caller: TenantCaller
    ) async throws -> Page<PromptVersion> {
        _ = try await ListPrompts(environment)(id, by: caller)
        let fetched = try await environment.database.fetch(
            .tenant(caller, .aiPromptRead),
            try PromptStore.versions(of: id, request, in: caller.tenant)
        )
        let versions = try fetched.rows.map(PromptStore.version)
        return Page(surplus: versions, request: request) { PagePosition([String($0.number)]) }
    }
}
