package import Domain

/// The roles of a tenant.
package struct RoleClient: Sendable {
    package var list: @Sendable (TenantCaller) async throws -> [TenantRole]
    package var create: @Sendable (RoleDraft, TenantCaller) async throws -> TenantRole
    package var edit:
        @Sendable (RoleName, RoleEdit, _ version: Int64?, TenantCaller) async throws -> TenantRole
    package var delete: @Sendable (RoleName, TenantCaller) async throws -> Void

    package init(
        list: @escaping @Sendable (TenantCaller) async throws -> [TenantRole],
        create: @escaping @Sendable (RoleDraft, TenantCaller) async throws -> TenantRole,
        edit:
            @escaping @Sendable (RoleName, RoleEdit, _ version: Int64?, TenantCaller)
            async throws -> TenantRole,
        delete: @escaping @Sendable (RoleName, TenantCaller) async throws -> Void
    ) {
        self.list = list
        self.create = create
        self.edit = edit
        self.delete = delete
    }
}

/// The invitations of a tenant.
package struct InvitationClient: Sendable {
    package typealias List =
        @Sendable (InvitationStatus?, PageRequest, TenantCaller) async throws -> Page<Invitation>

    package var list: List
    package var invite: @Sendable (NewInvitation, TenantCaller) async throws -> Invitation
    package var resend: @Sendable (InvitationID, TenantCaller) async throws -> Invitation
    package var revoke: @Sendable (InvitationID, TenantCaller) async throws -> Void

    package init(
        list: @escaping List,
        invite: @escaping @Sendable (NewInvitation, TenantCaller) async throws -> Invitation,
        resend: @escaping @Sendable (InvitationID, TenantCaller) async throws -> Invitation,
        revoke: @escaping @Sendable (InvitationID, TenantCaller) async throws -> Void
    ) {
        self.list = list
        self.invite = invite
        self.resend = resend
        self.revoke = revoke
    }
}

/// The single objects that members of a tenant were given.
package struct GrantClient: Sendable {
    package var list:
        @Sendable (UserID, PageRequest, TenantCaller) async throws -> Page<MemberGrant>
    package var give:
        @Sendable (ArtifactID, [Permission], UserID, TenantCaller) async throws -> MemberGrant
    package var take: @Sendable (ArtifactID, UserID, TenantCaller) async throws -> Void

    package init(
        list:
            @escaping @Sendable (UserID, PageRequest, TenantCaller) async throws ->
            Page<MemberGrant>,
        give:
            @escaping @Sendable (ArtifactID, [Permission], UserID, TenantCaller) async throws ->
            MemberGrant,
        take: @escaping @Sendable (ArtifactID, UserID, TenantCaller) async throws -> Void
    ) {
        self.list = list
        self.give = give
        self.take = take
    }
}
