package import Domain
import Storage

/// Notes that somebody saw to alerts of the platform: each is quiet until it gets worse, and what
/// was measured for an hour at most.
package struct MarkAlert: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - ids: which alerts.
    ///   - caller: needs `platform.jobs.manage`.
    /// - Returns: The overview afterwards.
    /// - Throws: `not_found` for an alert that is over; then none is marked.
    package func callAsFunction(
        _ ids: [PlatformAlert.ID],
        by caller: Caller
    ) async throws -> PlatformOverview {
        try await environment.database.write(.platform(caller, .platformJobsManage)) { scope in
            let overview = try ShowOverview.read(in: scope)
            let alerts = try ids.map { id throws(DomainError) in
                guard let alert = overview.alerts.first(where: { $0.id == id }) else {
                    throw DomainError.notFound("alert", id.kind.rawValue)
                }
                return alert
            }
            _ = try scope.batch(
                [AlertMarkStore.prune]
                    + alerts.map { AlertMarkStore.set($0, by: caller.user) }
            )
            var after = overview
            after.alertMarks = try scope.query(AlertMarkStore.list).map(AlertMarkStore.mark)
            _ = try scope.last(alerts.map { scope.recordPlatform(Self.entry($0)) })
            return after
        }
    }

    private static func entry(_ alert: PlatformAlert) -> AuditEntry {
        var changes = Changes()
        changes.note("alert", from: .null, to: .string(alert.sentence))
        return AuditEntry(
            action: "alert.acknowledged",
            operation: .update,
            resourceType: "alert",
            resourceID: alert.id.kind.rawValue,
            requestID: nil,
            changes: changes.canonical
        )
    }
}
