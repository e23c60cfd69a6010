package import Domain
import Storage

/// What a token offers, for somebody who need not be signed in yet.
package struct OpenInvitation: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `not_found`, `invitation_expired`, `invitation_revoked`, `invitation_declined`.
    package func callAsFunction(
        token text: String,
        requestID: String
    ) async throws -> ReceivedInvitation {
        let token = try InvitationToken(parsing: text)
        return try await environment.database.system(
            reason: .invitation,
            tenant: token.tenant,
            requestID: requestID
        ) { scope in
            let stored = try Self.find(token, scope)
            try stored.requireStanding()
            return try Self.received(stored, scope)
        }
    }

    static func find(_ token: InvitationToken, _ scope: Scope) throws -> StoredInvitation {
        let rows = try scope.query(InvitationStore.find(token: token.hash, in: token.tenant))
        guard let row = rows.first else { throw InvitationToken.unknown }
        return try StoredInvitation(row)
    }

    private static func received(
        _ stored: StoredInvitation,
        _ scope: Scope
    ) throws -> ReceivedInvitation {
        let invitation = stored.invitation
        let ledger = InvitationLedger(scope)
        guard let setting = try ledger.setting(inviter: invitation.invitedBy) else {
            throw InvitationToken.unknown
        }
        return ReceivedInvitation(
            id: invitation.id,
            tenant: try scope.tenant,
            workspace: setting.workspace,
            slug: setting.slug,
            role: invitation.role,
            inviter: setting.inviter,
            email: invitation.email,
            createdAt: invitation.createdAt,
            expiresAt: invitation.expiresAt
        )
    }
}

extension StoredInvitation {
    /// Refuses one that was settled in another way than by acceptance.
    func requireStanding() throws(DomainError) {
        switch shown.status {
        case .pending, .accepted: return
        case .expired:
            throw DomainError(
                .gone,
                .invitationExpired,
                "The invitation has expired.",
                hint: "Ask for another one."
            )
        case .revoked:
            throw DomainError(
                .gone,
                .invitationRevoked,
                "The invitation was taken back.",
                hint: "Ask for another one."
            )
        case .declined:
            throw DomainError(
                .gone,
                .invitationDeclined,
                "The invitation was declined.",
                hint: "Ask for another one."
            )
        }
    }
}
