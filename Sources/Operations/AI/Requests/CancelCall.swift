package import Domain
import Storage

/// Asks the process that makes a call to end it: what was written by then is charged.
package struct CancelCall: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: The call's.
    ///   - caller: Needs `ai.use` for a call of one's own, `ai.budget.manage` for another's.
    /// - Returns: The call; one that was asked to end before as it was, and nothing is recorded.
    /// - Throws: Not found, `permission_denied`, `invalid_transition` for a call that has ended.
    package func callAsFunction(
        _ id: AICallID,
        by caller: TenantCaller
    ) async throws -> AICallRecord {
        let user = caller.caller.user
        if let own = try await cancel(id, of: user, by: caller, needing: .aiUse) { return own }
        let found = try await cancel(id, of: nil, by: caller, needing: .aiBudgetManage)
        guard let found else { throw DomainError.notFound("call", id.description) }
        return found
    }

    private func cancel(
        _ id: AICallID,
        of person: UserID?,
        by caller: TenantCaller,
        needing permission: Permission
    ) async throws -> AICallRecord? {
        try await environment.database.write(.tenant(caller, permission)) { scope in
            let lock = AICallStore.lock(id, of: person, in: caller.tenant)
            guard let call = try scope.query(lock).first.map(AICallStore.record) else {
                return nil
            }
            try Self.requireRunning(call)
            guard call.times.cancelRequested == nil else { return call }
            let ask = AICallStore.requestCancel(id, in: caller.tenant)
            guard let row = try scope.query(ask).first else {
                throw DomainError(.internal, .internalError, "The call was not asked to end.")
            }
            let asked = try AICallStore.record(row)
            _ = try scope.last([Self.line(asked, scope)])
            return asked
        }
    }

    private static func requireRunning(_ call: AICallRecord) throws(DomainError) {
        guard call.state != .inFlight else { return }
        throw DomainError(
            .conflict,
            .invalidTransition,
            "The call has ended: it is \(call.state.rawValue)."
        )
    }

    private static func line(_ call: AICallRecord, _ scope: Scope) -> Statement {
        var changes = Changes()
        changes.note("cancel_requested", from: .bool(false), to: .bool(true))
        changes.note("model", from: .null, to: .string(call.way.model))
        let entry = AuditEntry(
            action: "ai.call_cancel_requested",
            operation: .update,
            resourceType: "ai_request",
            resourceID: call.id.description,
            requestID: nil,
            changes: changes.canonical
        )
        let event = TenantEvent(
            "ai.call_cancel_requested",
            data: .object(["id": .string(call.id.description)]),
            visibility: .admins
        )
        return scope.record(entry, event: event)
    }
}
