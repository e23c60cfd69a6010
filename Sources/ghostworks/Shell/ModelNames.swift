import Domain
import Operations

/// Finds models by what operators type.
struct ModelNames {
    let session: ShellSession

    /// - Throws: What to do instead, when there is no such model.
    func require(_ name: String) async throws {
        let known = try await ListModels(session.environment)(by: session.caller).map(\.id)
        guard !known.contains(name) else { return }
        throw Self.missing(DomainError.notFound("model", Validation.quotable(name)), name, known)
    }

    /// Does something with a model that was named; a near name is proposed for a mistyped one.
    func naming<Value>(_ name: String, _ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as DomainError where error.kind == .notFound {
            let known = try? await ListModels(session.environment)(by: session.caller).map(\.id)
            throw Self.missing(error, name, known ?? [])
        }
    }

    private static func missing(
        _ error: DomainError,
        _ name: String,
        _ known: [String]
    ) -> ExitMessage {
        ExitMessage(
            error.message,
            hint: NearestName.hint(for: name, among: known)
                ?? "See: ghostworks ai models --all"
        )
    }
}
