import Domain
import Sealing
import Storage

/// Looks for an answer that was given before, and writes down that it was given again.
struct CachedAnswer: Sendable {
    private let environment: Environment

    init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Returns: The answer under an id of its own, free of charge; nil when there is none.
    func find(
        _ key: CacheKey,
        _ question: ChatQuestion,
        _ source: ChatSource
    ) async throws -> ChatAnswer? {
        let principal = question.principal
        let found = try await environment.database.fetch(
            principal.access,
            ResponseCacheStore.find(key.bytes, in: principal.tenant)
        )
        guard let row = found.rows.first, let hit = try ResponseCacheStore.hit(row) else {
            return nil
        }
        var answer = hit.answer
        answer.id = AICallID(Random.uuidV7(now: environment.database.clock.now().microseconds))
        answer.use.chargeNano = 0
        let note = ResponseCacheStore.note(
            answer,
            savedNano: hit.savedNano,
            purpose: question.order.purpose,
            channel: source.channel,
            user: principal.user,
            key: principal.apiKey,
            in: principal.tenant
        )
        try await environment.database.system(
            reason: .aiGateway,
            tenant: principal.tenant,
            user: principal.user
        ) { scope in
            _ = try scope.last([note])
        }
        return answer
    }
}
