import Domain
import HTTPTypes
import Operations

/// What visitors of a workspace's storefront may ask, without an account.
enum StorefrontRoutes {
    static let all: [Route] = [settings, change, visit, chat]

    private static let settings = Route(
        .get,
        "/api/v1/storefront/settings",
        .init(
            operation: "storefront.settings.read",
            summary: "Whether the workspace is open to the public",
            tag: "Storefront"
        ),
        access: .workspace(.storefrontManage),
        output: .init(schema: .named("StorefrontSettings"), errors: WorkspaceRoutes.refused)
    ) { exchange in
        let isOpen = try await ShowStorefront(exchange.environment)(by: exchange.tenantCaller())
        return .json(["enabled": .bool(isOpen)])
    }

    private static let change = Route(
        .patch,
        "/api/v1/storefront/settings",
        .init(
            operation: "storefront.settings",
            summary: "Open the workspace to the public, or close it",
            tag: "Storefront"
        ),
        access: .workspace(.storefrontManage),
        input: .init(
            body: BodyShape(
                "StorefrontChange",
                [.required("enabled", .boolean, "Whether visitors may ask.")]
            )
        ),
        output: .init(
            schema: .named("StorefrontSettings"),
            errors: WorkspaceRoutes.refused + [.validationError]
        )
    ) { exchange in
        let isOpen = exchange.body.boolean("enabled") ?? false
        try await ChangeStorefront(exchange.environment)(
            isOpen: isOpen,
            by: exchange.tenantCaller()
        )
        return .json(["enabled": .bool(isOpen)])
    }

    static let base = "/api/v1/storefronts/{slug}"

    private static let visit = Route(
        .post,
        "\(base)/visits",
        .init(
            operation: "storefront.visit",
            summary: "Begin a visit, or go on with one: the token that questions need",
            tag: "Storefront"
        ),
        access: .visitor,
        input: .init(
            headers: [
                HeaderParameter(
                    name: "X-Visitor-Token",
                    isRequired: false,
                    note: "Of an earlier visit: while it is good, the visitor stays the same."
                )
            ]
        ),
        output: .created("Visit", errors: [.notFound, .aiRateLimited])
    ) { exchange in
        let visit = try await BeginVisit(exchange.environment)(
            exchange.pathValue("slug"),
            goingOn: exchange.head.headerFields[.visitor],
            from: exchange.context.client ?? "unknown"
        )
        return .json([
            "token": .string(visit.token), "expires_at": JSON(visit.expiresAt),
            "storefront": .string(visit.storefront),
        ])
    }

    private static let chat = Route(
        .post,
        "\(base)/chat",
        .init(
            operation: "storefront.chat",
            summary: "Ask the workspace's assistant; its budgets for the public apply",
            tag: "Storefront"
        ),
        access: .visitor,
        input: .init(
            headers: [.visitor],
            body: BodyShape(
                "StorefrontQuestion",
                [
                    .required(
                        "messages",
                        .objects,
                        "Up to 20 of 4096 bytes: role (user, assistant) and content."
                    ),
                    .optional("max_tokens", .integer, "1 to 512; 512 unless told."),
                    .optional("stream", .boolean, "Whether to answer with server-sent events."),
                ] + ChatBody.conversing
            )
        ),
        output: .init(
            schema: .named("ChatAnswer"),
            otherMediaTypes: [EventStream.mediaType],
            errors: ChatRoutes.errors + [.notFound],
            deadline: ChatRoutes.deadline
        ),
        handler: ask
    )

    @Sendable private static func ask(_ exchange: Exchange) async throws -> Answer {
        var messages: [ChatMessage] = []
        for (index, item) in (exchange.body.list("messages") ?? []).enumerated() {
            messages.append(try ChatBody.message(item, at: "messages[\(index)]"))
        }
        let question = try VisitorQuestion(
            messages,
            outputCap: exchange.body.integer("max_tokens"),
            conversation: ChatBody.conversation(exchange.body)
        )
        let requestID = exchange.context.requestID
        return try await exchange.answer(whole: ChatJSON.answer) { _ in
            { ChatJSON.events($0, requestID: requestID) }
        } _: {
            try await AskStorefront(exchange.environment)(
                question,
                token: exchange.head.headerFields[.visitor] ?? "",
                storefront: exchange.pathValue("slug"),
                from: exchange.context.client ?? "unknown"
            )
        }
    }
}

extension HeaderParameter {
    static let visitor = HeaderParameter(
        name: "X-Visitor-Token",
        isRequired: true,
        note: "The token of the visit."
    )
}
