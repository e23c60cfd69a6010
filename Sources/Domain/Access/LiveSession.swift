/// A session as its person sees it in a list.
package struct LiveSession: Hashable, Sendable {
    package var session: Session
    package var userAgent: String?
    package var ip: String?
    package var createdAt: Instant
    /// To the minute.
    package var lastSeenAt: Instant

    package init(
        session: Session,
        userAgent: String?,
        ip: String?,
        createdAt: Instant,
        lastSeenAt: Instant
    ) {
        self.session = session
        self.userAgent = userAgent
        self.ip = ip
        self.createdAt = createdAt
        self.lastSeenAt = lastSeenAt
    }

    package var id: SessionID { session.id }

    /// Where the next page of a list begins.
    package var position: PagePosition {
        PagePosition([String(createdAt.microseconds), session.id.description])
    }
}
