import Domain

/// How calls to models and the lines of the log of use are written.
enum CallJSON {
    @Sendable static func record(_ call: AICallRecord) -> JSON { .object(members(call)) }

    static func explanation(_ call: AICallExplanation) -> JSON {
        let output = call.output
        return JSON.object(members(call.record)).adding([
            (
                "output",
                [
                    "estimated_input_tokens": .integer(output.estimatedInput),
                    "asked_tokens": .integer(output.asked), "cap_tokens": .integer(output.cap),
                    "held_tokens": .integer(output.held),
                    "overhead_tokens": .integer(output.overhead),
                    "degraded": .bool(output.isDegraded),
                    "shortened": .bool(output.isShortened), "finish": JSON(output.finish),
                ]
            ),
            ("refused_by", JSON(output.refusedBy)), ("failure", JSON(output.failure)),
            ("price", call.price.map(CatalogueJSON.amounts) ?? .null),
            ("price_above_tokens", JSON(call.tier?.above)),
            ("attempts", .array(call.attempts.map(attempt))),
            ("holds", .array(call.holds.map(hold))),
        ])
    }

    private static func members(_ call: AICallRecord) -> [(String, JSON)] {
        [
            ("id", JSON(call.id)), ("state", .string(call.state.rawValue)),
            ("user_id", JSON(call.caller.user)), ("api_key_id", JSON(call.caller.key)),
            ("channel", .string(call.caller.channel.rawValue)),
            ("purpose", .string(call.caller.purpose)), ("model", .string(call.way.model)),
            ("targets", .array(call.way.targets.map { .string($0) })),
            ("route", JSON(call.way.route)), ("prompt_id", JSON(call.way.prompt)),
            ("prompt_version", JSON(call.way.promptVersion.map { Int64($0) })),
            ("usage", usage(call.usage)), ("cost_usd", JSON(nanoUSD: call.money.charge)),
            ("estimated", .bool(call.money.isEstimated)),
            ("reserved_at", JSON(call.times.reserved)),
            ("expires_at", JSON(call.times.expires)),
            ("cancel_requested_at", JSON(call.times.cancelRequested)),
            ("ended_at", JSON(call.times.ended)),
        ]
    }

    static func usage(_ usage: TokenUsage) -> JSON {
        [
            "tokens_in": .integer(usage.read), "tokens_out": .integer(usage.written),
            "tokens_cached": .integer(usage.cached),
            "tokens_cache_write": .integer(usage.cacheWrite),
            "tokens_reasoning": .integer(usage.reasoning),
        ]
    }

    private static func attempt(_ attempt: AICallExplanation.Attempt) -> JSON {
        [
            "n": .integer(Int64(attempt.number)), "provider": .string(attempt.provider),
            "model": .string(attempt.model), "sent": .bool(attempt.sent),
            "outcome": .string(attempt.outcome), "billable": JSON(attempt.billable),
            "failure": JSON(attempt.failure),
            "http_status": JSON(attempt.httpStatus.map { Int64($0) }),
            "started_at": JSON(attempt.startedAt), "first_byte_at": JSON(attempt.firstByteAt),
            "ended_at": JSON(attempt.endedAt),
        ]
    }

    private static func hold(_ hold: AICallExplanation.Hold) -> JSON {
        [
            "budget_id": JSON(hold.budget), "scope": .string(hold.scope.rawValue),
            "metric": .string(hold.metric.rawValue), "unit": .string(hold.metric.unit),
            "period": .string(hold.period.rawValue), "period_start": JSON(hold.periodStart),
            "held": BudgetJSON.amount(hold.amount, hold.metric),
            "charged": BudgetJSON.amount(hold.charged, hold.metric),
        ]
    }

    static func entry(_ entry: UsageEntry) -> JSON {
        .object(
            fields(entry).map { name, value in
                switch value {
                case .text(let text): (name, JSON(text))
                case .number(let number): (name, .integer(number))
                case .flag(let flag): (name, .bool(flag))
                }
            }
        )
    }

    /// One value of a line of the log, for both of its formats.
    enum Field {
        case text(String?)
        case number(Int64)
        case flag(Bool)

        var csv: String {
            switch self {
            case .text(let text): text ?? ""
            case .number(let number): String(number)
            case .flag(let flag): flag ? "true" : "false"
            }
        }
    }

    static func fields(_ entry: UsageEntry) -> [(String, Field)] {
        [
            ("created_at", .text(entry.createdAt.rfc3339)),
            ("request_id", .text(entry.call.description)), ("entry", .number(Int64(entry.number))),
            ("kind", .text(entry.kind)), ("model", .text(entry.model)),
            ("purpose", .text(entry.caller.purpose)),
            ("channel", .text(entry.caller.channel.rawValue)),
            ("user_id", .text(entry.caller.user?.description)),
            ("api_key_id", .text(entry.caller.key?.description)),
            ("tokens_in", .number(entry.usage.read)), ("tokens_out", .number(entry.usage.written)),
            ("tokens_cached", .number(entry.usage.cached)),
            ("tokens_cache_write", .number(entry.usage.cacheWrite)),
            ("tokens_reasoning", .number(entry.usage.reasoning)),
            ("cost_usd", .text(entry.money.charge.decimal(places: 9))),
            ("saved_usd", .text(entry.savedNano.decimal(places: 9))),
            ("price_version", .text(entry.money.priceVersion?.rfc3339)),
            ("estimated", .flag(entry.money.isEstimated)),
        ]
    }
}
