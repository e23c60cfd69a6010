package import Domain
import Storage

/// Gives a member one object, beyond what the role reaches: a guest sees and changes exactly that.
package struct GrantResource: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - kind: Of which kind the object is.
    ///   - id: The object.
    ///   - names: What, by name; reading is always part of it.
    ///   - user: The member.
    ///   - caller: Somebody of higher rank who holds the permissions on everything.
    /// - Returns: The grant, in the place of an earlier one of the same object.
    /// - Throws: `not_found` for the member or the object, `rank_violation`,
    ///   `grant_exceeds_own`.
    package func callAsFunction(
        _ kind: MemberGrant.Kind,
        _ id: ArtifactID,
        permissions names: [String],
        to user: UserID,
        by caller: TenantCaller
    ) async throws -> MemberGrant {
        let permissions = try MemberGrant.permissions(names, of: kind)
        return try await environment.database.write(.tenant(caller, .memberUpdateRole)) { scope in
            let standing = try MemberLedger(scope).lock(user)
            let member = try standing.present(user)
            try MemberRules.requireAbove(member.role, standing.authorization)
            try SupportNewcomer(scope: scope).check(try EmailAddress(member.email))
            try MemberRules.requireSubset(
                PermissionSet(permissions),
                of: standing.authorization,
                what: "The grant"
            )
            let found = try scope.query(ArtifactStore.find(id, in: caller.tenant))
            guard let artifact = try found.first.map(Artifact.init), artifact.deletedAt == nil
            else { throw DomainError.notFound("artifact", id.description) }
            let put = GrantStore.put(
                kind,
                id,
                permissions,
                to: user,
                by: scope.access.context.user,
                in: caller.tenant
            )
            var changes = Changes()
            let list = permissions.map { JSONValue.string($0.description) }
            changes.note("\(kind.rawValue):\(id)", from: .null, to: .array(list))
            let line = MemberTrail(scope: scope, member: member)
                .record("member.granted", .update, changes: changes)
            guard let row = try scope.last([put, line]).first?.first else {
                throw DomainError(.internal, .internalError, "The grant was not made.")
            }
            return try GrantStore.grant(row)
        }
    }
}

/// Takes one object from a member again.
package struct RevokeGrant: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `not_found` when there is no such grant, `rank_violation`.
    package func callAsFunction(
        _ kind: MemberGrant.Kind,
        _ id: ArtifactID,
        of user: UserID,
        by caller: TenantCaller
    ) async throws {
        try await environment.database.write(.tenant(caller, .memberUpdateRole)) { scope in
            let standing = try MemberLedger(scope).lock(user)
            let member = try standing.present(user)
            try MemberRules.requireAbove(member.role, standing.authorization)
            let delete = GrantStore.delete(kind, id, of: user, in: caller.tenant)
            guard try scope.change(delete) == 1 else {
                throw DomainError.notFound("grant", "\(kind.rawValue)/\(id)")
            }
            var changes = Changes()
            changes.note("\(kind.rawValue):\(id)", from: .string("granted"), to: .null)
            let line = MemberTrail(scope: scope, member: member)
                .record("member.grant_revoked", .update, changes: changes)
            _ = try scope.last([line])
        }
    }
}
