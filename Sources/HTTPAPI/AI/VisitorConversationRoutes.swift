import Domain
import HTTPTypes
import Operations

/// Conversations of a storefront's visitor.
enum VisitorConversationRoutes {
    static let all: [Route] = [list, find, messages, delete]

    private static let base = "\(StorefrontRoutes.base)/conversations"

    private static let list = Route(
        .get,
        base,
        .init(
            operation: "storefront.conversation.list",
            summary: "The visitor's conversations, newest first",
            tag: "Storefront"
        ),
        access: .visitor,
        input: .init(query: QueryParameter.page, headers: [.visitor]),
        output: .init(
            schema: .page(of: "Conversation"),
            errors: [.unauthenticated, .notFound, .cursorInvalid, .validationError]
        )
    ) { exchange in
        let visitor = try await exchange.visitor()
        let page = try await ListConversations(exchange.environment)(
            page: exchange.pageRequest(of: "visitor conversations", scope: visitor.tenant),
            by: visitor
        )
        return try exchange.answer(
            page,
            of: "visitor conversations",
            scope: visitor.tenant,
            as: ConversationRoutes.json
        )
    }

    private static let find = Route(
        .get,
        "\(base)/{id}",
        .init(
            operation: "storefront.conversation.read",
            summary: "A conversation of the visitor's",
            tag: "Storefront"
        ),
        access: .visitor,
        input: .init(headers: [.visitor]),
        output: .init(schema: .named("Conversation"), errors: [.unauthenticated, .notFound])
    ) { exchange in
        let visitor = try await exchange.visitor()
        let entry = try await FindConversation(exchange.environment)(
            exchange.pathID("id", noun: "conversation"),
            by: visitor
        )
        return .json(ConversationRoutes.json(entry))
    }

    private static let messages = Route(
        .get,
        "\(base)/{id}/messages",
        .init(
            operation: "storefront.conversation.messages",
            summary: "What was said, from the beginning",
            tag: "Storefront"
        ),
        access: .visitor,
        input: .init(query: QueryParameter.page, headers: [.visitor]),
        output: .init(
            schema: .page(of: "ConversationMessage"),
            errors: [.unauthenticated, .notFound, .cursorInvalid, .validationError]
        )
    ) { exchange in
        let visitor = try await exchange.visitor()
        let id = try exchange.pathID("id", noun: "conversation", of: Conversation.self)
        let page = try await ListMessages(exchange.environment)(
            of: id,
            page: exchange.pageRequest(of: "messages \(id)", scope: visitor.tenant),
            by: visitor
        )
        return try exchange.answer(
            page,
            of: "messages \(id)",
            scope: visitor.tenant,
            as: ConversationRoutes.message
        )
    }

    private static let delete = Route(
        .delete,
        "\(base)/{id}",
        .init(
            operation: "storefront.conversation.delete",
            summary: "Delete a conversation with all that was said",
            tag: "Storefront"
        ),
        access: .visitor,
        input: .init(headers: [.visitor]),
        output: .init(status: .noContent, errors: [.unauthenticated, .notFound])
    ) { exchange in
        let visitor = try await exchange.visitor()
        try await DeleteConversation(exchange.environment)(
            exchange.pathID("id", noun: "conversation"),
            by: visitor
        )
        return .empty
    }
}

extension Exchange {
    /// Who asks with the token of a visit to the storefront in the path.
    fileprivate func visitor() async throws -> CallPrincipal {
        try await IdentifyVisitor(environment)(
            token: head.headerFields[.visitor] ?? "",
            storefront: pathValue("slug")
        ).principal
    }
}
