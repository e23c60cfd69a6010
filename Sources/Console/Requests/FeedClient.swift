package import Domain

/// Where changes are waited for, and who waits.
package struct FeedWatch: Hashable, Sendable {
    /// Whose changes.
    package enum Place: Hashable, Sendable {
        case platform
        /// One's own sessions.
        case person
        case tenant(TenantID, support: SupportSessionID?)
    }

    package var place: Place
    package var user: UserID
    package var session: SessionID

    package init(_ place: Place, user: UserID, session: SessionID) {
        self.place = place
        self.user = user
        self.session = session
    }
}

/// The bell that rings when something changed.
package struct FeedClient: Sendable {
    /// An element for each time that it is worth looking again.
    ///
    /// After a change, and after a gap in which changes would not have been heard. Ends when who
    /// waits may not hear it.
    package var follow: @Sendable (FeedWatch) -> AsyncStream<Void>

    package init(follow: @escaping @Sendable (FeedWatch) -> AsyncStream<Void>) {
        self.follow = follow
    }

    /// Never rings.
    package static let silent = FeedClient { _ in AsyncStream { $0.finish() } }
}
