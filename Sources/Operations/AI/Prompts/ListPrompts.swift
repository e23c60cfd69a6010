package import Domain
import Storage

/// Lists the workspace's prompts by name, or finds one.
package struct ListPrompts: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - request: How many, after which.
    ///   - caller: Needs `ai.prompt.read`.
    /// - Returns: A page of prompts.
    /// - Throws: `cursor_invalid`.
    package func callAsFunction(
        page request: PageRequest,
        by caller: TenantCaller
    ) async throws -> Page<TenantPrompt> {
        let fetched = try await environment.database.fetch(
            .tenant(caller, .aiPromptRead),
            try PromptStore.page(request, in: caller.tenant)
        )
        let prompts = try fetched.rows.map(PromptStore.prompt)
        return Page(surplus: prompts, request: request) { PagePosition([$0.name]) }
    }

    /// - Throws: Not found.
    package func callAsFunction(
        _ id: PromptID,
        by caller: TenantCaller
    ) async throws -> TenantPrompt {
        let fetched = try await environment.database.fetch(
            .tenant(caller, .aiPromptRead),
            PromptStore.find(id, in: caller.tenant)
        )
        guard let row = fetched.rows.first else {
            throw DomainError.notFound("prompt", id.description)
        }
        return try PromptStore.prompt(row)
    }
}
