import Domain
import HTTPTypes
import Operations

/// Limits and use of AI in a workspace.
enum AIRoutes {
    static let all: [Route] = [
        Route(
            .get,
            "/api/v1/ai/budgets",
            .init(operation: "ai.budgets", summary: "Budgets and what is used", tag: "AI"),
            access: .workspace(.aiUsageRead),
            output: .init(schema: .page(of: "Budget"), errors: WorkspaceRoutes.refused)
        ) { exchange in
            let budgets = try await ListBudgets(exchange.environment)(by: exchange.tenantCaller())
            return .list(budgets.map(json))
        },
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
                QueryParameter(name: "from", kind: .time, note: "30 days back unless told."),
                QueryParameter(name: "to", kind: .time, note: "Now unless told."),
            ]),
            output: .init(
                schema: .page(of: "UsageSum"),
                errors: WorkspaceRoutes.refused + [.validationError]
            ),
            handler: usage
        ),
    ]

    @Sendable private static func usage(_ exchange: Exchange) async throws -> Answer {
        let end = try exchange.query.time("to") ?? .now
        let start = try exchange.query.time("from") ?? end.advanced(by: .seconds(-30 * 86_400))
        let sums = try await ShowUsage(exchange.environment)(
            grouping: exchange.query.choice("group_by") ?? .day,
            from: start,
            to: end,
            by: exchange.tenantCaller()
        )
        return .list(
            sums.map { sum in
                [
                    "key": .string(sum.key), "requests": .integer(sum.requests),
                    "tokens_in": .integer(sum.tokensIn), "tokens_out": .integer(sum.tokensOut),
                    "cost_usd": JSON(nanoUSD: sum.costNano),
                ]
            }
        )
    }

    private static func json(_ budget: Budget) -> JSON {
        [
            "id": JSON(budget.id), "scope": .string(budget.scope.rawValue),
            "scope_id": .string(budget.scopeID), "metric": .string(budget.metric.rawValue),
            "period": .string(budget.period.rawValue), "soft": JSON(budget.limits.soft),
            "hard": .integer(budget.limits.hard),
            "overage_allowance": .integer(budget.limits.overageAllowance),
            "enabled": .bool(budget.enabled), "period_start": JSON(budget.use.periodStart),
            "used": .integer(budget.use.used), "held": .integer(budget.use.held),
        ]
    }
}
