import Domain
import HTTPTypes
import Operations

/// Limits of AI use in a workspace.
enum BudgetRoutes {
    static let all: [Route] = [
        list, create, find, change, delete, periods, reset, alerts, acknowledge,
    ]

    private static let base = "/api/v1/ai/budgets"
    static let tag = "AI"

    private static let list = Route(
        .get,
        base,
        .init(operation: "ai.budgets", summary: "Budgets and what is used", tag: tag),
        access: .workspace(.aiUsageRead),
        output: .init(schema: .page(of: "Budget"), errors: WorkspaceRoutes.refused)
    ) { exchange in
        let budgets = try await ListBudgets(exchange.environment)(by: exchange.tenantCaller())
        return .list(budgets.map(BudgetJSON.budget))
    }

    private static let create = Route(
        .post,
        base,
        .init(
            operation: "ai.budget.create",
            summary: "Make a budget; a hard limit of zero blocks every call it is about",
            tag: tag
        ),
        access: .workspace(.aiBudgetManage),
        input: .init(body: BodyShape("NewBudget", newFields)),
        output: .created(
            "Budget",
            errors: WorkspaceRoutes.refused + [.budgetExists, .validationError]
        ),
        handler: make
    )

    private static let find = Route(
        .get,
        "\(base)/{budget}",
        .init(operation: "ai.budget.read", summary: "A budget and what is used", tag: tag),
        access: .workspace(.aiUsageRead),
        output: .init(schema: .named("Budget"), errors: WorkspaceRoutes.refused + [.notFound])
    ) { exchange in
        let budget = try await FindBudget(exchange.environment)(
            id(exchange),
            by: exchange.tenantCaller()
        )
        return .json(BudgetJSON.budget(budget), version: budget.version)
    }

    private static let change = Route(
        .patch,
        "\(base)/{budget}",
        .init(
            operation: "ai.budget.change",
            summary: "Change limits and what happens at them; the next call sees it",
            tag: tag
        ),
        access: .workspace(.aiBudgetManage),
        input: .init(headers: [.ifMatch], body: BodyShape("BudgetChange", editFields)),
        output: .init(
            schema: .named("Budget"),
            errors: WorkspaceRoutes.refused + [
                .notFound, .versionConflict, .versionRequired, .invalidTransition,
                .validationError,
            ]
        ),
        handler: edit
    )

    private static let delete = Route(
        .delete,
        "\(base)/{budget}",
        .init(
            operation: "ai.budget.delete",
            summary: "Take a budget away; one that counted something is only switched off",
            tag: tag
        ),
        access: .workspace(.aiBudgetManage),
        input: .init(headers: [.ifMatchOptional]),
        output: .init(
            schema: .named("BudgetRemoval"),
            errors: WorkspaceRoutes.refused + [
                .notFound, .versionConflict, .invalidTransition,
            ]
        )
    ) { exchange in
        let outcome = try await DeleteBudget(exchange.environment)(
            id(exchange),
            version: exchange.expectedVersion(),
            by: exchange.tenantCaller()
        )
        switch outcome {
        case .deleted(let budget):
            return .json(["deleted": true, "budget": BudgetJSON.budget(budget)])
        case .disabled(let budget):
            return .json(["deleted": false, "budget": BudgetJSON.budget(budget)])
        }
    }

    private static let periods = Route(
        .get,
        "\(base)/{budget}/periods",
        .init(
            operation: "ai.budget.periods",
            summary: "What each period took, the newest first",
            tag: tag
        ),
        access: .workspace(.aiUsageRead),
        input: .init(query: QueryParameter.page),
        output: .init(
            schema: .page(of: "BudgetPeriod"),
            errors: WorkspaceRoutes.refused + [.notFound, .cursorInvalid]
        )
    ) { exchange in
        let budget = try id(exchange)
        let caller = try await exchange.tenantCaller()
        let list = "budget-periods-\(budget)"
        let found = try await ListBudgetPeriods(exchange.environment)(
            budget,
            page: exchange.pageRequest(of: list, scope: caller.tenant),
            by: caller
        )
        return try exchange.answer(found.periods, of: list, scope: caller.tenant) {
            BudgetJSON.period($0, found.budget.metric)
        }
    }

    private static let reset = Route(
        .post,
        "\(base)/{budget}/reset",
        .init(
            operation: "ai.budget.reset",
            summary: "Start the running period over; what calls hold stays held",
            tag: tag
        ),
        access: .workspace(.aiBudgetManage),
        input: .init(
            body: BodyShape(
                "BudgetReset",
                [.required("reason", .text, "3 to 500 characters, for the trail.")]
            )
        ),
        output: .init(
            schema: .named("Budget"),
            errors: WorkspaceRoutes.refused + [.notFound, .invalidTransition, .validationError]
        )
    ) { exchange in
        let budget = try await ResetBudget(exchange.environment)(
            id(exchange),
            reason: exchange.body.requiredText("reason"),
            by: exchange.tenantCaller()
        )
        return .json(BudgetJSON.budget(budget), version: budget.version)
    }
}

extension BudgetRoutes {
    private static let newFields: [BodyField] =
        [
            .required("scope", .choice(Budget.Scope.allCases.map(\.rawValue)), "What is limited."),
            .optional(
                "scope_id",
                .text,
                "Which: the id of a member or key, a purpose, a model; left out for the workspace."
            ),
            .required(
                "metric",
                .choice(Budget.Metric.allCases.map(\.rawValue)),
                "What is counted."
            ),
            .required(
                "period",
                .choice(Budget.Period.allCases.map(\.rawValue)),
                "How long, in UTC."
            ),
            .required("hard", .amount, "Where calls are refused. \(BudgetJSON.amountNote)"),
            .optional("soft", .amount, "Where warnings begin, in the same form."),
        ] + policyFields

    private static let editFields: [BodyField] =
        [
            .optional("hard", .amount, "Where calls are refused. \(BudgetJSON.amountNote)"),
            .optional("soft", .amount, "Where warnings begin, in the same form."),
            .optional("without_soft", .boolean, "Takes the soft limit away."),
        ] + policyFields

    private static let policyFields: [BodyField] = [
        .optional("overage_allowance", .amount, "What may go beyond the hard limit; 0."),
        .optional("thresholds", .integers, "Rising percentages that raise an alert; 80, 100."),
        .optional(
            "on_soft",
            .choice(BudgetPolicy.SoftAction.allCases.map(\.rawValue)),
            "What happens at the soft limit; alert."
        ),
        .optional(
            "on_hard",
            .choice(BudgetPolicy.HardAction.allCases.map(\.rawValue)),
            "What happens at the hard limit; block."
        ),
        .optional(
            "on_lost",
            .choice(BudgetPolicy.LostAction.allCases.map(\.rawValue)),
            "What a call is charged whose process was lost; estimate."
        ),
        .optional("enabled", .boolean, "Whether calls are measured by it."),
    ]

    private static func id(_ exchange: Exchange) throws(DomainError) -> BudgetID {
        try exchange.pathID("budget", noun: "budget", of: Budget.self)
    }

    @Sendable private static func make(_ exchange: Exchange) async throws -> Answer {
        let caller = try await exchange.tenantCaller()
        let body = exchange.body
        let metric: Budget.Metric = try body.choice("metric") ?? .tokens
        let usual = BudgetPolicy()
        let new = try NewBudget(
            scope: body.choice("scope") ?? .tenant,
            scopeID: body.text("scope_id") ?? "",
            metric: metric,
            period: body.choice("period") ?? .month,
            limits: BudgetLimits(
                soft: body.amount("soft", in: metric),
                hard: body.amount("hard", in: metric) ?? 0,
                overageAllowance: body.amount("overage_allowance", in: metric) ?? 0
            ),
            policy: BudgetPolicy(
                thresholds: thresholds(body) ?? usual.thresholds,
                onSoft: body.choice("on_soft") ?? usual.onSoft,
                onHard: body.choice("on_hard") ?? usual.onHard,
                onLost: body.choice("on_lost") ?? usual.onLost
            ),
            enabled: body.boolean("enabled") ?? true
        )
        let budget = try await CreateBudget(exchange.environment)(new, by: caller)
        return .json(BudgetJSON.budget(budget), version: budget.version)
    }

    @Sendable private static func edit(_ exchange: Exchange) async throws -> Answer {
        let caller = try await exchange.tenantCaller()
        let body = exchange.body
        var edit = BudgetEdit(
            hard: try body.amount("hard"),
            soft: try body.amount("soft").map { .at($0) },
            overageAllowance: try body.amount("overage_allowance"),
            thresholds: thresholds(body),
            onSoft: try body.choice("on_soft"),
            onHard: try body.choice("on_hard"),
            onLost: try body.choice("on_lost"),
            enabled: body.boolean("enabled")
        )
        if body.boolean("without_soft") == true {
            guard edit.soft == nil else {
                throw DomainError.invalid("without_soft", "must not stand beside soft")
            }
            edit.soft = BudgetEdit.Soft.none
        }
        let budget: Budget
        do {
            budget = try await ChangeBudget(exchange.environment)(
                id(exchange),
                edit,
                version: exchange.requiredMatch(),
                by: caller
            )
        } catch let error as DomainError {
            throw BudgetJSON.reworded(error)
        }
        return .json(BudgetJSON.budget(budget), version: budget.version)
    }

    /// Numbers too large for a percentage stay too large.
    private static func thresholds(_ body: BodyFields) -> [Int]? {
        body.integers("thresholds")?.map { Int($0) }
    }
}
