import Domain
import HTTPTypes
import Operations

/// Conversations that were kept: the workspace's for its members, and their own for the visitors of
/// its storefront.
enum ConversationRoutes {
    static let all = routes(of: workspace)
    static let ofVisitors = routes(of: storefront)

    /// A way to conversations.
    private struct Door: Sendable {
        let base: String
        /// How the names of its operations begin.
        let operation: String
        let tag: String
        let list: String
        let find: String
        /// What its cursors are of.
        let name: String
        let access: RouteAccess
        var headers: [HeaderParameter] = []
        let refusals: [DomainError.Code]
        let caller: @Sendable (Exchange) async throws -> CallPrincipal

        /// What may go wrong there, and with what is asked.
        func errors(_ codes: [DomainError.Code]) -> [DomainError.Code] {
            refusals + codes.filter { !refusals.contains($0) }
        }
    }

    private static let workspace = Door(
        base: "/api/v1/ai/conversations",
        operation: "ai.conversation",
        tag: "AI",
        list: "Conversations, visitors' too, newest first; members see their own",
        find: "A conversation",
        name: "conversations",
        access: .workspace(.aiConversationRead),
        refusals: WorkspaceRoutes.refused,
        caller: { .member(try await $0.tenantCaller()) }
    )

    private static let storefront = Door(
        base: "\(StorefrontRoutes.base)/conversations",
        operation: "storefront.conversation",
        tag: "Storefront",
        list: "The visitor's conversations, newest first",
        find: "A conversation of the visitor's",
        name: "visitor conversations",
        access: .visitor,
        headers: [.visitor],
        refusals: [.unauthenticated, .notFound],
        caller: { exchange in
            try await IdentifyVisitor(exchange.environment)(
                token: exchange.head.headerFields[.visitor] ?? "",
                storefront: exchange.pathValue("slug")
            ).principal
        }
    )

    private static func routes(of door: Door) -> [Route] {
        [list(door), find(door), messages(door), delete(door)]
    }

    private static func list(_ door: Door) -> Route {
        Route(
            .get,
            door.base,
            .init(operation: "\(door.operation).list", summary: door.list, tag: door.tag),
            access: door.access,
            input: .init(query: QueryParameter.page, headers: door.headers),
            output: .init(
                schema: .page(of: "Conversation"),
                errors: door.errors([.cursorInvalid, .validationError])
            )
        ) { exchange in
            let caller = try await door.caller(exchange)
            let page = try await ListConversations(exchange.environment)(
                page: exchange.pageRequest(of: door.name, scope: caller.tenant),
                by: caller
            )
            return try exchange.answer(page, of: door.name, scope: caller.tenant, as: json)
        }
    }

    private static func find(_ door: Door) -> Route {
        Route(
            .get,
            "\(door.base)/{id}",
            .init(operation: "\(door.operation).read", summary: door.find, tag: door.tag),
            access: door.access,
            input: .init(headers: door.headers),
            output: .init(schema: .named("Conversation"), errors: door.errors([.notFound]))
        ) { exchange in
            let caller = try await door.caller(exchange)
            let entry = try await FindConversation(exchange.environment)(
                exchange.pathID("id", noun: "conversation"),
                by: caller
            )
            return .json(json(entry))
        }
    }

    private static func messages(_ door: Door) -> Route {
        Route(
            .get,
            "\(door.base)/{id}/messages",
            .init(
                operation: "\(door.operation).messages",
                summary: "What was said, from the beginning",
                tag: door.tag
            ),
            access: door.access,
            input: .init(query: QueryParameter.page, headers: door.headers),
            output: .init(
                schema: .page(of: "ConversationMessage"),
                errors: door.errors([.notFound, .cursorInvalid, .validationError])
            )
        ) { exchange in
            let caller = try await door.caller(exchange)
            let id = try exchange.pathID("id", noun: "conversation", of: Conversation.self)
            let page = try await ListMessages(exchange.environment)(
                of: id,
                page: exchange.pageRequest(of: "messages \(id)", scope: caller.tenant),
                by: caller
            )
            return try exchange.answer(
                page,
                of: "messages \(id)",
                scope: caller.tenant,
                as: message
            )
        }
    }

    private static func delete(_ door: Door) -> Route {
        Route(
            .delete,
            "\(door.base)/{id}",
            .init(
                operation: "\(door.operation).delete",
                summary: "Delete a conversation with all that was said",
                tag: door.tag
            ),
            access: door.access,
            input: .init(headers: door.headers),
            output: .init(status: .noContent, errors: door.errors([.notFound]))
        ) { exchange in
            let caller = try await door.caller(exchange)
            try await DeleteConversation(exchange.environment)(
                exchange.pathID("id", noun: "conversation"),
                by: caller
            )
            return .empty
        }
    }

    @Sendable private static func json(_ entry: ConversationEntry) -> JSON {
        [
            "id": JSON(entry.id), "user_id": JSON(entry.owner.user),
            "visitor": JSON(entry.owner.visitor), "title": .string(entry.title),
            "messages": .integer(Int64(entry.messageCount)),
            "created_at": JSON(entry.createdAt), "updated_at": JSON(entry.updatedAt),
            "expires_at": JSON(entry.expiresAt),
        ]
    }

    @Sendable private static func message(_ kept: KeptMessage) -> JSON {
        [
            "seq": .integer(Int64(kept.seq)), "role": .string(kept.message.role.rawValue),
            "content": .string(kept.message.content),
            "tool_calls": .array(kept.message.toolCalls.map(ChatJSON.call)),
            "tool_call_id": JSON(kept.message.toolCallID), "request_id": JSON(kept.call),
            "created_at": JSON(kept.createdAt),
        ]
    }
}
