import Domain
import HTTPTypes
import Operations

/// The same door in the form of Anthropic's interface, so that its clients work with another base
/// address.
enum AnthropicRoutes {
    static let all: [Route] = [messages]

    private static let messages = Route(
        .post,
        "/api/v1/ai/anthropic/v1/messages",
        .init(
            operation: "ai.anthropic.messages",
            summary: "Ask a model in the form of Anthropic's messages",
            tag: "AI"
        ),
        access: .workspace(.aiUse),
        input: .init(
            // Clients of previews add `beta`.
            ignoresOtherQuery: true,
            headers: [.idempotencyKey, .apiKey],
            body: AnthropicBody.shape
        ),
        output: .init(
            schema: .named("AnthropicMessage"),
            otherMediaTypes: [EventStream.mediaType],
            errors: ChatRoutes.errors + [.malformedRequest],
            deadline: ChatRoutes.deadline,
            problems: .anthropic
        ),
        handler: answer
    )

    @Sendable private static func answer(_ exchange: Exchange) async throws -> Answer {
        let order = try AnthropicBody.order(exchange.body)
        let key = try exchange.idempotencyKey()
        let caller = try await exchange.tenantCaller()
        let model = try exchange.body.requiredText("model")
        let requestID = exchange.context.requestID
        return try await exchange.answer(waiting: AnthropicStream.ping) {
            AnthropicJSON.message($0)
        } events: { reply in
            let stream = AnthropicStream(id: reply.id, model: model, requestID: requestID)
            let events = AnthropicEvents(stream)
            return { events($0) }
        } _: {
            try await CompleteChat(exchange.environment)(
                order,
                idempotencyKey: key,
                by: .member(caller)
            )
        }
    }
}
