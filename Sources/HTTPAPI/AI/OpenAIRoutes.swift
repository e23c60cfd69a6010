import Domain
import HTTPTypes
import Operations

/// The same door in the form of OpenAI's interface, so that its clients work with another base
/// address.
enum OpenAIRoutes {
    static let all: [Route] = [completion, OpenAIEmbeddings.route, models, model]

    static let base = "/api/v1/ai/openai/v1"

    private static let completion = Route(
        .post,
        "\(base)/chat/completions",
        .init(
            operation: "ai.openai.chat",
            summary: "Ask a model in the form of OpenAI's chat completions",
            tag: "AI"
        ),
        access: .workspace(.aiUse),
        input: .init(headers: [.idempotencyKey], body: OpenAIBody.shape),
        output: .init(
            schema: .named("OpenAIChatCompletion"),
            otherMediaTypes: [EventStream.mediaType],
            errors: ChatRoutes.errors,
            deadline: ChatRoutes.deadline,
            problems: .openAI
        ),
        handler: complete
    )

    private static let models = Route(
        .get,
        "\(base)/models",
        .init(
            operation: "ai.openai.models",
            summary: "The models that may be asked, in the form of OpenAI's list",
            tag: "AI"
        ),
        access: .workspace(.aiUse),
        output: .init(
            schema: .named("OpenAIModels"),
            errors: WorkspaceRoutes.refused,
            problems: .openAI
        )
    ) { exchange in
        let models = try await ListModels(exchange.environment)(by: exchange.tenantCaller())
        return .json(["object": "list", "data": .array(models.map(OpenAIJSON.model))])
    }

    private static let model = Route(
        .get,
        "\(base)/models/{model}",
        .init(
            operation: "ai.openai.model",
            summary: "One of the models that may be asked, in OpenAI's form",
            tag: "AI"
        ),
        access: .workspace(.aiUse),
        output: .init(
            schema: .named("OpenAIModel"),
            errors: WorkspaceRoutes.refused + [.notFound],
            problems: .openAI
        )
    ) { exchange in
        let find = FindModel(exchange.environment)
        let model = try await find(exchange.pathValue("model"), by: exchange.tenantCaller())
        return .json(OpenAIJSON.model(model))
    }

    @Sendable private static func complete(_ exchange: Exchange) async throws -> Answer {
        let order = try OpenAIBody.order(exchange.body)
        let key = try exchange.idempotencyKey()
        let caller = try await exchange.tenantCaller()
        let model = try exchange.body.requiredText("model")
        return try await exchange.answer {
            OpenAIJSON.completion($0, at: .now)
        } events: { reply in
            let chunks = OpenAIChunks(
                id: reply.id,
                model: model,
                created: .now,
                withUsage: OpenAIBody.wantsUsage(exchange.body)
            )
            return { chunks.events($0) }
        } _: {
            try await CompleteChat(exchange.environment)(
                order,
                idempotencyKey: key,
                by: .member(caller)
            )
        }
    }
}
