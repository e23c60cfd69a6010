package import Domain
import Storage

/// One page of what workers do and did, newest first.
package struct ListJobs: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// For whoever has `platform.health.read`.
    package func callAsFunction(
        _ filter: JobFilter,
        page: PageRequest,
        by caller: Caller
    ) async throws -> Page<Job> {
        let fetched = try await environment.database.fetch(
            .platform(caller, .platformHealthRead),
            JobStore.page(filter, page)
        )
        return Page(
            surplus: try fetched.rows.map(JobStore.job),
            request: page,
            position: \.position
        )
    }
}

/// One job.
package struct FindJob: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `not_found`, also for one that was forgotten a month after it ended.
    package func callAsFunction(_ id: JobID, by caller: Caller) async throws -> Job {
        let fetched = try await environment.database.fetch(
            .platform(caller, .platformHealthRead),
            JobStore.find(id)
        )
        guard let job = try fetched.rows.first.map(JobStore.job) else {
            throw DomainError.notFound("job", id.description)
        }
        return job
    }
}
