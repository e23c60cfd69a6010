/// An offer of a place in a tenant, bound to a mail address.
///
///     pending ──accept──▶ accepted
///        │ ├──decline──▶ declined
///        │ ├──revoke───▶ revoked
///        │ └──7 days───▶ expired
///        └──resend──▶ pending, with another token
///
/// While it is pending it holds a seat of the plan.
package struct Invitation: Hashable, Sendable {
    package var id: InvitationID
    package var email: String
    /// The role's name; a role that was deleted since is still called so.
    package var role: String
    package var status: InvitationStatus
    package var invitedBy: UserID
    package var createdAt: Instant
    /// When the newest mail was written.
    package var sentAt: Instant
    package var expiresAt: Instant
    package var version: Int64

    /// How long an invitation holds.
    package static let life = Duration.seconds(7 * 86_400)

    package init(
        id: InvitationID,
        email: String,
        role: String,
        status: InvitationStatus,
        invitedBy: UserID,
        createdAt: Instant,
        sentAt: Instant,
        expiresAt: Instant,
        version: Int64
    ) {
        self.id = id
        self.email = email
        self.role = role
        self.status = status
        self.invitedBy = invitedBy
        self.createdAt = createdAt
        self.sentAt = sentAt
        self.expiresAt = expiresAt
        self.version = version
    }
}

package enum InvitationStatus: String, CaseIterable, Hashable, Sendable {
    case pending
    case accepted
    case declined
    case revoked
    case expired
}

extension Invitation {
    /// Where a page begins that follows this line.
    package var position: PagePosition {
        PagePosition([String(createdAt.microseconds), id.description])
    }
}

/// An invitation as the invited person sees it, before they are a member of anything.
package struct ReceivedInvitation: Hashable, Sendable {
    package var id: InvitationID
    package var tenant: TenantID
    package var workspace: String
    package var slug: String
    package var role: String
    package var inviter: String
    /// Nil where the list is one's own.
    package var email: String?
    package var createdAt: Instant
    package var expiresAt: Instant

    package init(
        id: InvitationID,
        tenant: TenantID,
        workspace: String,
        slug: String,
        role: String,
        inviter: String,
        email: String?,
        createdAt: Instant,
        expiresAt: Instant
    ) {
        self.id = id
        self.tenant = tenant
        self.workspace = workspace
        self.slug = slug
        self.role = role
        self.inviter = inviter
        self.email = email
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}

/// Who shall be invited, and as what; checked.
package struct NewInvitation: Hashable, Sendable {
    package let email: EmailAddress
    package let role: RoleName
    package let language: Mail.Language

    /// Checks every field and names all that are wrong at once.
    package init(email: String, role: String, language: String? = nil) throws(DomainError) {
        var problems = FieldProblems()
        let checkedEmail = problems.collect { () throws(DomainError) in try EmailAddress(email) }
        let checkedRole = problems.collect { () throws(DomainError) in try RoleName(role) }
        let checkedLanguage = problems.collect { () throws(DomainError) in
            guard let language else { return Mail.Language.english }
            guard let known = Mail.Language(rawValue: language) else {
                throw .invalid("language", "must be one of en, ar")
            }
            return known
        }
        guard let checkedEmail, let checkedRole, let checkedLanguage else {
            throw .invalid(problems.list)
        }
        self.email = checkedEmail
        self.role = checkedRole
        self.language = checkedLanguage
    }
}
