package import Domain
package import Postgres

// DESIGN
//
// 1. Messages are counted under the lock of their conversation's row, which the statement that
//    counts takes: two answers at once get numbers one behind the other.
// 2. One that is past its end is there for nobody, though its rows may be.
// 3. A deletion locks the conversation first: a turn that comes meanwhile is deleted with the others,
//    one that comes behind it finds no conversation. Calls in flight lose their idempotency keys, and
//    without a key no answer is kept (`app.ai_settle`); those that were held behind the deletion
//    lose their reply with `forgetOrphan`.

/// Conversations with models, and their messages.
package enum ConversationStore {
    /// For how many days one is kept that nobody goes on with.
    private static func days(_ owner: ConversationOwner) -> Int32 {
        owner.user == nil ? 30 : 90
    }

    /// The most messages that a model is given of what was said before.
    package static func memory(_ owner: ConversationOwner) -> Int {
        owner.user == nil ? 20 : 50
    }

    private static let columns: SQL = """
        c.id, c.user_id, c.visitor, c.title, c.message_count, c.created_at, c.updated_at, c.expires_at
        """

    /// One page, the newest first, and a row more; of one owner when there is one.
    package static func page(
        _ request: PageRequest,
        of owner: ConversationOwner?,
        in tenant: TenantID
    ) throws -> SQL {
        var statement: SQL = """
            SELECT \(columns)
            FROM ai_conversations AS c
            WHERE c.tenant_id = \(tenant) AND c.expires_at > statement_timestamp()
            """
        switch owner {
        case .member(let user): statement += " AND c.user_id = \(user)"
        case .visitor(let visitor): statement += " AND c.visitor = \(visitor)"
        case nil: break
        }
        if let after = request.after {
            guard after.keys.count == 2 else { throw PagePosition.invalid }
            let id = try after.id(at: 1, of: Conversation.self)
            statement += " AND (c.created_at, c.id) < (\(try after.instant(at: 0)), \(id))"
        }
        return statement + " ORDER BY c.created_at DESC, c.id DESC LIMIT \(request.limit + 1)"
    }

    package static func find(_ id: ConversationID, in tenant: TenantID) -> SQL {
        """
        SELECT \(columns)
        FROM ai_conversations AS c
        WHERE c.tenant_id = \(tenant) AND c.id = \(id) AND c.expires_at > statement_timestamp()
        """
    }

    /// One page of the messages, the oldest first, and a row more.
    package static func messages(
        of id: ConversationID,
        _ request: PageRequest,
        in tenant: TenantID
    ) throws -> SQL {
        let after = try request.after.map { (position) throws(DomainError) in
            try position.integer(at: 0)
        }
        return """
            SELECT m.seq, m.role, m.content, m.tool_calls, m.tool_call_id, m.request_id,
                m.created_at
            FROM ai_messages AS m
            WHERE m.tenant_id = \(tenant) AND m.conversation_id = \(id)
              AND m.seq > \(after ?? 0)
            ORDER BY m.seq
            LIMIT \(request.limit + 1)
            """
    }

    /// The last messages that its owner's models are given, the newest first.
    package static func recent(
        of id: ConversationID,
        _ owner: ConversationOwner,
        in tenant: TenantID
    ) -> SQL {
        """
        SELECT m.seq, m.role, m.content, m.tool_calls, m.tool_call_id, m.request_id,
            m.created_at
        FROM ai_messages AS m
        WHERE m.tenant_id = \(tenant) AND m.conversation_id = \(id)
        ORDER BY m.seq DESC
        LIMIT \(Int64(memory(owner)))
        """
    }

    package static func begin(
        _ id: ConversationID,
        title: String,
        of owner: ConversationOwner,
        in tenant: TenantID
    ) -> SQL {
        """
        INSERT INTO ai_conversations (tenant_id, id, user_id, visitor, title, expires_at)
        VALUES (\(tenant), \(id), \(owner.user), \(owner.visitor), \(title),
            clock_timestamp() + make_interval(days => \(days(owner))))
        """
    }

    /// Appends messages in one statement; none where the conversation is gone.
    package static func append(
        _ messages: [ChatMessage],
        to id: ConversationID,
        of owner: ConversationOwner,
        call: AICallID,
        in tenant: TenantID
    ) -> SQL {
        """
        WITH lines AS (
            SELECT l.value, l.place
            FROM jsonb_array_elements(\(JSONValue.array(messages.map(line)))) WITH ORDINALITY
                AS l (value, place)
        ), counted AS (
            UPDATE ai_conversations AS c
            SET message_count = c.message_count + \(Int32(messages.count)),
                updated_at = clock_timestamp(),
                expires_at = clock_timestamp() + make_interval(days => \(days(owner)))
            WHERE c.tenant_id = \(tenant) AND c.id = \(id)
            RETURNING c.message_count - \(Int32(messages.count)) AS before
        )
        INSERT INTO ai_messages (tenant_id, conversation_id, seq, role, content, tool_calls,
            tool_call_id, request_id)
        SELECT \(tenant), \(id), counted.before + l.place::integer, l.value ->> 'role',
            l.value ->> 'content', l.value -> 'tool_calls', l.value ->> 'tool_call_id', \(call)
        FROM lines AS l
        CROSS JOIN counted
        """
    }

    /// Deletes one with its messages, and what is kept of its answers for repeated requests.
    ///
    /// Its person is locked before it, as an erasure does.
    package static func delete(
        _ id: ConversationID,
        of owner: ConversationOwner,
        in tenant: TenantID
    ) -> [SQL] {
        (owner.user.map { [stay($0, in: tenant)] } ?? []) + [
            """
            SELECT c.id FROM ai_conversations AS c
            WHERE c.tenant_id = \(tenant) AND c.id = \(id)
            FOR UPDATE
            """
        ] + forgetReplies("r.conversation_id = \(id)", in: tenant) + [
            """
            DELETE FROM ai_messages AS m
            WHERE m.tenant_id = \(tenant) AND m.conversation_id = \(id)
            """,
            """
            DELETE FROM ai_conversations AS c
            WHERE c.tenant_id = \(tenant) AND c.id = \(id)
            """,
        ]
    }

    /// Forgets the reply to a call whose conversation was deleted meanwhile.
    package static func forgetOrphan(
        _ call: AICallID,
        of id: ConversationID,
        in tenant: TenantID
    ) -> [SQL] {
        forgetReplies(
            """
            r.id = \(call) AND NOT EXISTS (
                SELECT FROM ai_conversations AS c
                WHERE c.tenant_id = \(tenant) AND c.id = \(id))
            """,
            in: tenant
        )
    }

    /// The replies to calls and their keys: without its reply a key stands for nothing.
    ///
    /// A call in flight has no reply yet; without its key none will be kept of it.
    private static func forgetReplies(_ condition: SQL, in tenant: TenantID) -> [SQL] {
        [
            """
            UPDATE ai_requests AS r
            SET idempotency_key = NULL, fingerprint = NULL
            WHERE r.tenant_id = \(tenant) AND \(condition) AND r.idempotency_key IS NOT NULL
            """,
            """
            DELETE FROM ai_replies AS y
            USING ai_requests AS r
            WHERE y.tenant_id = \(tenant) AND r.tenant_id = \(tenant) AND r.id = y.request_id
              AND \(condition)
            """,
        ]
    }

    /// Finds the member whose words are to be kept, and has an erasure wait until they are: no row
    /// for somebody who has gone.
    package static func stay(_ user: UserID, in tenant: TenantID) -> SQL {
        """
        SELECT m.user_id FROM memberships AS m
        WHERE m.tenant_id = \(tenant) AND m.user_id = \(user) AND m.status <> 'removed'
        FOR SHARE
        """
    }

    /// Deletes all that a member said and was answered in a tenant.
    package static func forget(_ user: UserID, in tenant: TenantID) -> [SQL] {
        forgetReplies("r.user_id = \(user)", in: tenant) + [
            """
            DELETE FROM ai_messages AS m
            USING ai_conversations AS c
            WHERE m.tenant_id = \(tenant) AND c.tenant_id = \(tenant)
              AND c.id = m.conversation_id AND c.user_id = \(user)
            """,
            """
            DELETE FROM ai_conversations AS c
            WHERE c.tenant_id = \(tenant) AND c.user_id = \(user)
            """,
            """
            DELETE FROM ai_response_cache AS r
            WHERE r.tenant_id = \(tenant) AND r.user_id = \(user)
            """,
        ]
    }

    /// Deletes what is past its end, everywhere; for system contexts.
    package static func prune(batch: Int) -> SQL {
        "SELECT app.prune_ai_chat(\(Int32(batch))) AS deleted"
    }

    package static func pruned(_ row: Row) throws -> Int {
        Int(try row.decode("deleted", as: Int32.self))
    }

    /// PostgreSQL stores no NUL; a model may write one.
    private static func line(_ message: ChatMessage) -> JSONValue {
        .object([
            "role": .string(message.role.rawValue),
            "content": .string(message.content.replacing("\0", with: "")),
            "tool_calls": .array(message.toolCalls.map(\.json)),
            "tool_call_id": message.toolCallID.map(JSONValue.string) ?? .null,
        ])
    }
}

extension ConversationEntry {
    private static func owner(_ row: Row) throws -> ConversationOwner {
        if let visitor = try row.decode("visitor", as: String?.self) { return .visitor(visitor) }
        return .member(try row.decode("user_id"))
    }

    package init(_ row: Row) throws {
        self.init(
            id: try row.decode("id"),
            owner: try Self.owner(row),
            title: try row.decode("title"),
            messageCount: Int(try row.decode("message_count", as: Int32.self)),
            createdAt: try row.decode("created_at"),
            updatedAt: try row.decode("updated_at"),
            expiresAt: try row.decode("expires_at")
        )
    }
}

extension KeptMessage {
    package init(_ row: Row) throws {
        let calls = try row.decode("tool_calls", as: JSONValue.self)
        guard case .array(let calls) = calls else {
            throw DomainError(.internal, .internalError, "A message's calls are no list.")
        }
        self.init(
            seq: Int(try row.decode("seq", as: Int32.self)),
            message: ChatMessage(
                try row.decode("role", raw: ChatMessage.Role.self),
                try row.decode("content"),
                toolCalls: calls.compactMap(ChatToolCall.init),
                toolCallID: try row.decode("tool_call_id")
            ),
            call: try row.decode("request_id"),
            createdAt: try row.decode("created_at")
        )
    }
}
