package import Domain

/// For whom a model is asked; providers elsewhere are told nothing of it.
package struct ChatContext: Hashable, Sendable {
    package var tenant: TenantID
    package var requestID: AICallID
    /// The member whose rights a search within the tenant has; nil for a visitor.
    package var caller: TenantCaller?

    package init(tenant: TenantID, requestID: AICallID, caller: TenantCaller? = nil) {
        self.tenant = tenant
        self.requestID = requestID
        self.caller = caller
    }
}

/// Texts as vectors, in the order they were given.
package struct Embeddings: Hashable, Sendable {
    package var vectors: [[Float]]
    package var usage: TokenUsage
    /// Whether the provider gave no count, so that it is ours.
    package var isEstimated: Bool

    package init(vectors: [[Float]], usage: TokenUsage, isEstimated: Bool) {
        self.vectors = vectors
        self.usage = usage
        self.isEstimated = isEstimated
    }
}
