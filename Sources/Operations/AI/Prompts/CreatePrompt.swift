package import Domain
import Storage

/// Keeps a prompt under a name, with its first version.
package struct CreatePrompt: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - new: Name and templates.
    ///   - caller: Needs `ai.prompt.manage`.
    /// - Returns: The prompt at version 1.
    /// - Throws: `name_taken`.
    package func callAsFunction(
        _ new: NewPrompt,
        by caller: TenantCaller
    ) async throws -> TenantPrompt {
        try await environment.database.write(.tenant(caller, .aiPromptManage)) { scope in
            let user = caller.caller.user
            let id = scope.newID(AIPrompt.self)
            _ = try scope.batch([
                PromptStore.insert(new, id: id, by: user, in: caller.tenant),
                PromptStore.insertVersion(new.text, number: 1, of: id, by: user, in: caller.tenant),
            ])
            let desk = PromptDesk(scope: scope)
            let prompt = try desk.lock(id)
            var changes = Changes()
            changes.note("name", from: .null, to: .string(new.name))
            changes.note("version", from: .null, to: .integer(1))
            _ = try scope.last([desk.record("ai.prompt_created", .create, prompt, changes)])
            return prompt
        }
    }
}
