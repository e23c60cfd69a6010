import Domain
import HTTPTypes
import Operations

/// Conversations that were kept.
enum ConversationRoutes {
    static let all: [Route] = [list, find, messages, delete]

    private static let base = "/api/v1/ai/conversations"

    private static let list = Route(
        .get,
        base,
        .init(
            operation: "ai.conversation.list",
            summary: "Conversations, visitors' too, newest first; members see their own",
            tag: "AI"
        ),
        access: .workspace(.aiConversationRead),
        input: .init(query: QueryParameter.page),
        output: .init(
            schema: .page(of: "Conversation"),
            errors: WorkspaceRoutes.refused + [.cursorInvalid, .validationError]
        )
    ) { exchange in
        let caller = try await exchange.tenantCaller()
        let page = try await ListConversations(exchange.environment)(
            page: exchange.pageRequest(of: "conversations", scope: caller.tenant),
            by: .member(caller)
        )
        return try exchange.answer(page, of: "conversations", scope: caller.tenant, as: json)
    }

    private static let find = Route(
        .get,
        "\(base)/{id}",
        .init(operation: "ai.conversation.read", summary: "A conversation", tag: "AI"),
        access: .workspace(.aiConversationRead),
        output: .init(
            schema: .named("Conversation"),
            errors: WorkspaceRoutes.refused + [.notFound]
        )
    ) { exchange in
        let entry = try await FindConversation(exchange.environment)(
            exchange.pathID("id", noun: "conversation"),
            by: .member(exchange.tenantCaller())
        )
        return .json(json(entry))
    }

    private static let messages = Route(
        .get,
        "\(base)/{id}/messages",
        .init(
            operation: "ai.conversation.messages",
            summary: "What was said, from the beginning",
            tag: "AI"
        ),
        access: .workspace(.aiConversationRead),
        input: .init(query: QueryParameter.page),
        output: .init(
            schema: .page(of: "ConversationMessage"),
            errors: WorkspaceRoutes.refused + [.notFound, .cursorInvalid, .validationError]
        )
    ) { exchange in
        let caller = try await exchange.tenantCaller()
        let id = try exchange.pathID("id", noun: "conversation", of: Conversation.self)
        let page = try await ListMessages(exchange.environment)(
            of: id,
            page: exchange.pageRequest(of: "messages \(id)", scope: caller.tenant),
            by: .member(caller)
        )
        return try exchange.answer(
            page,
            of: "messages \(id)",
            scope: caller.tenant,
            as: message
        )
    }

    private static let delete = Route(
        .delete,
        "\(base)/{id}",
        .init(
            operation: "ai.conversation.delete",
            summary: "Delete a conversation with all that was said",
            tag: "AI"
        ),
        access: .workspace(.aiConversationRead),
        output: .init(status: .noContent, errors: WorkspaceRoutes.refused + [.notFound])
    ) { exchange in
        try await DeleteConversation(exchange.environment)(
            exchange.pathID("id", noun: "conversation"),
            by: .member(exchange.tenantCaller())
        )
        return .empty
    }

    @Sendable static func json(_ entry: ConversationEntry) -> JSON {
        [
            "id": JSON(entry.id), "user_id": JSON(entry.owner.user),
            "visitor": JSON(entry.owner.visitor), "title": .string(entry.title),
            "messages": .integer(Int64(entry.messageCount)),
            "created_at": JSON(entry.createdAt), "updated_at": JSON(entry.updatedAt),
            "expires_at": JSON(entry.expiresAt),
        ]
    }

    @Sendable static func message(_ kept: KeptMessage) -> JSON {
        [
            "seq": .integer(Int64(kept.seq)), "role": .string(kept.message.role.rawValue),
            "content": .string(kept.message.content),
            "tool_calls": .array(kept.message.toolCalls.map(ChatJSON.call)),
            "tool_call_id": JSON(kept.message.toolCallID), "request_id": JSON(kept.call),
            "created_at": JSON(kept.createdAt),
        ]
    }
}
