import Domain
import HTTPTypes
import Operations

/// The same door in the form of Anthropic's interface, so that its clients work with another base
/// address.
enum AnthropicRoutes {
    static let all: [Route] = [messages, count, models, model]

    static let base = "/api/v1/ai/anthropic/v1"

    private static let messages = Route(
        .post,
        "\(base)/messages",
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

    private static let count = Route(
        .post,
        "\(base)/messages/count_tokens",
        .init(
            operation: "ai.anthropic.count",
            summary:
                "How many tokens a question is taken for, in Anthropic's form; no model is asked",
            tag: "AI"
        ),
        access: .workspace(.aiUse),
        input: .init(
            ignoresOtherQuery: true,
            headers: [.apiKey],
            body: AnthropicBody.countShape
        ),
        output: .init(
            schema: .named("AnthropicTokenCount"),
            errors: WorkspaceRoutes.refused + [
                .validationError, .modelNotAllowed, .malformedRequest,
            ],
            problems: .anthropic
        )
    ) { exchange in
        let tokens = try await CountTokens(exchange.environment)(
            try AnthropicBody.order(exchange.body),
            by: exchange.tenantCaller()
        )
        return .json(["input_tokens": .integer(tokens)])
    }

    private static let models = Route(
        .get,
        "\(base)/models",
        .init(
            operation: "ai.anthropic.models",
            summary: "The models that may be asked, in the form of Anthropic's list",
            tag: "AI"
        ),
        access: .workspace(.aiUse),
        input: .init(
            query: AnthropicModels.query,
            ignoresOtherQuery: true,
            headers: [.apiKey]
        ),
        output: .init(
            schema: .named("AnthropicModels"),
            errors: WorkspaceRoutes.refused + [.validationError],
            problems: .anthropic
        )
    ) { exchange in
        let models = try await ListModels(exchange.environment)(by: exchange.tenantCaller())
        return .json(try AnthropicModels.page(models, exchange.query))
    }

    private static let model = Route(
        .get,
        "\(base)/models/{model}",
        .init(
            operation: "ai.anthropic.model",
            summary: "One of the models that may be asked, in Anthropic's form",
            tag: "AI"
        ),
        access: .workspace(.aiUse),
        input: .init(ignoresOtherQuery: true, headers: [.apiKey]),
        output: .init(
            schema: .named("AnthropicModel"),
            errors: WorkspaceRoutes.refused + [.notFound],
            problems: .anthropic
        )
    ) { exchange in
        let find = FindModel(exchange.environment)
        let model = try await find(exchange.pathValue("model"), by: exchange.tenantCaller())
        return .json(AnthropicModels.model(model))
    }

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
