package import Domain
import Storage

/// Verifies the workspace's audit trail, hash by hash, and records that it did.
package struct VerifyChain: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - caller: Needs `audit.verify`.
    ///   - progress: Told which event is the last that holds, after each batch.
    /// - Returns: How far the chain holds, and the first fault.
    /// - Throws: `DomainError`, when the caller may not or the database cannot.
    package func callAsFunction(
        by caller: TenantCaller,
        progress: Headway.Report? = nil
    ) async throws -> ChainVerdict {
        let access = Access.tenant(caller, .auditVerify)
        let walk = ChainWalk(
            database: environment.database,
            access: access,
            trail: .tenant(caller.tenant),
            progress: progress
        )
        let verdict = try await walk()
        do {
            try await environment.database.write(access) { scope in
                _ = try scope.last([scope.record(AuditEntry(verdict, in: scope))])
            }
        } catch  where verdict.fault != nil {
            // A forged chain may refuse the record of it; the verdict matters more.
        }
        return verdict
    }
}
