package import Domain
import Storage

/// Asks, in a workspace, for a copy of what it has about somebody, or that somebody be erased there.
///
/// Who may do it for everybody has approved it by asking. A member may ask about themselves: a copy
/// is made at once, an erasure waits for an owner.
package struct RequestData: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - kind: a copy or an erasure.
    ///   - subject: who is or was a member.
    ///   - caller: needs `privacy.export` or `privacy.erase`.
    /// - Returns: The request; an approved erasure is done.
    /// - Throws: `not_found`, `permission_denied`, `rate_limited`, `legal_hold`, `sole_owner`.
    package func callAsFunction(
        _ kind: DataRequest.Kind,
        of subject: UserID,
        by caller: TenantCaller
    ) async throws -> DataRequest {
        let permission: Permission = kind == .export ? .privacyExport : .privacyErase
        return try await MemberErasure.explained {
            try await ask(kind, of: subject, permission, by: caller)
        }
    }

    private func ask(
        _ kind: DataRequest.Kind,
        of subject: UserID,
        _ permission: Permission,
        by caller: TenantCaller
    ) async throws -> DataRequest {
        try await environment.database.write(.tenant(caller, permission)) { scope in
            let isOwn = try scope.authorization().grant == .own
            guard !isOwn || subject == caller.caller.user else {
                throw DomainError.forbidden(
                    .permissionDenied,
                    "You may ask about your own data only."
                )
            }
            guard try scope.query(MemberStore.find(subject, in: caller.tenant)).first != nil else {
                throw DomainError.notFound("member", subject.description)
            }
            let waits = isOwn && kind == .erase
            var (request, isNew) = try DataRequestWork(scope: scope).insert(
                kind,
                of: subject,
                by: caller.caller.user,
                in: caller.tenant,
                status: waits ? .pending : .queued
            )
            guard kind == .erase, !waits else {
                guard isNew else { return request }
                let entry = PrivacyTrail(scope: scope).request(
                    "privacy.\(kind.rawValue)_requested",
                    request
                )
                _ = try scope.last([scope.record(entry)])
                return request
            }
            try MemberErasure(scope: scope).carryOut(&request, by: caller.caller.user)
            return request
        }
    }
}

/// Erasing somebody in one workspace: the place, the seat and the name go, the id stays in trails.
struct MemberErasure {
    let scope: Scope

    /// Says of the last owner what stands in the way of being erased.
    static func explained<Value: Sendable>(
        _ work: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await work()
        } catch let error as DomainError where error.code == .lastOwner {
            throw DomainError.soleOwner
        }
    }

    /// Does it and says so; the last statements of the transaction.
    func carryOut(_ request: inout DataRequest, by approver: UserID) throws {
        let tenant = try scope.tenant
        let subject = request.subject
        let ledger = MemberLedger(scope)
        // Placing a hold takes the same lock: none comes between the question and the end.
        let present = try ledger.lock(subject).member
        guard try scope.query(LegalHoldStore.on(subject, in: tenant)).first == nil else {
            throw DomainError.legalHold
        }
        if let member = present, member.status != .removed {
            _ = try scope.batch(try ledger.leave(member))
        }
        request.status = .done
        _ = try scope.batch(ConversationStore.forget(subject, in: tenant))
        _ = try scope.batch([
            ErasureStore.forget(subject),
            DataRequestStore.approve(request.id, by: approver, in: tenant, as: .done),
        ])
        request = try DataRequestWork(scope: scope).find(request.id, in: tenant)
        let entry = PrivacyTrail(scope: scope).person("member.erased", subject, reason: nil)
        let event = TenantEvent(
            "member.erased",
            data: .object(["user": .string(subject.description)])
        )
        _ = try scope.last([scope.record(entry, event: event)])
    }
}
