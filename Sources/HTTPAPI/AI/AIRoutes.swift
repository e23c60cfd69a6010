import Domain
import HTTPTypes
import Operations

/// Use of AI in a workspace, and the models it may name.
enum AIRoutes {
    static let all: [Route] = [
        Route(
            .get,
            "/api/v1/ai/usage",
            .init(operation: "ai.usage", summary: "Use, summed by a heading", tag: "AI"),
            access: .workspace(.aiUsageRead),
            input: .init(query: [
                QueryParameter(
                    name: "group_by",
                    kind: .choice(UsageGrouping.allCases.map(\.rawValue)),
                    note: "The heading; day unless told."
                ),
                QueryParameter(
                    name: "granularity",
                    kind: .choice(UsageGranularity.allCases.map(\.rawValue)),
                    note: "Sums for each of these parts of the time, in UTC, with start."
                ),
                QueryParameter(name: "from", kind: .time, note: "30 days back unless told."),
                QueryParameter(name: "to", kind: .time, note: "Now unless told."),
            ]),
            output: .init(
                schema: .page(of: "UsageSum"),
                errors: WorkspaceRoutes.refused + [.validationError]
            ),
            handler: usage
        ),
        Route(
            .get,
            "/api/v1/ai/models",
            .init(
                operation: "ai.models",
                summary: "The models that calls may name, with their prices of now",
                tag: "AI"
            ),
            access: .workspace(.aiUse),
            output: .init(schema: .page(of: "AIModel"), errors: WorkspaceRoutes.refused)
        ) { exchange in
            let models = try await ListModels(exchange.environment)(by: exchange.tenantCaller())
            return .list(models.map(CatalogueJSON.model))
        },
    ]

    @Sendable private static func usage(_ exchange: Exchange) async throws -> Answer {
        let end = try exchange.query.time("to") ?? .now
        let start = try exchange.query.time("from") ?? end.advanced(by: .seconds(-30 * 86_400))
        let show = ShowUsage(exchange.environment)
        let grouping: UsageGrouping? = try exchange.query.choice("group_by")
        let caller = try await exchange.tenantCaller()
        let sums: [UsageSum]
        if let granularity: UsageGranularity = try exchange.query.choice("granularity") {
            sums = try await show(
                each: granularity,
                grouping: grouping,
                from: start,
                to: end,
                by: caller
            )
        } else {
            sums = try await show(grouping: grouping ?? .day, from: start, to: end, by: caller)
        }
        return .list(
            sums.map { sum in
                [
                    "start": JSON(sum.start), "key": .string(sum.key),
                    "requests": .integer(sum.requests),
                    "tokens_in": .integer(sum.tokensIn), "tokens_out": .integer(sum.tokensOut),
                    "cost_usd": JSON(nanoUSD: sum.costNano),
                ]
            }
        )
    }
}
