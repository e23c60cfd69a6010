/// How far the end of a closed tenant is.
package struct TenantClosing: Hashable, Sendable {
    package var closedAt: Instant
    /// When its data goes; nil where that has begun, and where data of closed tenants stays.
    package var purgeAt: Instant?
    package var purgeBeganAt: Instant?
    package var purgedAt: Instant?

    package init(closedAt: Instant, purgeBeganAt: Instant? = nil, purgedAt: Instant? = nil) {
        self.closedAt = closedAt
        self.purgeBeganAt = purgeBeganAt
        self.purgedAt = purgedAt
    }

    /// The same with the time at which the data goes, so many days after the closing; 0: never.
    package func purging(afterDays days: Int) -> TenantClosing {
        var closing = self
        closing.purgeAt =
            purgeBeganAt == nil && days > 0
            ? closedAt.advanced(by: .seconds(days * 86_400)) : nil
        return closing
    }
}
