package import Domain
import Storage

/// Writes the audit events of a trail that a filter lets through, and signs what was written.
package struct ExportAuditEvents: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// Takes the next piece of the file; must have kept it when it returns.
    package typealias Sink = (_ text: String) async throws -> Void

    /// Exports the workspace's trail, and records that it was.
    ///
    /// - Parameters:
    ///   - request: Which events, in which format, under which name.
    ///   - caller: Needs `audit.export`.
    ///   - progress: Told how far along the chain the export is, after each part.
    ///   - write: Takes the file piece by piece, the first before the last.
    /// - Returns: The signed digest of what was written.
    /// - Throws: `DomainError`, and what `write` throws; the file is worth nothing then.
    package func callAsFunction(
        _ request: AuditExportRequest,
        by caller: TenantCaller,
        progress: Headway.Report? = nil,
        to write: Sink
    ) async throws -> ExportManifest {
        let export = TrailExport(
            environment: environment,
            access: .tenant(caller, .auditExport),
            trail: .tenant(caller.tenant),
            request: request,
            progress: progress
        )
        return try await export(to: write)
    }

    /// Exports the platform's own trail; `caller` is an operator with `platform.audit.read`.
    package func callAsFunction(
        _ request: AuditExportRequest,
        by caller: Caller,
        progress: Headway.Report? = nil,
        to write: Sink
    ) async throws -> ExportManifest {
        let export = TrailExport(
            environment: environment,
            access: .platform(caller, .platformAuditRead),
            trail: .platform,
            request: request,
            progress: progress
        )
        return try await export(to: write)
    }
}
