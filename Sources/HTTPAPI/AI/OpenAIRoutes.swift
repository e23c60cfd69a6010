import Domain
import HTTPTypes
import Operations

/// The same door in the form of OpenAI's interface, so that its clients work with another base
/// address.
enum OpenAIRoutes {
    static let all: [Route] = [completion, models]

    private static let base = "/api/v1/ai/openai/v1"

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
        let models = try await ListChatModels(exchange.environment)(by: exchange.tenantCaller())
        return .json(["object": "list", "data": .array(models.map(OpenAIJSON.model))])
    }

    @Sendable private static func complete(_ exchange: Exchange) async throws -> Answer {
        let order = try OpenAIBody.order(exchange.body)
        let reply = try await CompleteChat(exchange.environment)(
            order,
            idempotencyKey: exchange.idempotencyKey(),
            by: .member(try await exchange.tenantCaller())
        )
        let headers = HTTPFields(reply)
        guard exchange.body.boolean("stream") == true else {
            let answer = try await reply.answer()
            return Answer(content: .json(OpenAIJSON.completion(answer, at: .now)), headers: headers)
        }
        let chunks = OpenAIChunks(
            id: reply.id,
            model: try exchange.body.requiredText("model"),
            created: .now,
            withUsage: OpenAIBody.wantsUsage(exchange.body)
        )
        return EventStream.answer(reply, headers: headers) { chunks.events($0) }
    }
}
