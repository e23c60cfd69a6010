import Domain
import Storage

/// A version of a prompt as a call sends it.
struct ChatPrompt: Hashable, Sendable {
    let origin: CallOrigin.PromptVersion
    let text: RenderedPrompt
    /// Whether answers to it may be given to others of the workspace.
    let isShareable: Bool

    /// What the model is told before everything else.
    var before: [ChatMessage] { text.system.isEmpty ? [] : [ChatMessage(.system, text.system)] }

    /// What is asked before the messages of the order.
    var asked: [ChatMessage] { text.user.isEmpty ? [] : [ChatMessage(.user, text.user)] }

    /// Finds a prompt and fills it.
    ///
    /// Who may use a prompt may read it: a model repeats what it is told.
    ///
    /// - Throws: Not found for the prompt and for the version; a validation error that names every
    ///   variable that is missing or unknown; the guard's refusal.
    static func find(
        _ order: ChatOrder,
        _ environment: Environment,
        by principal: CallPrincipal
    ) async throws -> ChatPrompt? {
        guard let wanted = order.prompt, let caller = principal.member else { return nil }
        let fetched = try await environment.database.fetch(
            .tenant(caller, .aiPromptRead),
            PromptStore.version(wanted.choice, named: wanted.name, in: caller.tenant)
        )
        guard let row = fetched.rows.first else {
            throw DomainError.notFound("prompt", Validation.quotable(wanted.name))
        }
        guard let found = try PromptStore.named(row) else {
            throw DomainError.noVersion(wanted.choice, of: wanted.name)
        }
        let prompt = ChatPrompt(
            origin: CallOrigin.PromptVersion(id: found.id, version: Int32(found.version.number)),
            text: try found.version.text.rendered(wanted.values),
            isShareable: found.isShareable
        )
        let messages = prompt.asked + order.messages
        guard messages.contains(where: { $0.role != .system }) else {
            throw DomainError.invalid("messages", "must have one that is not of the system")
        }
        return prompt
    }
}
