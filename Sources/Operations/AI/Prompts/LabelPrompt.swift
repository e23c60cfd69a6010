package import Domain
import Storage

/// Points a label of a prompt at one of its versions, such as `production` at 3.
package struct LabelPrompt: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - label: A name that calls can use in place of a number.
    ///   - number: The version.
    ///   - id: The prompt's.
    ///   - expected: How often the label had been moved when the caller looked; nil for any.
    ///   - caller: Needs `ai.prompt.manage`.
    /// - Returns: The label as it is now.
    /// - Throws: Not found, `version_conflict`, a validation error for a version that is not there.
    package func callAsFunction(
        _ label: String,
        at number: Int,
        of id: PromptID,
        expected: Int64? = nil,
        by caller: TenantCaller
    ) async throws -> PromptLabel {
        try await environment.database.write(.tenant(caller, .aiPromptManage)) { scope in
            let desk = PromptDesk(scope: scope)
            let prompt = try desk.lock(id)
            let label = try Self.name(label)
            let before = prompt.labels.first { $0.label == label }
            try Self.require(expected, before)
            guard (1...max(1, prompt.latest)).contains(number) else {
                throw DomainError.invalid("version", "must be 1 to \(prompt.latest)")
            }
            if let before, before.version == number { return before }
            var changes = Changes()
            let old = before.map { JSONValue.integer(Int64($0.version)) } ?? .null
            changes.note("label.\(label)", from: old, to: .integer(Int64(number)))
            let put = PromptStore.putLabel(
                label,
                number,
                of: id,
                by: caller.caller.user,
                in: caller.tenant
            )
            _ = try scope.last([put, desk.record("ai.prompt_labelled", .update, prompt, changes)])
            let moves = (before?.labelVersion ?? 0) + 1
            return PromptLabel(label: label, version: number, labelVersion: moves)
        }
    }

    private static func name(_ text: String) throws(DomainError) -> String {
        let label = try PromptLabel.checked(text)
        guard label != "latest" else {
            throw .invalid("label", "must not be latest, which is always the newest version")
        }
        return label
    }

    private static func require(_ expected: Int64?, _ label: PromptLabel?) throws(DomainError) {
        guard let expected, expected != label?.labelVersion else { return }
        throw DomainError(
            .precondition,
            .versionConflict,
            "The label is at version \(label?.labelVersion ?? 0), not \(expected).",
            hint: "Look at it again before you move it."
        )
    }
}
