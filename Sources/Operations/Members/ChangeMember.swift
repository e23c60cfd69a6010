package import Domain
import Storage

// DESIGN
//
// The rules are asked under the lock of the tenant's counters, with what the caller may do at
// that moment: of two owners who demote each other, the second is no owner any more.

/// Gives a member another role, suspends or resumes them.
package struct ChangeMember: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - user: the member.
    ///   - role: the new role; nil leaves it.
    ///   - status: active or suspended; nil leaves it.
    ///   - reason: why, for the trail.
    ///   - version: the version that the caller saw; nil for any.
    ///   - caller: somebody of higher rank, or an owner.
    /// - Returns: The member as changed, or as before when nothing would change.
    /// - Throws: `rank_violation`, `grant_exceeds_own`, `last_owner`, `version_conflict`.
    package func callAsFunction(
        _ user: UserID,
        role: RoleName?,
        status: MemberStatus?,
        reason: String? = nil,
        version: Int64?,
        by caller: TenantCaller
    ) async throws -> Member {
        let reason = try Validation.reason(reason)
        guard status != .removed else {
            throw DomainError.invalid("status", "must be active or suspended")
        }
        guard role != nil || status != nil else {
            throw DomainError.invalid("role", "or status must be given")
        }
        let permission: Permission = role != nil ? .memberUpdateRole : .memberSuspend
        return try await environment.database.write(.tenant(caller, permission)) { scope in
            let ledger = MemberLedger(scope)
            let standing = try ledger.lock(user)
            let member = try standing.present(user)
            try member.requireVersion(version)
            let role = try role.map { try ledger.role($0) }
            try Self.check(standing, member, role: role, status: status)
            if role != nil || status == .active {
                try SupportNewcomer(scope: scope).check(try EmailAddress(member.email))
            }
            return try Self.change(member, role: role, status: status, reason: reason, scope)
        }
    }

    private static func check(
        _ standing: MemberLedger.Standing,
        _ member: Member,
        role: MemberRole?,
        status: MemberStatus?
    ) throws {
        if role != nil, status != nil, !standing.authorization.grants(.memberSuspend) {
            throw Refusals.permissionDenied
        }
        try MemberRules.check(standing.authorization, target: member.role, role: role)
    }

    private static func change(
        _ member: Member,
        role: MemberRole?,
        status: MemberStatus?,
        reason: String?,
        _ scope: Scope
    ) throws -> Member {
        var changed = member
        changed.role = role ?? member.role
        changed.status = status ?? member.status
        guard changed != member else { return member }
        changed.version += 1
        _ = try scope.last(
            MemberLedger(scope).change(member, role: changed.role, status: changed.status)
                + [
                    MemberTrail(scope: scope, member: changed).record(
                        action(from: member, to: changed),
                        .update,
                        changes: changes(from: member, to: changed, reason: reason)
                    )
                ]
        )
        return changed
    }

    private static func changes(from old: Member, to new: Member, reason: String?) -> Changes {
        var changes = Changes()
        changes.note("role", from: .string(old.role.name), to: .string(new.role.name))
        changes.note(
            "status",
            from: .string(old.status.rawValue),
            to: .string(new.status.rawValue)
        )
        changes.note("reason", from: .null, to: reason.map(JSONValue.string) ?? .null)
        return changes
    }

    private static func action(from old: Member, to new: Member) -> String {
        switch (old.role != new.role, new.status) {
        case (true, _): "member.role_changed"
        case (false, .suspended): "member.suspended"
        case (false, _): "member.resumed"
        }
    }
}

extension Authorization {
    /// Whether the role that the guard named holds another permission as well.
    func grants(_ permission: Permission) -> Bool {
        guard let membership else {
            return "yw".contains(PermissionMatrix.letter(permission, role: role))
        }
        return membership.grants(permission) == .all
    }
}

extension MemberLedger.Standing {
    /// The member; somebody who was removed counts as missing.
    func present(_ user: UserID) throws(DomainError) -> Member {
        guard let member, member.status != .removed else {
            throw .notFound("member", user.description)
        }
        return member
    }
}

extension Member {
    fileprivate func requireVersion(_ expected: Int64?) throws(DomainError) {
        guard let expected, expected != version else { return }
        throw DomainError(
            .precondition,
            .versionConflict,
            "The member is at version \(version), not \(expected).",
            hint: "Look at it again before you change it."
        )
    }
}
