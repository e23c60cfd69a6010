import Domain
import HTTPTypes
import Operations

/// What models cost.
extension CatalogueRoutes {
    static let prices = Route(
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

    static let setPrice = Route(
        .post,
        "\(base)/prices",
        .init(
            operation: "ai.price.set",
            summary: "Give a model its next price; more than ten times waits for a second operator",
            tag: tag
        ),
        access: .platform(.platformAiManage),
        input: .init(body: BodyShape("NewAIPrice", priceFields)),
        output: .created(
            "AIPriceOutcome",
            errors: [.permissionDenied, .notFound, .versionExists, .validationError]
        ),
        handler: set
    )

    static let proposals = Route(
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

    static let approve = decision("approve", "Let a price hold", approves: true)
    static let reject = decision("reject", "Turn a price down", approves: false)

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
        .required("input_usd_per_million", .money, "USD for a million tokens, such as \"0.15\"."),
        .required("output_usd_per_million", .money, "The same for what the model writes."),
        .optional("cached_usd_per_million", .money, "Input from the cache; as input unless told."),
        .optional("cache_write_usd_per_million", .money, "Input to the cache; as input."),
        .optional("reasoning_usd_per_million", .money, "Thoughts; as output unless told."),
        .optional("request_usd", .money, "USD for each request besides; 0 unless told."),
        .optional(
            "tiers",
            .objects,
            "What calls cost that read more than `above_tokens`: the same members as above."
        ),
    ]

    private static let tierFields = BodyShape(
        "AIPriceTier",
        [
            .required("above_tokens", .integer, ""),
            .required("input_usd_per_million", .money, ""),
            .required("output_usd_per_million", .money, ""),
            .optional("cached_usd_per_million", .money, ""),
            .optional("cache_write_usd_per_million", .money, ""),
            .optional("reasoning_usd_per_million", .money, ""),
        ]
    )

    private static func tiers(_ body: BodyFields) throws(DomainError) -> [PriceTier] {
        guard case .array(let items) = body["tiers"] else { return [] }
        var tiers: [PriceTier] = []
        for (index, item) in items.enumerated() {
            tiers.append(try named(tier, item, "tiers[\(index)]."))
        }
        return tiers
    }

    /// Says of what is wrong how the body calls it.
    private static func named<Input, Output>(
        _ read: (Input) throws(DomainError) -> Output,
        _ input: Input,
        _ place: String = ""
    ) throws(DomainError) -> Output {
        do {
            return try read(input)
        } catch {
            guard case .invalid(let problems) = error.kind, error.code == .validationError else {
                throw error
            }
            throw .invalid(
                problems.map { problem in
                    var problem = problem
                    let isTier = problem.field.hasPrefix("tiers.")
                    let field = String(problem.field.dropFirst(isTier ? 6 : 0))
                    problem.field = place + (memberNames[field] ?? field)
                    return problem
                }
            )
        }
    }

    /// Members of a body by what the domain calls their amounts.
    private static let memberNames = [
        "above": "above_tokens", "input": "input_usd_per_million",
        "output": "output_usd_per_million", "cached": "cached_usd_per_million",
        "cache_write": "cache_write_usd_per_million",
        "reasoning": "reasoning_usd_per_million", "request": "request_usd",
    ]

    private static func tier(_ value: JSONValue) throws(DomainError) -> PriceTier {
        let fields = try tierFields.check(value)
        func price(_ name: String) throws(DomainError) -> Int64? {
            let field = "\(name)_usd_per_million"
            guard let text = fields.text(field) else { return nil }
            return try TokenPrice.pico(perMillion: text, field: field)
        }
        return try PriceTier(
            above: fields.integer("above_tokens") ?? 0,
            input: price("input") ?? 0,
            output: price("output") ?? 0,
            cached: price("cached"),
            cacheWrite: price("cache_write"),
            reasoning: price("reasoning")
        )
    }

    private static func amounts(_ body: BodyFields) throws(DomainError) -> PriceAmounts {
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
        return try PriceAmounts(
            input: price("input") ?? 0,
            output: price("output") ?? 0,
            cached: price("cached"),
            cacheWrite: price("cache_write"),
            reasoning: price("reasoning"),
            request: request ?? 0,
            tiers: tiers(body)
        )
    }

    @Sendable private static func set(_ exchange: Exchange) async throws -> Answer {
        let body = exchange.body
        let amounts = try named(amounts, body)
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
