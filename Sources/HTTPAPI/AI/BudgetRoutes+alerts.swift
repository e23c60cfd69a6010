import Domain
import HTTPTypes
import Operations

/// Alerts of budgets, and that somebody saw to them.
extension BudgetRoutes {
    static let alerts = Route(
        .get,
        "/api/v1/ai/alerts",
        .init(
            operation: "ai.alerts",
            summary: "Budgets that reached a share of their limit, the newest first",
            tag: tag
        ),
        access: .workspace(.aiUsageRead),
        input: .init(
            query: [
                QueryParameter(
                    name: "acknowledged",
                    kind: .boolean,
                    note: "Also those that somebody has seen to."
                )
            ] + QueryParameter.page
        ),
        output: .init(
            schema: .page(of: "BudgetAlert"),
            errors: WorkspaceRoutes.refused + [.cursorInvalid]
        )
    ) { exchange in
        let caller = try await exchange.tenantCaller()
        let page = try await ListAlerts(exchange.environment)(
            acknowledgedToo: exchange.query.boolean("acknowledged") ?? false,
            page: exchange.pageRequest(of: "ai-alerts", scope: caller.tenant),
            by: caller
        )
        return try exchange.answer(
            page,
            of: "ai-alerts",
            scope: caller.tenant,
            as: BudgetJSON.alert
        )
    }

    static let acknowledge = Route(
        .post,
        "/api/v1/ai/alerts/{alert}/ack",
        .init(
            operation: "ai.alert.acknowledge",
            summary: "Note that somebody saw to an alert",
            tag: tag
        ),
        access: .workspace(.aiBudgetManage),
        output: .init(
            schema: .named("BudgetAlert"),
            errors: WorkspaceRoutes.refused + [.notFound]
        )
    ) { exchange in
        let caller = try await exchange.tenantCaller()
        let text = exchange.pathValue("alert")
        guard let id = ListedAlert.ID(text) else {
            throw DomainError.notFound("alert", String(text.prefix(100)))
        }
        let alert = try await AcknowledgeAlert(exchange.environment)(id, by: caller)
        return .json(BudgetJSON.alert(alert))
    }
}
