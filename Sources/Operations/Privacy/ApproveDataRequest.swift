package import Domain
import Storage

/// Carries an erasure out that a member asked for.
package struct ApproveDataRequest: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Returns: The request, done.
    /// - Throws: `not_found`, `permission_denied` for somebody who may only ask about themselves,
    ///   `invalid_transition` for a request that does not wait, `legal_hold`, `sole_owner`.
    package func callAsFunction(
        _ id: DataRequestID,
        by caller: TenantCaller
    ) async throws -> DataRequest {
        try await MemberErasure.explained { try await approve(id, by: caller) }
    }

    private func approve(
        _ id: DataRequestID,
        by caller: TenantCaller
    ) async throws -> DataRequest {
        try await environment.database.write(.tenant(caller, .privacyErase)) { scope in
            guard try scope.authorization().grant == .all else {
                throw DomainError.forbidden(
                    .permissionDenied,
                    "An owner must approve the request."
                )
            }
            var request = try DataRequestWork(scope: scope).find(id, in: caller.tenant)
            guard request.status == .pending else {
                throw DomainError(
                    .conflict,
                    .invalidTransition,
                    "The request does not wait for an approval."
                )
            }
            try MemberErasure(scope: scope).carryOut(&request, by: caller.caller.user)
            return request
        }
    }
}
