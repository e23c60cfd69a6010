import Domain
import HTTPTypes
import Operations

/// The platform's models, providers and prices.
enum CatalogueRoutes {
    static let all: [Route] = [
        providers, addProvider, models, addModel, setModel, prices, setPrice, proposals, approve,
        reject,
    ]

    private static let base = "/api/v1/admin/ai"
    private static let tag = "Platform"

    private static let providers = Route(
        .get,
        "\(base)/providers",
        .init(operation: "ai.provider.list", summary: "The providers of models", tag: tag),
        access: .platform(.platformAiManage),
        output: .init(schema: .page(of: "AIProvider"), errors: [.permissionDenied])
    ) { exchange in
        let found = try await ListProviders(exchange.environment)(by: exchange.caller())
        return .list(found.map(CatalogueJSON.provider))
    }

    private static let addProvider = Route(
        .post,
        "\(base)/providers",
        .init(
            operation: "ai.provider.add",
            summary: "List a provider; address and key are settings under the same id",
            tag: tag
        ),
        access: .platform(.platformAiManage),
        input: .init(
            body: BodyShape(
                "NewAIProvider",
                [
                    .required("id", .text, "Its name in the settings."),
                    .required(
                        "kind",
                        .choice(AIProvider.Kind.allCases.map(\.rawValue)),
                        "How it is spoken to."
                    ),
                    .optional("name", .text, "What people call it; the id unless told."),
                ]
            )
        ),
        output: .init(
            status: .created,
            schema: .named("AIProvider"),
            errors: [.permissionDenied, .versionExists, .validationError]
        )
    ) { exchange in
        let provider = try await AddProvider(exchange.environment)(
            id: exchange.body.requiredText("id"),
            name: exchange.body.text("name"),
            kind: exchange.body.choice("kind") ?? .openai,
            by: exchange.caller()
        )
        return .json(CatalogueJSON.provider(provider))
    }

    private static let models = Route(
        .get,
        "\(base)/models",
        .init(
            operation: "ai.model.list",
            summary: "All models, the disabled ones too, with their prices of now",
            tag: tag
        ),
        access: .platform(.platformAiManage),
        output: .init(schema: .page(of: "AIModel"), errors: [.permissionDenied])
    ) { exchange in
        let found = try await ListModels(exchange.environment)(by: exchange.caller())
        return .list(found.map(CatalogueJSON.model))
    }

    private static let addModel = Route(
        .post,
        "\(base)/models",
        .init(
            operation: "ai.model.add",
            summary: "List a model; it needs a price where budgets limit cost",
            tag: tag
        ),
        access: .platform(.platformAiManage),
        input: .init(
            body: BodyShape(
                "NewAIModel",
                [
                    .required("id", .text, "What calls name, such as provider/model."),
                    .required("provider", .text, "The id of a provider."),
                    .optional("name", .text, "What people call it; the id unless told."),
                    .required("context_tokens", .integer, "The most that it reads and writes."),
                    .required("max_output_tokens", .integer, "The most that it writes."),
                ]
            )
        ),
        output: .init(
            status: .created,
            schema: .named("AIModel"),
            errors: [.permissionDenied, .versionExists, .validationError]
        )
    ) { exchange in
        let new = try NewModel(
            id: exchange.body.requiredText("id"),
            provider: exchange.body.requiredText("provider"),
            name: exchange.body.text("name"),
            contextTokens: exchange.body.integer("context_tokens") ?? 0,
            maxOutputTokens: exchange.body.integer("max_output_tokens") ?? 0
        )
        let model = try await AddModel(exchange.environment)(new, by: exchange.caller())
        return .json(CatalogueJSON.model(model))
    }

    private static let setModel = Route(
        .patch,
        "\(base)/models",
        .init(
            operation: "ai.model.set",
            summary: "Let calls name a model, or keep them from it",
            tag: tag
        ),
        access: .platform(.platformAiManage),
        input: .init(
            body: BodyShape(
                "AIModelChange",
                [
                    .required("model", .text, "The model's id."),
                    .required(
                        "status",
                        .choice(CatalogueStatus.allCases.map(\.rawValue)),
                        "Whether calls may name it."
                    ),
                ]
            )
        ),
        output: .init(
            schema: .named("AIModel"),
            errors: [.permissionDenied, .notFound, .validationError]
        )
    ) { exchange in
        let model = try await SetModelStatus(exchange.environment)(
            exchange.body.requiredText("model"),
            exchange.body.choice("status") ?? .active,
            by: exchange.caller()
        )
        return .json(CatalogueJSON.model(model))
    }
}

extension CatalogueRoutes {
    private static let prices = Route(
        .get,
        "\(base)/prices",
        .init(
            operation: "ai.price.list",
            summary: "Versions of prices, those of the future too, the newest first",
            tag: tag
        ),
        access: .platform(.platformAiManage),
        input: .init(
            query: [QueryParameter(name: "model", kind: .text, note: "Only this one's.")]
                + QueryParameter.page
        ),
        output: .init(
            schema: .page(of: "AIPrice"),
            errors: [.permissionDenied, .cursorInvalid]
        )
    ) { exchange in
        let page = try await ListPrices(exchange.environment)(
            of: exchange.query.text("model"),
            page: exchange.pageRequest(of: "ai-prices"),
            by: exchange.caller()
        )
        return try exchange.answer(page, of: "ai-prices", as: CatalogueJSON.price)
    }

    private static let setPrice = Route(
        .post,
        "\(base)/prices",
        .init(
            operation: "ai.price.set",
            summary: "Give a model its next price; more than ten times waits for a second operator",
            tag: tag
        ),
        access: .platform(.platformAiManage),
        input: .init(body: BodyShape("NewAIPrice", priceFields)),
        output: .init(
            status: .created,
            schema: .named("AIPriceOutcome"),
            errors: [.permissionDenied, .notFound, .versionExists, .validationError]
        ),
        handler: set
    )

    private static let proposals = Route(
        .get,
        "\(base)/price-proposals",
        .init(
            operation: "ai.price_proposal.list",
            summary: "Prices that wait for a second operator, the newest first",
            tag: tag
        ),
        access: .platform(.platformAiManage),
        input: .init(
            query: [
                QueryParameter(
                    name: "decided",
                    kind: .boolean,
                    note: "Also those that were approved or rejected."
                )
            ] + QueryParameter.page
        ),
        output: .init(
            schema: .page(of: "AIPriceProposal"),
            errors: [.permissionDenied, .cursorInvalid]
        )
    ) { exchange in
        let page = try await ListPriceProposals(exchange.environment)(
            decidedToo: exchange.query.boolean("decided") ?? false,
            page: exchange.pageRequest(of: "ai-price-proposals"),
            by: exchange.caller()
        )
        return try exchange.answer(page, of: "ai-price-proposals", as: CatalogueJSON.proposal)
    }

    private static let approve = decision("approve", "Let a price hold", approves: true)
    private static let reject = decision("reject", "Turn a price down", approves: false)

    private static func decision(_ verb: String, _ summary: String, approves: Bool) -> Route {
        Route(
            .post,
            "\(base)/price-proposals/{proposal}/\(verb)",
            .init(operation: "ai.price_proposal.\(verb)", summary: summary, tag: tag),
            access: .platform(.platformAiManage),
            output: .init(
                schema: .named("AIPriceProposal"),
                errors: [.permissionDenied, .notFound, .notPending, .versionExists]
            )
        ) { exchange in
            let id = try exchange.pathID(
                "proposal",
                noun: "price proposal",
                of: PriceProposal.self
            )
            let decided = try await DecidePrice(exchange.environment)(
                id,
                approves: approves,
                by: exchange.caller()
            )
            return .json(CatalogueJSON.proposal(decided))
        }
    }

    private static let priceFields: [BodyField] = [
        .required("model", .text, "The model's id."),
        .optional("effective_from", .text, "From when it holds, not in the past; now unless told."),
        .required("input_usd_per_million", .text, "USD for a million tokens, such as \"0.15\"."),
        .required("output_usd_per_million", .text, "The same for what the model writes."),
        .optional("cached_usd_per_million", .text, "Input from the cache; as input unless told."),
        .optional("cache_write_usd_per_million", .text, "Input to the cache; as input."),
        .optional("reasoning_usd_per_million", .text, "Thoughts; as output unless told."),
        .optional("request_usd", .text, "USD for each request besides; 0 unless told."),
    ]

    @Sendable private static func set(_ exchange: Exchange) async throws -> Answer {
        let body = exchange.body
        func price(_ name: String) throws(DomainError) -> Int64? {
            let field = "\(name)_usd_per_million"
            guard let text = body.text(field) else { return nil }
            return try TokenPrice.pico(perMillion: text, field: field)
        }
        let request = try body.text("request_usd").map { (text) throws(DomainError) in
            guard let amount = DecimalText(text)?.scaled(9) else {
                throw .invalid("request_usd", "must be USD as a decimal text such as \"0.01\"")
            }
            return amount
        }
        let amounts = try PriceAmounts(
            input: price("input") ?? 0,
            output: price("output") ?? 0,
            cached: price("cached"),
            cacheWrite: price("cache_write"),
            reasoning: price("reasoning"),
            request: request ?? 0
        )
        let outcome = try await SetPrice(exchange.environment)(
            body.requiredText("model"),
            amounts,
            from: body.time("effective_from"),
            by: exchange.caller()
        )
        switch outcome {
        case .published(let version):
            return .json(["price": CatalogueJSON.price(version), "proposal": .null])
        case .proposed(let proposal):
            return .json(["price": .null, "proposal": CatalogueJSON.proposal(proposal)])
        }
    }
}
