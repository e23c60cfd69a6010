import Domain
import HTTPTypes
import Operations

/// Questions to models.
enum ChatRoutes {
    static let all: [Route] = [chat, completion, embeddings, estimate, cache]

    /// What can go wrong on the way to a model and back.
    static let errors: [DomainError.Code] =
        WorkspaceRoutes.refused + [
            .validationError, .contextTooLong, .modelNotAllowed, .unpricedModel,
            .idempotencyKeyReused, .requestInProgress, .aiCallStopped, .aiBudgetExceeded,
            .aiBudgetExhausted, .aiRateLimited, .providerError, .allProvidersDown,
            .budgetUnavailable, .providerTimeout,
            .timeout,
        ]

    /// Longer than the longest call.
    static let deadline = Duration.seconds(330)

    private static let chat = Route(
        .post,
        "/api/v1/ai/chat",
        .init(
            operation: "ai.chat",
            summary: "Ask a model; with stream, the answer comes as events: delta, usage, done, or "
                + "error at the end",
            tag: "AI"
        ),
        access: .workspace(.aiUse),
        input: .init(headers: [.idempotencyKey], body: ChatBody.shape),
        output: .init(
            schema: .named("ChatAnswer"),
            otherMediaTypes: [EventStream.mediaType],
            errors: errors + [.notFound],
            deadline: deadline
        )
    ) { exchange in
        try await exchange.complete(try ChatBody.order(exchange.body))
    }

    private static let completion = Route(
        .post,
        "/api/v1/ai/completions",
        .init(
            operation: "ai.complete",
            summary: "Have a model answer one text; as chat otherwise",
            tag: "AI"
        ),
        access: .workspace(.aiUse),
        input: .init(headers: [.idempotencyKey], body: ChatBody.completion),
        output: .init(
            schema: .named("ChatAnswer"),
            otherMediaTypes: [EventStream.mediaType],
            errors: errors,
            deadline: deadline
        )
    ) { exchange in
        try await exchange.complete(try ChatBody.completion(exchange.body))
    }

    private static let embeddings = Route(
        .post,
        "/api/v1/ai/embeddings",
        .init(operation: "ai.embed", summary: "Vectors of texts", tag: "AI"),
        access: .workspace(.aiUse),
        input: .init(
            headers: [.idempotencyKey],
            body: BodyShape(
                "EmbeddingRequest",
                [
                    .required("input", .texts, "1 to 256 texts."),
                    .optional("model", .text, "One of GET /ai/models; the usual one unless told."),
                    .optional("purpose", .text, "A heading of the bill; embedding unless told."),
                ]
            )
        ),
        output: .init(schema: .named("Embeddings"), errors: errors, deadline: deadline)
    ) { exchange in
        let key = try exchange.idempotencyKey()
        let caller = try await exchange.tenantCaller()
        let embedded = try await exchange.whileClientStays {
            try await EmbedTexts(exchange.environment)(
                exchange.body.texts("input") ?? [],
                model: exchange.body.text("model"),
                purpose: exchange.body.text("purpose"),
                idempotencyKey: key,
                by: caller
            )
        }
        var answer = Answer.json(ChatJSON.embeddings(embedded))
        answer.headers[.modelCall] = embedded.id.description
        if embedded.isRepeated { answer.headers[.replayed] = "true" }
        return answer
    }

    private static let estimate = Route(
        .post,
        "/api/v1/ai/estimate",
        .init(
            operation: "ai.estimate",
            summary: "What a question would cost at most; no model is asked",
            tag: "AI"
        ),
        access: .workspace(.aiUse),
        input: .init(body: ChatBody.shape),
        output: .init(
            schema: .named("ChatEstimate"),
            errors: WorkspaceRoutes.refused + [
                .validationError, .contextTooLong, .modelNotAllowed, .notFound,
            ]
        )
    ) { exchange in
        let estimate = try await EstimateChat(exchange.environment)(
            try ChatBody.order(exchange.body),
            by: exchange.tenantCaller()
        )
        return .json(ChatJSON.estimate(estimate))
    }

    private static let cache = Route(
        .delete,
        "/api/v1/ai/cache",
        .init(
            operation: "ai.cache.clear",
            summary: "Forget all answers that are kept to be given again",
            tag: "AI"
        ),
        access: .workspace(.aiRouteManage),
        output: .init(status: .noContent, errors: WorkspaceRoutes.refused)
    ) { exchange in
        try await ClearResponseCache(exchange.environment)(by: exchange.tenantCaller())
        return .empty
    }
}

extension Exchange {
    /// Asks a model, and answers whole or as events, as the body wants it.
    func complete(_ order: ChatOrder) async throws -> Answer {
        let key = try idempotencyKey()
        let caller = try await tenantCaller()
        let requestID = context.requestID
        return try await answer(whole: ChatJSON.answer) { _ in
            { ChatJSON.events($0, requestID: requestID) }
        } _: {
            try await CompleteChat(environment)(order, idempotencyKey: key, by: .member(caller))
        }
    }
}

extension ChatJSON {
    static func embeddings(_ embedded: EmbeddedTexts) -> JSON {
        [
            "id": JSON(embedded.id), "model": .string(embedded.model),
            "embeddings": .array(
                embedded.vectors.map { vector in
                    .array(vector.map { .value(.number(Double($0))) })
                }
            ),
            "usage": use(embedded.use),
        ]
    }

    static func estimate(_ estimate: ChatEstimate) -> JSON {
        [
            "model": .string(estimate.model), "input_tokens": .integer(estimate.inputTokens),
            "max_output_tokens": .integer(estimate.outputCap),
            "input_cost_usd": estimate.inputNano.map { JSON(nanoUSD: $0) } ?? .null,
            "max_cost_usd": estimate.mostNano.map { JSON(nanoUSD: $0) } ?? .null,
        ]
    }
}
