package import Domain
import Storage

/// Reads one audit event of the workspace.
package struct FindAuditEvent: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - seq: The event's number in the workspace's trail.
    ///   - caller: Needs `audit.read`.
    /// - Returns: The event with its hashes.
    /// - Throws: Not found for a number that the trail does not have.
    package func callAsFunction(seq: Int64, by caller: TenantCaller) async throws -> AuditEvent {
        let fetched = try await environment.database.fetch(
            .tenant(caller, .auditRead),
            AuditStore.event(.tenant(caller.tenant), seq: seq)
        )
        guard let event = try AuditStore.event(fetched.rows) else {
            throw DomainError.notFound("audit event", String(seq))
        }
        return event
    }
}
