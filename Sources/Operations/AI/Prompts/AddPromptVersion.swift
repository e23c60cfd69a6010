package import Domain
import Storage

/// Adds a version to a prompt; the versions before it stay as they are.
package struct AddPromptVersion: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - text: The templates.
    ///   - number: The number that the caller expects it to have; nil for the next one.
    ///   - id: The prompt's.
    ///   - caller: Needs `ai.prompt.manage`.
    /// - Returns: The version.
    /// - Throws: Not found, `version_exists` for a number that is taken, a validation error for one
    ///   that leaves a gap.
    package func callAsFunction(
        _ text: PromptText,
        number: Int? = nil,
        to id: PromptID,
        by caller: TenantCaller
    ) async throws -> PromptVersion {
        try await environment.database.write(.tenant(caller, .aiPromptManage)) { scope in
            let desk = PromptDesk(scope: scope)
            let prompt = try desk.lock(id)
            let next = prompt.latest + 1
            try Self.require(number ?? next, next)
            let insert = PromptStore.insertVersion(
                text,
                number: next,
                of: id,
                by: caller.caller.user,
                in: caller.tenant
            )
            guard let row = try scope.query(insert).first else {
                throw DomainError(.internal, .internalError, "The version was not stored.")
            }
            let version = try PromptStore.version(row)
            var changes = Changes()
            changes.note("version", from: .integer(Int64(prompt.latest)), to: .integer(Int64(next)))
            _ = try scope.last([
                PromptStore.advance(id, to: next, in: caller.tenant),
                desk.record("ai.prompt_version_added", .update, prompt, changes),
            ])
            return version
        }
    }

    private static func require(_ number: Int, _ next: Int) throws(DomainError) {
        guard number > 0 else { throw .invalid("version", "must be 1 or more") }
        guard number >= next else {
            throw DomainError(
                .conflict,
                .versionExists,
                "The prompt has a version \(number), and versions never change.",
                hint: "The next one is \(next)."
            )
        }
        guard number == next else { throw .invalid("version", "must be \(next): none is left out") }
    }
}
