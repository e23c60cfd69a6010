package import Domain

/// Work on what workers do, and on the alerts of the platform.
package enum JobRequest: Hashable, Sendable {
    case list(JobFilter, PageRequest)
    case find(JobID)
    case retry(JobID)
    case cancel(JobID, reason: String)
    /// Notes that somebody saw to alerts.
    case acknowledge([PlatformAlert.ID])

    var writes: Bool {
        switch self {
        case .list, .find: false
        case .retry, .cancel, .acknowledge: true
        }
    }
}

/// What such work brought back.
package enum JobAnswer: Sendable {
    case list(Page<Job>)
    case job(Job)
    case retried(Job)
    case cancelled(Job)
    case acknowledged(PlatformOverview)
}

/// Jobs and alerts, as one closure that answers each request in kind.
package struct JobClient: Sendable {
    package var perform: @Sendable (JobRequest, Caller) async throws -> JobAnswer

    package init(perform: @escaping @Sendable (JobRequest, Caller) async throws -> JobAnswer) {
        self.perform = perform
    }

    /// For a console without jobs.
    package static let none = JobClient { _, _ in
        throw DomainError(.unavailable, .unavailable, "There are no jobs here.")
    }
}
