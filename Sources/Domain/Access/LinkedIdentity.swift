/// An identity at another issuer, as its person sees it.
package struct LinkedIdentity: Hashable, Sendable {
    package var provider: String
    /// What the issuer said last.
    package var email: String?
    package var linkedAt: Instant
    package var lastUsedAt: Instant

    package init(provider: String, email: String?, linkedAt: Instant, lastUsedAt: Instant) {
        self.provider = provider
        self.email = email
        self.linkedAt = linkedAt
        self.lastUsedAt = lastUsedAt
    }
}
