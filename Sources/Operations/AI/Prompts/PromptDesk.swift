import Domain
import Storage

extension DomainError {
    /// A prompt that is there, without the version that was asked for.
    static func noVersion(_ choice: PromptChoice, of prompt: String) -> DomainError {
        let prompt = Validation.quotable(prompt)
        let message =
            switch choice {
            case .latest: "The prompt \"\(prompt)\" has no version yet."
            case .number(let number): "The prompt \"\(prompt)\" has no version \(number)."
            case .label(let label):
                "No version of the prompt \"\(prompt)\" has the label "
                    + "\"\(Validation.quotable(label))\"."
            }
        return DomainError(.notFound, .notFound, message)
    }
}

/// The prompt that a change is about, and the line that it leaves in the trail: never its text.
struct PromptDesk {
    let scope: Scope

    func lock(_ id: PromptID) throws -> TenantPrompt {
        guard let row = try scope.query(PromptStore.lock(id, in: scope.tenant)).first else {
            throw DomainError.notFound("prompt", id.description)
        }
        return try PromptStore.prompt(row)
    }

    func record(
        _ action: String,
        _ operation: AuditEntry.Operation,
        _ prompt: TenantPrompt,
        _ changes: Changes
    ) -> Statement {
        let entry = AuditEntry(
            action: action,
            operation: operation,
            resourceType: "ai_prompt",
            resourceID: prompt.id.description,
            requestID: nil,
            changes: changes.canonical
        )
        let event = TenantEvent(
            action,
            data: .object([
                "id": .string(prompt.id.description), "name": .string(prompt.name),
            ]),
            visibility: .admins
        )
        return scope.record(entry, event: event)
    }
}
