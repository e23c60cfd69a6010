package import Domain
import Storage

/// Has a worker try a job again: a mail that waits for its next try, a copy that was given up.
package struct RetryJob: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: the job's.
    ///   - caller: needs `platform.jobs.manage`.
    /// - Returns: The job, waiting.
    /// - Throws: `not_found`, `invalid_transition`.
    package func callAsFunction(_ id: JobID, by caller: Caller) async throws -> Job {
        try await environment.database.write(.platform(caller, .platformJobsManage)) { scope in
            let job = try JobWork(scope: scope).find(id)
            if let obstacle = job.retryObstacle { throw obstacle }
            return try JobWork(scope: scope).change(
                job,
                with: JobStore.retry(job),
                action: "job.retried",
                reason: nil
            )
        }
    }
}
