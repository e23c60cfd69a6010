import Domain
package import Inference

/// Finds what the offline provider answers from: the artifacts that its caller's own search finds.
package struct FindPassages: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// How many passages are worth an answer.
    private static let most = 5

    /// - Returns: The best ones first; none for a visitor, and for who may read no artifacts.
    package func callAsFunction(
        _ context: ChatContext,
        words: String
    ) async throws -> [Passage] {
        guard let caller = context.caller, caller.tenant == context.tenant else { return [] }
        do {
            let found = try await ListArtifacts(environment)(
                try ArtifactFilter(query: words),
                page: try PageRequest(limit: Self.most),
                by: caller
            )
            return found.page.items.map { artifact in
                Passage(
                    id: artifact.id.description,
                    name: artifact.name,
                    text: artifact.description
                )
            }
        } catch let error as DomainError where error.kind == .forbidden {
            return []
        }
    }
}
