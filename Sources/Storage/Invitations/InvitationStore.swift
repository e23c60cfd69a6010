package import Domain
package import Postgres

/// Invitations of the context's tenant.
package enum InvitationStore {
    private static let columns: SQL = """
        i.id, i.email, i.email_norm, i.role_name, i.status, i.invited_by, i.by_support,
        i.accepted_by, i.created_at, i.sent_at, i.expires_at, i.version, i.language,
        i.expires_at <= statement_timestamp() AS overdue, coalesce(i.role_key, r.coded) AS role
        """

    private static let source: SQL = """
        FROM invitations AS i
        LEFT JOIN roles AS r ON r.tenant_id = i.tenant_id AND r.id = i.role_id
        """

    /// One page, the newest first, and a row more.
    package static func page(
        _ status: InvitationStatus?,
        _ request: PageRequest,
        in tenant: TenantID
    ) throws -> SQL {
        var statement: SQL = """
            SELECT \(columns)
            \(source)
            WHERE i.tenant_id = \(tenant)
            """
        if let status { statement += condition(status) }
        if let after = request.after {
            guard after.keys.count == 2 else { throw PagePosition.invalid }
            let id = try after.id(at: 1, of: Invitation.self)
            statement += " AND (i.created_at, i.id) < (\(try after.instant(at: 0)), \(id))"
        }
        return statement + " ORDER BY i.created_at DESC, i.id DESC LIMIT \(request.limit + 1)"
    }

    /// As people see it: time decides, whether or not housekeeping has been there.
    private static func condition(_ status: InvitationStatus) -> SQL {
        switch status {
        case .pending: " AND i.status = 'pending' AND i.expires_at > statement_timestamp()"
        case .expired:
            """
             AND (i.status = 'expired'
                OR i.status = 'pending' AND i.expires_at <= statement_timestamp())
            """
        case .accepted, .declined, .revoked: " AND i.status = \(status.rawValue)"
        }
    }

    package static func find(_ id: InvitationID, in tenant: TenantID) -> SQL {
        """
        SELECT \(columns)
        \(source)
        WHERE i.tenant_id = \(tenant) AND i.id = \(id)
        """
    }

    /// The invitation that a token opens, by the token's SHA-256.
    package static func find(token hash: [UInt8], in tenant: TenantID) -> SQL {
        """
        SELECT \(columns)
        \(source)
        WHERE i.tenant_id = \(tenant) AND i.token_hash = \(hash)
        """
    }

    /// The words around an invitation: the workspace and who invites.
    package static func setting(inviter: UserID, in tenant: TenantID) -> SQL {
        """
        SELECT d.name, d.slug, d.status,
            (SELECT n.display_name FROM app.member_names(ARRAY[\(inviter)]) AS n) AS inviter
        FROM tenant_directory AS d
        WHERE d.tenant_id = \(tenant)
        """
    }

    /// What the acting person's mail address is invited to, in every tenant.
    package static let mine: SQL = """
        SELECT i.tenant_id, i.id, i.workspace, i.slug, i.role_name, i.inviter, i.created_at,
            i.expires_at
        FROM app.my_invitations() AS i
        """

    package static func received(_ row: Row) throws -> ReceivedInvitation {
        ReceivedInvitation(
            id: try row.decode("id"),
            tenant: try row.decode("tenant_id"),
            workspace: try row.decode("workspace"),
            slug: try row.decode("slug"),
            role: try row.decode("role_name"),
            inviter: try row.decode("inviter"),
            email: nil,
            createdAt: try row.decode("created_at"),
            expiresAt: try row.decode("expires_at")
        )
    }
}

/// An invitation with what only the rules need.
package struct StoredInvitation: Sendable {
    package let invitation: Invitation
    package let emailNorm: String
    package let language: Mail.Language
    /// Nil once it is settled.
    package let role: MemberRole?
    package let bySupport: Bool
    package let acceptedBy: UserID?
    /// Its time is over, whether or not housekeeping has said so.
    package let isOverdue: Bool

    package init(_ row: Row) throws {
        invitation = Invitation(
            id: try row.decode("id"),
            email: try row.decode("email"),
            role: try row.decode("role_name"),
            status: try row.decode("status", raw: InvitationStatus.self),
            invitedBy: try row.decode("invited_by"),
            createdAt: try row.decode("created_at"),
            sentAt: try row.decode("sent_at"),
            expiresAt: try row.decode("expires_at"),
            version: try row.decode("version")
        )
        emailNorm = try row.decode("email_norm")
        language = try row.decode("language", raw: Mail.Language.self)
        role = try row.decode("role", as: MemberRole?.self)
        bySupport = try row.decode("by_support")
        acceptedBy = try row.decode("accepted_by")
        isOverdue = try row.decode("overdue")
    }

    /// Whether it can still be accepted, declined, revoked or sent again.
    package var isOpen: Bool { invitation.status == .pending && !isOverdue }

    /// As people see it: one whose time is over is expired, though its row may not say so yet.
    package var shown: Invitation {
        var shown = invitation
        if shown.status == .pending, isOverdue { shown.status = .expired }
        return shown
    }
}

/// The words around an invitation.
package struct InvitationSetting: Sendable {
    package let workspace: String
    package let slug: String
    package let status: TenantStatus
    package let inviter: String

    /// Reads a row of `InvitationStore.setting`.
    package init(_ row: Row) throws {
        workspace = try row.decode("name")
        slug = try row.decode("slug")
        status = try row.decode("status", raw: TenantStatus.self)
        inviter = try row.decode("inviter", as: String?.self) ?? ""
    }
}
