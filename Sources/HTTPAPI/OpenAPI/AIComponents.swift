import Domain

/// The schemas of AI administration; the renderings beside the routes make the same members.
enum AIComponents {
    static let all: [(String, Schema)] = [
        ("BudgetPeriod", period), ("BudgetAlert", alert),
        ("BudgetRemoval", .object([("deleted", .boolean), ("budget", .named("Budget"))])),
        ("AIModel", model), ("AIProvider", provider),
        ("AIModelPrice", .object(price)),
        (
            "AIPrice",
            .object(
                [("model", .text)] + price + [
                    ("created_by", .optional(.uuid)), ("approved_by", .optional(.uuid)),
                ]
            )
        ),
        ("AIPriceProposal", proposal),
        (
            "AILedgerDifference",
            .object([
                ("kind", .choice(LedgerDifference.Kind.allCases.map(\.rawValue))),
                ("tenant_id", .uuid), ("budget_id", .optional(.uuid)),
                ("period_start", .optional(.time)), ("request_id", .optional(.uuid)),
                ("expected", .integer), ("found", .integer),
            ])
        ),
        (
            "AIPriceOutcome",
            .object([
                ("price", .optional(.named("AIPrice"))),
                ("proposal", .optional(.named("AIPriceProposal"))),
            ])
        ),
        ("AIRoute", route), ("Prompt", prompt), ("PromptVersion", promptVersion),
        ("PromptLabel", promptLabel),
        (
            "RenderedPrompt",
            .object([("version", .integer), ("system", .text), ("user", .text)])
        ),
        ("AIRequest", .object(call)), ("AIRequestExplanation", .object(call + explanation)),
    ]

    private static let metric: [(String, Schema)] = [
        ("scope", .choice(Budget.Scope.allCases.map(\.rawValue))), ("scope_id", .text),
        ("metric", .choice(Budget.Metric.allCases.map(\.rawValue))), ("unit", unit),
    ]

    private static let unit = Schema.choice(Budget.Metric.allCases.map(\.unit))

    static let budget = Schema.object(
        [("id", .uuid)] + metric + [
            ("period", .choice(Budget.Period.allCases.map(\.rawValue))),
            ("soft", .optional(.amount)), ("hard", .amount), ("overage_allowance", .amount),
            ("thresholds", .array(.integer)),
            ("on_soft", .choice(BudgetPolicy.SoftAction.allCases.map(\.rawValue))),
            ("on_hard", .choice(BudgetPolicy.HardAction.allCases.map(\.rawValue))),
            ("on_lost", .choice(BudgetPolicy.LostAction.allCases.map(\.rawValue))),
            ("enabled", .boolean), ("period_start", .time), ("used", .amount), ("held", .amount),
            ("version", .integer),
        ]
    )

    private static let period = Schema.object([
        ("period_start", .time), ("unit", unit), ("hard", .amount), ("used", .amount),
        ("held", .amount), ("overage", .amount),
    ])

    private static let alert = Schema.object(
        [("id", .text), ("budget_id", .uuid)] + metric + [
            ("period_start", .time), ("threshold", .integer), ("used", .amount),
            ("hard", .amount), ("raised_at", .time), ("acknowledged_at", .optional(.time)),
            ("acknowledged_by", .optional(.uuid)),
        ]
    )

    private static let status = Schema.choice(CatalogueStatus.allCases.map(\.rawValue))

    private static let model = Schema.object([
        ("id", .text), ("provider", .text), ("name", .text), ("context_tokens", .integer),
        ("max_output_tokens", .integer), ("status", status),
        ("price", .optional(.named("AIModelPrice"))), ("overhead_tokens", .optional(.integer)),
    ])

    private static let provider = Schema.object([
        ("id", .text), ("name", .text),
        ("kind", .choice(AIProvider.Kind.allCases.map(\.rawValue))), ("status", status),
    ])

    private static let amounts: [(String, Schema)] = [
        ("input_usd_per_million", .tokenPrice), ("output_usd_per_million", .tokenPrice),
        ("cached_usd_per_million", .tokenPrice), ("cache_write_usd_per_million", .tokenPrice),
        ("reasoning_usd_per_million", .tokenPrice), ("request_usd", .money),
        ("tiers", .array(tier)),
    ]

    private static let tier = Schema.object([
        ("above_tokens", .integer),
        ("input_usd_per_million", .tokenPrice), ("output_usd_per_million", .tokenPrice),
        ("cached_usd_per_million", .tokenPrice), ("cache_write_usd_per_million", .tokenPrice),
        ("reasoning_usd_per_million", .tokenPrice),
    ])

    private static let price = [("effective_from", Schema.time)] + amounts

    private static let proposal = Schema.object(
        [
            ("id", .uuid), ("model", .text),
            ("status", .choice(PriceProposal.Status.allCases.map(\.rawValue))),
            ("effective_from", .optional(.time)),
        ] + amounts + [
            ("proposed_by", .uuid), ("proposed_at", .time), ("decided_by", .optional(.uuid)),
            ("decided_at", .optional(.time)),
        ]
    )
}

extension AIComponents {
    private static let route = Schema.object([
        ("name", .text), ("targets", .array(.text)),
        ("channels", .array(.choice(AICall.Channel.allCases.map(\.rawValue)))),
        ("max_attempts", .integer), ("allow_ambiguous_retry", .boolean),
        ("cache_scope", .choice(ModelRoutePlan.Cache.Scope.allCases.map(\.rawValue))),
        ("cache_seconds", .integer), ("cache_max_temperature_milli", .integer),
        ("on_disconnect", .choice(ModelRoutePlan.Disconnect.allCases.map(\.rawValue))),
        ("default_max_tokens", .optional(.integer)), ("updated_at", .time),
        ("version", .integer),
    ])

    private static let prompt = Schema.object([
        ("id", .uuid), ("name", .text), ("description", .text), ("shareable", .boolean),
        ("latest", .integer), ("labels", .array(.named("PromptLabel"))), ("created_by", .uuid),
        ("created_at", .time), ("version", .integer),
    ])

    private static let promptVersion = Schema.object([
        ("version", .integer), ("system", .text), ("user", .text),
        ("variables", .array(.text)), ("created_by", .uuid), ("created_at", .time),
    ])

    private static let promptLabel = Schema.object([
        ("label", .text), ("version", .integer), ("label_version", .integer),
    ])

    private static let call: [(String, Schema)] = [
        ("id", .uuid), ("state", .choice(AICall.State.allCases.map(\.rawValue))),
        ("user_id", .optional(.uuid)), ("api_key_id", .optional(.uuid)),
        ("channel", .choice(AICall.Channel.allCases.map(\.rawValue))), ("purpose", .text),
        ("model", .text), ("targets", .array(.text)), ("route", .optional(.text)),
        ("prompt_id", .optional(.uuid)), ("prompt_version", .optional(.integer)),
        ("usage", usage), ("cost_usd", .money), ("estimated", .boolean), ("reserved_at", .time),
        ("expires_at", .time), ("cancel_requested_at", .optional(.time)),
        ("ended_at", .optional(.time)),
    ]

    private static let usage = Schema.object([
        ("tokens_in", .integer), ("tokens_out", .integer), ("tokens_cached", .integer),
        ("tokens_cache_write", .integer), ("tokens_reasoning", .integer),
    ])

    private static let explanation: [(String, Schema)] = [
        (
            "output",
            .object([
                ("estimated_input_tokens", .integer), ("asked_tokens", .integer),
                ("cap_tokens", .integer), ("held_tokens", .integer), ("overhead_tokens", .integer),
                ("degraded", .boolean),
                ("shortened", .boolean), ("finish", .optional(.text)),
            ])
        ),
        ("refused_by", .optional(.uuid)), ("failure", .optional(.text)),
        ("price", .optional(.named("AIModelPrice"))),
        ("price_above_tokens", .optional(.integer)), ("attempts", .array(attempt)),
        ("holds", .array(hold)),
    ]

    private static let attempt = Schema.object([
        ("n", .integer), ("provider", .text), ("model", .text), ("sent", .boolean),
        ("outcome", .text), ("billable", .optional(.text)), ("failure", .optional(.text)),
        ("http_status", .optional(.integer)), ("started_at", .time),
        ("first_byte_at", .optional(.time)), ("ended_at", .optional(.time)),
    ])

    private static let hold = Schema.object([
        ("budget_id", .uuid), ("scope", .choice(Budget.Scope.allCases.map(\.rawValue))),
        ("metric", .choice(Budget.Metric.allCases.map(\.rawValue))), ("unit", unit),
        ("period", .choice(Budget.Period.allCases.map(\.rawValue))), ("period_start", .time),
        ("held", .amount), ("charged", .amount),
    ])
}
