/// Whose a conversation is.
package enum ConversationOwner: Hashable, Sendable {
    case member(UserID)
    /// Somebody at a storefront, by the hash of their token.
    case visitor(String)

    package var user: UserID? {
        if case .member(let user) = self { user } else { nil }
    }

    package var visitor: String? {
        if case .visitor(let visitor) = self { visitor } else { nil }
    }
}

/// A conversation in a list.
package struct ConversationEntry: Hashable, Sendable {
    package var id: ConversationID
    package var owner: ConversationOwner
    /// How the first question begins.
    package var title: String
    package var messageCount: Int
    package var createdAt: Instant
    package var updatedAt: Instant
    /// When it is deleted unless somebody goes on with it.
    package var expiresAt: Instant

    package init(
        id: ConversationID,
        owner: ConversationOwner,
        title: String,
        messageCount: Int,
        createdAt: Instant,
        updatedAt: Instant,
        expiresAt: Instant
    ) {
        self.id = id
        self.owner = owner
        self.title = title
        self.messageCount = messageCount
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.expiresAt = expiresAt
    }

    /// Where a page begins that follows this line.
    package var position: PagePosition {
        PagePosition([String(createdAt.microseconds), id.description])
    }
}

/// A message that was kept.
package struct KeptMessage: Hashable, Sendable {
    package var seq: Int
    package var message: ChatMessage
    /// The call that it belongs to.
    package var call: AICallID
    package var createdAt: Instant

    package init(seq: Int, message: ChatMessage, call: AICallID, createdAt: Instant) {
        self.seq = seq
        self.message = message
        self.call = call
        self.createdAt = createdAt
    }

    package var position: PagePosition { PagePosition([String(seq)]) }
}
