package import Domain
import Storage

/// One page of the workspace's invitations, the newest first.
package struct ListInvitations: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - status: Only these; nil for all.
    ///   - page: Which part.
    ///   - caller: Needs `member.invite`.
    /// - Returns: One page; what is over though its row does not say so yet counts as expired.
    /// - Throws: The guard's refusal.
    package func callAsFunction(
        _ status: InvitationStatus?,
        page: PageRequest,
        by caller: TenantCaller
    ) async throws -> Page<Invitation> {
        let fetched = try await environment.database.fetch(
            .tenant(caller, .memberInvite),
            try InvitationStore.page(status, page, in: caller.tenant)
        )
        return Page(
            surplus: try fetched.rows.map { try StoredInvitation($0).shown },
            request: page,
            position: \.position
        )
    }
}

/// What the caller's own mail address is invited to, in every workspace.
package struct ListMyInvitations: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(by caller: Caller) async throws -> [ReceivedInvitation] {
        let fetched = try await environment.database.fetch(.person(caller), InvitationStore.mine)
        return try fetched.rows.map(InvitationStore.received)
    }
}
