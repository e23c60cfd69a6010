/// An owner's consent to support sessions that write, for a while, under a token.
package struct SupportConsent: Hashable, Sendable {
    package var id: SupportConsentID
    package var tenant: TenantID
    package var note: String?
    /// Whether a session with this consent may also see personal data of the tenant's customers.
    package var allowsPersonalData: Bool
    package var grantedBy: UserID
    package var createdAt: Instant
    package var expiresAt: Instant
    package var revokedAt: Instant?

    package init(
        id: SupportConsentID,
        tenant: TenantID,
        note: String?,
        allowsPersonalData: Bool,
        grantedBy: UserID,
        createdAt: Instant,
        expiresAt: Instant,
        revokedAt: Instant?
    ) {
        self.id = id
        self.tenant = tenant
        self.note = note
        self.allowsPersonalData = allowsPersonalData
        self.grantedBy = grantedBy
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
    }

    package enum State: String, CaseIterable, Hashable, Sendable {
        case active
        case expired
        case revoked
    }

    package func state(at now: Instant) -> State {
        if revokedAt != nil { return .revoked }
        return expiresAt > now ? .active : .expired
    }

    /// Where a page begins that follows this line.
    package var position: PagePosition {
        PagePosition([String(createdAt.microseconds), id.description])
    }
}

package typealias SupportConsentID = Identifier<SupportConsent>

/// What an owner consents to; checked.
package struct ConsentRequest: Hashable, Sendable {
    package let hours: Int
    package let note: String?
    package let allowsPersonalData: Bool

    package static let hourLimits = 1...168
    package static let standardHours = 24

    /// - Throws: A validation error that names the wrong field.
    package init(hours: Int, note: String?, allowsPersonalData: Bool) throws(DomainError) {
        guard Self.hourLimits.contains(hours) else {
            throw .invalid("hours", "must be 1 to 168; got \(hours)")
        }
        self.hours = hours
        if let note {
            self.note = try Validation.text(note, field: "note", length: 1...200)
        } else {
            self.note = nil
        }
        self.allowsPersonalData = allowsPersonalData
    }
}

/// A consent that was just given, with the token that is shown this once.
package struct GivenConsent: Hashable, Sendable {
    package var consent: SupportConsent
    package var token: String

    package init(consent: SupportConsent, token: String) {
        self.consent = consent
        self.token = token
    }
}
