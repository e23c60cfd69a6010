import Domain
import HTTPTypes
import Operations

/// The platform's models, providers and prices.
enum CatalogueRoutes {
    static let all: [Route] = [
        providers, addProvider, setProvider, models, addModel, setModel, resetOverhead, prices,
        setPrice, proposals, approve, reject, reconciliation,
    ]

    static let base = "/api/v1/admin/ai"
    static let tag = "Platform"

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
                        "How it is spoken to; openai also for servers that follow it, which are "
                            + "compatible in the settings."
                    ),
                    .optional("name", .text, "What people call it; the id unless told."),
                ]
            )
        ),
        output: .created(
            "AIProvider",
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

    private static let setProvider = Route(
        .patch,
        "\(base)/providers",
        .init(
            operation: "ai.provider.set",
            summary: "Let calls go to a provider's models, or keep them from all of them",
            tag: tag
        ),
        access: .platform(.platformAiManage),
        input: .init(
            body: BodyShape(
                "AIProviderChange",
                [
                    .required("provider", .text, "The provider's id."),
                    .required(
                        "status",
                        .choice(CatalogueStatus.allCases.map(\.rawValue)),
                        "Whether calls may go to it."
                    ),
                ]
            )
        ),
        output: .init(
            schema: .named("AIProvider"),
            errors: [.permissionDenied, .notFound, .validationError]
        )
    ) { exchange in
        let provider = try await SetProviderStatus(exchange.environment)(
            exchange.body.requiredText("provider"),
            exchange.body.choice("status") ?? .active,
            by: exchange.caller()
        )
        return .json(CatalogueJSON.provider(provider))
    }

    private static let reconciliation = Route(
        .get,
        "\(base)/reconciliation",
        .init(
            operation: "ai.reconcile",
            summary: "Where the books of AI use differ, proved now; empty when they agree",
            tag: tag
        ),
        access: .platform(.platformAiManage),
        input: .init(query: [
            QueryParameter(
                name: "days",
                kind: .integer,
                note: "Only calls of so many days, and the periods of their months; 31 unless told."
            )
        ]),
        output: .init(
            schema: .page(of: "AILedgerDifference"),
            errors: [.permissionDenied, .validationError]
        )
    ) { exchange in
        let differences = try await ReconcileLedger(exchange.environment)(
            days: exchange.query.integer("days") ?? 31,
            by: exchange.caller()
        )
        return .list(differences.map(CatalogueJSON.difference))
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
        output: .created("AIModel", errors: [.permissionDenied, .versionExists, .validationError])
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

    private static let resetOverhead = Route(
        .post,
        "\(base)/models/reset-overhead",
        .init(
            operation: "ai.model.reset_overhead",
            summary: "Forget what a provider was seen to bill beyond what calls may write",
            tag: tag
        ),
        access: .platform(.platformAiManage),
        input: .init(
            body: BodyShape("AIModelOverheadReset", [.required("model", .text, "The model's id.")])
        ),
        output: .init(
            schema: .named("AIModel"),
            errors: [.permissionDenied, .notFound, .validationError]
        )
    ) { exchange in
        let model = try await ResetOverhead(exchange.environment)(
            exchange.body.requiredText("model"),
            by: exchange.caller()
        )
        return .json(CatalogueJSON.model(model))
    }
}
