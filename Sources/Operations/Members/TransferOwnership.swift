package import Domain
import Storage

/// Makes another member an owner in one's own place: one transaction, so that the workspace is
/// never without an owner, nor with one too many.
package struct TransferOwnership: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - heir: An active member.
    ///   - proof: that it is the caller and not who found the token.
    ///   - caller: An owner, who is an admin afterwards.
    /// - Returns: The new owner.
    /// - Throws: `not_a_member` for anybody who is no active member; ``FreshProofRequired`` and
    ///   what a wrong proof is answered with.
    package func callAsFunction(
        to heir: UserID,
        proof: FreshProof,
        by caller: TenantCaller
    ) async throws -> Member {
        let owner = caller.caller.user
        guard heir != owner else {
            throw DomainError.invalid("user_id", "must be somebody else")
        }
        try await requireMember(heir, caller)
        try await FreshProofCheck(environment, caller.caller)(proof)
        return try await environment.database.write(.tenant(caller, .ownerManage)) { scope in
            let ledger = MemberLedger(scope)
            let standing = try ledger.lock(heir)
            guard let present = standing.member, present.status == .active else {
                throw Self.notAMember
            }
            let rows = try scope.query(MemberStore.find(owner, in: scope.tenant))
            guard let giver = try rows.first.map(MemberStore.member), giver.role == .owner else {
                throw Refusals.permissionDenied
            }
            return try Self.transfer(giver, present, scope)
        }
    }

    /// Who may not, or cannot, is told so before anything is asked of them.
    private func requireMember(_ heir: UserID, _ caller: TenantCaller) async throws {
        let rows = try await environment.database.fetch(
            .tenant(caller, .ownerManage),
            MemberStore.find(heir, in: caller.tenant)
        ).rows
        guard try rows.first.map(MemberStore.member)?.status == .active else {
            throw Self.notAMember
        }
    }

    private static func transfer(
        _ giver: Member,
        _ heir: Member,
        _ scope: Scope
    ) throws -> Member {
        var owner = heir
        owner.role = .owner
        owner.version += 1
        var former = giver
        former.role = .admin
        _ = try scope.last(
            MemberLedger(scope).transfer(from: giver, as: .admin, to: heir)
                + [
                    line(owner, from: heir.role, scope), line(former, from: giver.role, scope),
                ]
        )
        return owner
    }

    private static func line(_ member: Member, from old: MemberRole, _ scope: Scope) -> Statement {
        var changes = Changes()
        changes.note("role", from: .string(old.name), to: .string(member.role.name))
        return MemberTrail(scope: scope, member: member)
            .record("owner.transferred", .update, changes: changes)
    }

    private static let notAMember = DomainError(
        .invalid([FieldProblem("user_id", "must be an active member of the workspace")]),
        .notAMember,
        "Ownership can only go to an active member of the workspace."
    )
}
