package import Domain
import Storage

/// Fills a version of a prompt with values, as a call would send it.
package struct RenderPrompt: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: The prompt's.
    ///   - choice: Which version.
    ///   - values: One for each variable of the version.
    ///   - caller: Needs `ai.prompt.read`.
    /// - Returns: The texts, and the version that was meant.
    /// - Throws: Not found, a validation error that names every variable that is missing or
    ///   unknown.
    package func callAsFunction(
        _ id: PromptID,
        _ choice: PromptChoice,
        values: [String: String],
        by caller: TenantCaller
    ) async throws -> (version: PromptVersion, text: RenderedPrompt) {
        let fetched = try await environment.database.fetch(
            .tenant(caller, .aiPromptRead),
            PromptStore.version(choice, of: id, in: caller.tenant)
        )
        guard let version = try fetched.rows.first.map(PromptStore.version) else {
            let prompt = try await ListPrompts(environment)(id, by: caller)
            throw DomainError.noVersion(choice, of: prompt.name)
        }
        return (version, try version.text.rendered(values))
    }
}
