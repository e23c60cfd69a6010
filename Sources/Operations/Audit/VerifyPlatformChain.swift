package import Domain
import Storage

/// Verifies the platform's own audit trail and records that it did.
package struct VerifyPlatformChain: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - caller: An operator with `platform.audit.read`.
    ///   - progress: Told which event is the last that holds, after each batch.
    /// - Returns: How far the chain holds, and the first fault.
    /// - Throws: `DomainError`, when the caller may not or the database cannot.
    package func callAsFunction(
        by caller: Caller,
        progress: Headway.Report? = nil
    ) async throws -> ChainVerdict {
        let access = Access.platform(caller, .platformAuditRead)
        let walk = ChainWalk(
            database: environment.database,
            access: access,
            trail: .platform,
            progress: progress
        )
        let verdict = try await walk()
        do {
            try await environment.database.write(access) { scope in
                _ = try scope.last([scope.recordPlatform(AuditEntry(verdict, in: scope))])
            }
        } catch  where verdict.fault != nil {
            // A forged chain may refuse the record of it; the verdict matters more.
        }
        return verdict
    }
}
