/// Forbids to erase one person, or everybody of a tenant, until it is released.
package struct LegalHold: Hashable, Sendable {
    package var id: LegalHoldID
    /// Nil for everybody who is or was a member.
    package var subject: UserID?
    package var reason: String
    package var createdBy: UserID
    package var createdAt: Instant
    package var releasedAt: Instant?

    package init(
        id: LegalHoldID,
        subject: UserID?,
        reason: String,
        createdBy: UserID,
        createdAt: Instant,
        releasedAt: Instant?
    ) {
        self.id = id
        self.subject = subject
        self.reason = reason
        self.createdBy = createdBy
        self.createdAt = createdAt
        self.releasedAt = releasedAt
    }

    package var position: PagePosition {
        PagePosition(["\(createdAt.microseconds)", id.description])
    }
}

package typealias LegalHoldID = Identifier<LegalHold>
