import Console
import Domain
import Operations

extension RoleClient {
    init(desk: ConsoleDesk) {
        self.init(
            list: { try await ListRoles(try await desk.open())(by: $0) },
            create: { draft, caller in
                try await desk.change { try await CreateRole($0)(draft, by: caller) }
            },
            edit: { name, edit, version, caller in
                try await desk.change {
                    try await EditRole($0)(name, edit, version: version, by: caller)
                }
            },
            delete: { name, caller in
                try await desk.change { try await DeleteRole($0)(name, by: caller) }
            }
        )
    }
}

extension InvitationClient {
    init(desk: ConsoleDesk) {
        self.init(
            list: { try await ListInvitations(try await desk.open())($0, page: $1, by: $2) },
            invite: { new, caller in
                try await desk.change { try await InviteMember($0)(new, by: caller) }
            },
            resend: { id, caller in
                try await desk.change { try await ResendInvitation($0)(id, by: caller) }
            },
            revoke: { id, caller in
                try await desk.change { try await RevokeInvitation($0)(id, by: caller) }
            }
        )
    }
}

extension GrantClient {
    init(desk: ConsoleDesk) {
        self.init(
            list: { try await ListGrants(try await desk.open())(of: $0, page: $1, by: $2) },
            give: { id, permissions, user, caller in
                try await desk.change {
                    try await GrantResource($0)(
                        .artifact,
                        id,
                        permissions: permissions.map(\.description),
                        to: user,
                        by: caller
                    )
                }
            },
            take: { id, user, caller in
                try await desk.change {
                    try await RevokeGrant($0)(.artifact, id, of: user, by: caller)
                }
            }
        )
    }
}
