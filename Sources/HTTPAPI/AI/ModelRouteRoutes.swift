import Domain
import HTTPTypes
import Operations

/// A workspace's ways to models.
enum ModelRouteRoutes {
    static let all: [Route] = [list, find, put, delete]

    private static let base = "/api/v1/ai/routes"

    private static let list = Route(
        .get,
        base,
        .init(operation: "ai.route.list", summary: "Routes by name", tag: "AI"),
        access: .workspace(.aiRouteManage),
        output: .init(schema: .page(of: "AIRoute"), errors: WorkspaceRoutes.refused)
    ) { exchange in
        let routes = try await ListRoutes(exchange.environment)(by: exchange.tenantCaller())
        return .list(routes.map(json))
    }

    private static let find = Route(
        .get,
        "\(base)/{route}",
        .init(operation: "ai.route.read", summary: "A route", tag: "AI"),
        access: .workspace(.aiRouteManage),
        output: .init(schema: .named("AIRoute"), errors: WorkspaceRoutes.refused + [.notFound])
    ) { exchange in
        let route = try await ListRoutes(exchange.environment)(
            named: exchange.pathValue("route"),
            by: exchange.tenantCaller()
        )
        return .json(json(route), version: route.version)
    }

    private static let put = Route(
        .put,
        "\(base)/{route}",
        .init(
            operation: "ai.route.put",
            summary: "Make a route, or give one another plan; the next call takes it",
            tag: "AI"
        ),
        access: .workspace(.aiRouteManage),
        input: .init(headers: [.ifMatchOptional], body: BodyShape("NewAIRoute", fields)),
        output: .init(
            schema: .named("AIRoute"),
            errors: WorkspaceRoutes.refused + [
                .unpricedModel, .versionConflict, .validationError,
            ]
        ),
        handler: store
    )

    private static let delete = Route(
        .delete,
        "\(base)/{route}",
        .init(operation: "ai.route.delete", summary: "Take a route away", tag: "AI"),
        access: .workspace(.aiRouteManage),
        input: .init(headers: [.ifMatchOptional]),
        output: .init(
            status: .noContent,
            errors: WorkspaceRoutes.refused + [.notFound, .versionConflict]
        )
    ) { exchange in
        try await DeleteRoute(exchange.environment)(
            exchange.pathValue("route"),
            version: exchange.expectedVersion(),
            by: exchange.tenantCaller()
        )
        return .empty
    }

    private static let fields: [BodyField] = [
        .required("targets", .texts, "Ids of models, the first choice first; 1 to 8."),
        .optional("channels", .texts, "The doors that may name it; all of them unless told."),
        .optional("max_attempts", .integer, "1 to 3; 3 unless told."),
        .optional(
            "allow_ambiguous_retry",
            .boolean,
            "Whether a call that may have been billed is tried again; false unless told."
        ),
        .optional(
            "cache_scope",
            .choice(ModelRoutePlan.Cache.Scope.allCases.map(\.rawValue)),
            "Who gets the same answer again; off unless told."
        ),
        .optional("cache_seconds", .integer, "How long answers are kept; at most 30 days."),
        .optional(
            "cache_max_temperature_milli",
            .integer,
            "Warmer calls are not kept: thousandths, 0 unless told."
        ),
        .optional(
            "on_disconnect",
            .choice(ModelRoutePlan.Disconnect.allCases.map(\.rawValue)),
            "What becomes of a call whose client went away; cancel unless told."
        ),
        .optional("default_max_tokens", .integer, "For calls that name no max_tokens."),
    ]

    @Sendable private static func store(_ exchange: Exchange) async throws -> Answer {
        let caller = try await exchange.tenantCaller()
        let body = exchange.body
        let plan = try ModelRoutePlan(
            targets: body.texts("targets") ?? [],
            channels: channels(body.texts("channels") ?? []),
            retry: .init(
                maxAttempts: Int(body.integer("max_attempts") ?? 3),
                allowsAmbiguous: body.boolean("allow_ambiguous_retry") ?? false
            ),
            cache: .init(
                scope: body.choice("cache_scope") ?? .off,
                seconds: Int(body.integer("cache_seconds") ?? 0),
                maxTemperatureMilli: Int(body.integer("cache_max_temperature_milli") ?? 0)
            ),
            onDisconnect: body.choice("on_disconnect") ?? .cancel,
            defaultMaxTokens: body.integer("default_max_tokens")
        )
        let stored = try await PutRoute(exchange.environment)(
            exchange.pathValue("route"),
            plan,
            version: exchange.expectedVersion(),
            by: caller
        )
        var answer = Answer.json(json(stored.route), version: stored.route.version)
        if stored.isNew { answer.status = .created }
        return answer
    }

    private static func channels(_ names: [String]) throws(DomainError) -> [AICall.Channel] {
        var channels: [AICall.Channel] = []
        for name in names {
            guard let channel = AICall.Channel(rawValue: name) else {
                let known = AICall.Channel.allCases.map(\.rawValue).joined(separator: ", ")
                throw .invalid("channels", "must be some of \(known)")
            }
            channels.append(channel)
        }
        return channels
    }

    @Sendable private static func json(_ route: ModelRoute) -> JSON {
        let plan = route.plan
        return [
            "name": .string(route.name), "targets": .array(plan.targets.map { .string($0) }),
            "channels": .array(plan.channels.map { .string($0.rawValue) }),
            "max_attempts": .integer(Int64(plan.retry.maxAttempts)),
            "allow_ambiguous_retry": .bool(plan.retry.allowsAmbiguous),
            "cache_scope": .string(plan.cache.scope.rawValue),
            "cache_seconds": .integer(Int64(plan.cache.seconds)),
            "cache_max_temperature_milli": .integer(Int64(plan.cache.maxTemperatureMilli)),
            "on_disconnect": .string(plan.onDisconnect.rawValue),
            "default_max_tokens": JSON(plan.defaultMaxTokens),
            "updated_at": JSON(route.updatedAt), "version": .integer(route.version),
        ]
    }
}
