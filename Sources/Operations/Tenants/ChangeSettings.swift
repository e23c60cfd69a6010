package import Domain
import Storage

/// Lets the platform's operators write in the workspace during a support session, or not.
package struct ChangeSettings: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// Taking the consent back ends the writing sessions that are running, and what operators offered.
    ///
    /// - Throws: `permission_denied` for anybody but an owner; `version_conflict` when `version` is
    ///   given and not the present one.
    @discardableResult
    package func callAsFunction(
        writeConsent: Bool,
        version: Int64? = nil,
        by caller: TenantCaller
    ) async throws -> Tenant {
        let id = caller.tenant
        return try await environment.database.write(
            .tenant(caller, .settingsManage)
        ) { scope in
            let tenants = TenantStore(scope)
            guard try scope.authorization().isOwner else {
                throw DomainError.forbidden(
                    .permissionDenied,
                    "Only an owner can decide about support sessions."
                )
            }
            let before = try tenants.lock()
            try before.requireVersion(version)
            guard before.allowsSupportToWrite != writeConsent else { return before }
            var changes = Changes()
            changes.note(
                "support.write_consent",
                from: .bool(before.allowsSupportToWrite),
                to: .bool(writeConsent)
            )
            let entry = AuditEntry(
                action: "settings.changed",
                operation: .update,
                resourceType: "tenant",
                resourceID: id.description,
                requestID: nil,
                changes: changes.canonical
            )
            var statements = [TenantStore.setWriteConsent(writeConsent, of: id)]
            if !writeConsent { statements.append(SupportSessionStore.endWriting(in: id)) }
            _ = try scope.batch(statements)
            let invitations = try writeConsent ? [] : InvitationTrail.revokeSupport(scope)
            let tenant = try tenants.lock()
            let event = TenantEvent(
                "settings.changed",
                data: .object(["support.write_consent": .bool(writeConsent)]),
                visibility: .admins
            )
            _ = try scope.last(invitations + [scope.record(entry, event: event)])
            return tenant
        }
    }
}
