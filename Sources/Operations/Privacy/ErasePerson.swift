package import Domain
import Storage

// DESIGN
//
// 1. Whatever forbids it is asked first, and again in the last transaction.
// 2. The person leaves each workspace in a transaction of its own (one tenant per transaction), so
//    seats and owners are counted right and each workspace's trail says so. A second call goes on
//    where a first one was interrupted.
// 3. Nobody keeps the person from joining a workspace meanwhile. The last transaction therefore looks
//    again under the lock of the person's row, which whoever joins takes as well: it refuses, and
//    the person leaves once more.
//    A closed workspace is left when it is opened again (`ErasedMembers`).
// 4. The last transaction makes the row of the person a pseudonym, and deletes what belongs to
//    nobody else: sessions, credentials, mails. Trails and accounts hold ids alone: chains stay as
//    they are.
// 5. Exports of the person are let go; the worker deletes their files.
// 6. A workspace's hold keeps what the workspace has: the member's line, what they made, the trail,
//    and the name that it knew them by. The account is the person's and goes.

/// Makes a person nobody, for good.
package struct ErasePerson: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// The caller themselves.
    ///
    /// - Parameters:
    ///   - email: the caller's own mail address, as a confirmation.
    ///   - proof: that it is the caller.
    ///   - caller: whoever is signed in.
    /// - Throws: `validation_error` for another address, `sole_owner`, `invalid_transition` for an
    ///   operator; ``FreshProofRequired`` and what a wrong proof is answered with.
    package func callAsFunction(
        confirming email: String,
        proof: FreshProof,
        by caller: Caller
    ) async throws {
        let me = try await ShowMe(environment)(by: caller)
        guard try EmailAddress(email).normalized == EmailAddress(me.user.email).normalized else {
            throw DomainError.invalid("email", "must be your own mail address")
        }
        // There is no proof for what cannot be done.
        try await system(caller) { try ErasureStore.check(caller.user, in: $0) }
        try await FreshProofCheck(environment, caller)(proof)
        try await erase(caller.user, reason: nil, by: caller)
    }

    /// Somebody else, by an operator.
    ///
    /// - Parameters:
    ///   - subject: who is to be erased.
    ///   - reason: why, 3 to 500 characters.
    ///   - caller: needs `platform.users.manage`.
    /// - Throws: `not_found`, `reason_required`, and as above.
    package func callAsFunction(
        _ subject: UserID,
        reason: String,
        by caller: Caller
    ) async throws {
        let reason = try Validation.text(reason, field: "reason", length: 3...500)
        try await FindPerson(environment).check(subject, by: caller)
        try await erase(subject, reason: reason, by: caller)
    }

    /// How often a person leaves who goes on joining.
    private static let rounds = 5

    private func erase(_ subject: UserID, reason: String?, by caller: Caller) async throws {
        for round in 1...Self.rounds {
            try await leaveAll(subject, caller)
            do {
                return try await finish(subject, reason: reason, by: caller)
            } catch let error as DomainError where error == .stillMember && round < Self.rounds {
                continue
            }
        }
    }

    private func leaveAll(_ subject: UserID, _ caller: Caller) async throws {
        let places = try await system(caller) { scope in
            try ErasureStore.check(subject, in: scope)
            return try ErasureStore.tenants(of: subject, in: scope)
        }
        for place in places where place.status != .removed {
            try await leave(place.tenant, subject, caller)
        }
    }

    private func finish(_ subject: UserID, reason: String?, by caller: Caller) async throws {
        try await system(caller) { scope in
            _ = try scope.query(DataRequestStore.exports(of: subject))
            guard try ErasureStore.erase(subject, in: scope) else { return }
            let entry = PrivacyTrail(scope: scope).person("user.erased", subject, reason: reason)
            _ = try scope.last([scope.recordPlatform(entry)])
        }
    }

    private func leave(_ tenant: TenantID, _ subject: UserID, _ caller: Caller) async throws {
        try await MemberErasure.explained {
            try await system(caller, tenant: tenant) { scope in
                let rows = try scope.batch([
                    ErasureStore.lockMembers(of: tenant), MemberStore.find(subject, in: tenant),
                ])
                guard let member = try rows[1].first.map(MemberStore.member),
                    member.status != .removed
                else { return }
                _ = try scope.batch(try MemberLedger(scope).leave(member))
                _ = try scope.last([PrivacyTrail(scope: scope).left(subject)])
            }
        }
    }

    private func system<Value: Sendable>(
        _ caller: Caller,
        tenant: TenantID? = nil,
        _ body: @Sendable (Scope) throws -> Value
    ) async throws -> Value {
        try await environment.database.system(
            reason: .privacy,
            tenant: tenant,
            user: caller.user,
            requestID: caller.requestID,
            body
        )
    }
}
