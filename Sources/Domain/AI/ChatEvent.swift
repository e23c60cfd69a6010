/// What a model sends while it answers, in order.
package enum ChatEvent: Hashable, Sendable {
    /// The provider has begun; its own id of the call, for its support.
    case started(providerRequest: String?)
    /// The next piece of the text.
    case text(String)
    /// The next piece of a function call: the first piece of an index has id and name.
    case toolCall(index: Int, id: String?, name: String?, arguments: String)
    /// The provider's own count so far; the last one counts.
    case usage(TokenUsage)
    /// Why the model ended; nothing but `usage` may follow.
    case finished(FinishReason)

    package enum FinishReason: String, CaseIterable, Hashable, Sendable {
        case stop
        case length
        case toolCalls = "tool_calls"
        case contentFilter = "content_filter"
    }
}
