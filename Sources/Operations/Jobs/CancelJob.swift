package import Domain
import Storage

/// Takes a job from its worker before it is done: a mail that waits, a copy that waits or is made.
package struct CancelJob: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: the job's.
    ///   - reason: why, 3 to 500 characters.
    ///   - caller: needs `platform.jobs.manage`.
    /// - Returns: The job, cancelled; a worker that has it in hand stops at its next step.
    /// - Throws: `not_found`, `invalid_transition`, `validation_error`.
    package func callAsFunction(
        _ id: JobID,
        reason: String,
        by caller: Caller
    ) async throws -> Job {
        let reason = try Validation.text(reason, field: "reason", length: 3...500)
        return try await environment.database.write(
            .platform(caller, .platformJobsManage)
        ) { scope in
            let job = try JobWork(scope: scope).find(id)
            if let obstacle = job.cancelObstacle { throw obstacle }
            return try JobWork(scope: scope).change(
                job,
                with: JobStore.cancel(job),
                action: "job.cancelled",
                reason: reason
            )
        }
    }
}

/// What steering a job has in common.
struct JobWork {
    let scope: Scope

    func find(_ id: JobID) throws -> Job {
        guard let job = try scope.query(JobStore.find(id)).first.map(JobStore.job) else {
            throw DomainError.notFound("job", id.description)
        }
        return job
    }

    /// Changes it and says so in the platform's trail; the last statements of the transaction.
    func change(
        _ job: Job,
        with statement: Statement,
        action: String,
        reason: String?
    ) throws -> Job {
        guard try scope.change(statement) == 1 else {
            throw DomainError(
                .conflict,
                .invalidTransition,
                "The job changed meanwhile, or another one like it is under way.",
                hint: "Look at it again."
            )
        }
        let changed = try find(job.id)
        var changes = Changes()
        changes.note(
            "state",
            from: .string(job.state.rawValue),
            to: .string(changed.state.rawValue)
        )
        changes.note("kind", from: .null, to: .string(job.kind.rawValue))
        if let reason { changes.note("reason", from: .null, to: .string(reason)) }
        let entry = AuditEntry(
            action: action,
            operation: .update,
            resourceType: "job",
            resourceID: job.id.description,
            requestID: nil,
            changes: changes.canonical
        )
        _ = try scope.last([scope.recordPlatform(entry)])
        return changed
    }
}
