import Domain
import Storage

// DESIGN
//
// 1. Who makes or opens a workspace without an operator has proved a mail address, and owns a
//    bounded number of workspaces on the free plan. Those on another plan do not count.
// 2. The count is made under the lock of the person's row, so twenty requests at once count one
//    after the other.

/// How many workspaces a person may own by their own doing.
struct OwnWorkspaces {
    let scope: Scope
    let limit: Int

    /// - Parameter account: locked until the end of the transaction.
    /// - Throws: `permission_denied`, `plan_limit_reached`.
    func requireRoom(for account: Account) throws {
        guard limit > 0 else {
            throw DomainError(
                .forbidden,
                .permissionDenied,
                "Workspaces are made by operators here.",
                hint: "Ask an operator for one."
            )
        }
        guard account.emailVerifiedAt != nil else {
            throw DomainError(
                .forbidden,
                .permissionDenied,
                "Only who has proved their mail address can make or open a workspace.",
                hint: "Follow the link that was mailed to you."
            )
        }
        let owned = try scope.query(WorkspaceStore.mine).map(WorkspaceStore.workspace)
            .filter { $0.role == .owner && $0.plan == .free }
        guard owned.count < limit else { throw Self.reached(limit) }
    }

    private static func reached(_ limit: Int) -> DomainError {
        DomainError(
            .limited(retryAfter: nil),
            .planLimitReached,
            "One person may own \(limit) workspaces on the free plan.",
            hint: "Close one, give one away, or ask an operator for another plan."
        )
    }

    /// Who may close or open the workspace of the context: an active member with that right.
    ///
    /// - Throws: As the guard does.
    func requireOwner(_ user: UserID) throws {
        let rows = try scope.query(MemberStore.find(user, in: scope.tenant))
        guard let member = try rows.first.map(MemberStore.member), member.status == .active else {
            throw Refusals.tenantAccessDenied
        }
        guard member.role.permissions[.workspaceDelete] == .all else {
            throw Refusals.permissionDenied
        }
    }
}

extension Access {
    /// The process on behalf of a person whose session the guard has proven, in a workspace that
    /// the guard of members cannot judge: it is being made, or is closed.
    static func selfService(_ caller: Caller, tenant: TenantID? = nil) -> Access {
        Access(
            context: AccessContext(
                kind: .system(.selfService),
                tenant: tenant,
                user: caller.user,
                mode: .readWrite
            ),
            guard: .session(caller.session),
            requestID: caller.requestID
        )
    }
}
