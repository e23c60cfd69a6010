import Domain
import HTTPTypes
import Operations

/// The calls that a workspace made to models, and the log of what they took.
enum CallRoutes {
    static let all: [Route] = [list, explain, cancel, export]

    private static let base = "/api/v1/ai/requests"

    private static let list = Route(
        .get,
        base,
        .init(operation: "ai.requests", summary: "Calls, the newest first", tag: "AI"),
        access: .workspace(.aiUsageRead),
        input: .init(
            query: [
                QueryParameter(
                    name: "state",
                    kind: .choice(AICall.State.allCases.map(\.rawValue)),
                    note: "Only calls in this state."
                ),
                QueryParameter(name: "model", kind: .text, note: "Only calls to this model."),
                QueryParameter(name: "user_id", kind: .id, note: "Only calls of this member."),
                QueryParameter(
                    name: "channel",
                    kind: .choice(AICall.Channel.allCases.map(\.rawValue)),
                    note: "Only calls through this door."
                ),
                QueryParameter(name: "purpose", kind: .text, note: "Only with this purpose."),
                QueryParameter(name: "from", kind: .time, note: "Made at this time or later."),
                QueryParameter(name: "to", kind: .time, note: "Made before this time."),
                .filter(.calls),
            ] + QueryParameter.page
        ),
        output: .init(
            schema: .page(of: "AIRequest"),
            errors: WorkspaceRoutes.refused + [.cursorInvalid, .validationError]
        )
    ) { exchange in
        let caller = try await exchange.tenantCaller()
        let filter = try await filter(exchange, by: caller)
        let page = try await ListCalls(exchange.environment)(
            filter,
            page: exchange.pageRequest(of: "ai-requests", scope: caller.tenant),
            by: caller
        )
        return try exchange.answer(
            page,
            of: "ai-requests",
            scope: caller.tenant,
            as: CallJSON.record
        )
    }

    private static func filter(
        _ exchange: Exchange,
        by caller: TenantCaller
    ) async throws -> AICallFilter {
        if let reading = try exchange.filter(.calls) {
            let people = try await exchange.people(of: reading, by: caller)
            return try AICallFilter(reading, exchange.filterClock, people: people)
        }
        return AICallFilter(
            state: try exchange.query.choice("state"),
            model: exchange.query.text("model"),
            user: try exchange.query.id("user_id"),
            channel: try exchange.query.choice("channel"),
            purpose: exchange.query.text("purpose"),
            from: try exchange.query.time("from"),
            to: try exchange.query.time("to")
        )
    }

    private static let explain = Route(
        .get,
        "\(base)/{call}",
        .init(
            operation: "ai.request",
            summary: "A call with its tries, price and holds",
            tag: "AI"
        ),
        access: .workspace(.aiUsageRead),
        output: .init(
            schema: .named("AIRequestExplanation"),
            errors: WorkspaceRoutes.refused + [.notFound]
        )
    ) { exchange in
        let caller = try await exchange.tenantCaller()
        let call = try await ExplainCall(exchange.environment)(id(exchange), by: caller)
        return .json(CallJSON.explanation(call))
    }

    private static let cancel = Route(
        .post,
        "\(base)/{call}/cancel",
        .init(
            operation: "ai.request.cancel",
            summary: "Ask for a call to end; another's takes the permission to manage budgets",
            tag: "AI"
        ),
        access: .workspace(.aiUse),
        output: .init(
            schema: .named("AIRequest"),
            errors: WorkspaceRoutes.refused + [.notFound, .invalidTransition]
        )
    ) { exchange in
        let caller = try await exchange.tenantCaller()
        let call = try await CancelCall(exchange.environment)(id(exchange), by: caller)
        return .json(CallJSON.record(call))
    }

    private static let export = Route(
        .get,
        "/api/v1/ai/usage/export",
        .init(
            operation: "ai.usage.export",
            summary: "The log of use line by line, the oldest first",
            tag: "AI"
        ),
        access: .workspace(.aiUsageRead),
        input: .init(query: [
            QueryParameter(
                name: "format",
                kind: .choice(UsageFile.Format.allCases.map(\.rawValue)),
                note: "csv, or jsonl: one JSON object a line; csv unless told."
            ),
            QueryParameter(name: "from", kind: .time, note: "30 days back unless told."),
            QueryParameter(name: "to", kind: .time, note: "Now unless told."),
        ]),
        output: .init(
            schema: .text,
            mediaType: "text/csv",
            otherMediaTypes: ["application/x-ndjson"],
            errors: WorkspaceRoutes.refused + [.validationError]
        )
    ) { exchange in
        let caller = try await exchange.tenantCaller()
        let end = try exchange.query.time("to") ?? .now
        let file = UsageFile(
            format: try exchange.query.choice("format") ?? .csv,
            export: ExportUsage(exchange.environment),
            from: try exchange.query.time("from") ?? end.advanced(by: .seconds(-30 * 86_400)),
            end: end,
            caller: caller
        )
        return try await file.answer()
    }

    private static func id(_ exchange: Exchange) throws(DomainError) -> AICallID {
        try exchange.pathID("call", noun: "call", of: AICall.self)
    }
}
