/// A limit of the plan of which nothing is left.
package struct ReachedLimit: Hashable, Sendable {
    package let resource: Resource
    package let hard: Int64
    /// The next plan that allows more; nil when there is none.
    package let upgrade: Plan?
    /// When it is free again without anybody's doing: the end of a month; nil when it never is.
    package let freedIn: Duration?

    package init(resource: Resource, hard: Int64, upgrade: Plan?, freedIn: Duration? = nil) {
        self.resource = resource
        self.hard = hard
        self.upgrade = upgrade
        self.freedIn = freedIn
    }
}

extension DomainError {
    /// Nothing is left of a limit; one that counts by the month ends with it, others not by
    /// themselves.
    package static func planLimit(_ limit: ReachedLimit) -> DomainError {
        let hint =
            limit.upgrade.map { "\(limit.remedy), or move to the plan \($0.rawValue)." }
            ?? "\(limit.remedy), or ask for a higher limit."
        var error = DomainError(
            .limited(retryAfter: limit.freedIn),
            .planLimitReached,
            limit.sentence,
            hint: hint
        )
        error.limit = limit
        return error
    }
}

extension ReachedLimit {
    fileprivate var sentence: String {
        // What is counted one by one is taken whole; of bytes some may be left.
        resource == .storage
            ? "Not enough of the plan's \(hard) \(noun) is left."
            : "All \(hard) \(noun) of the plan are taken."
    }

    fileprivate var noun: String {
        switch resource {
        case .users: "seats"
        case .pipelines: "pipelines"
        case .executions: "executions"
        case .aiTokens: "AI tokens"
        case .artifacts: "artifacts"
        case .apiKeys: "API keys"
        case .storage: "bytes of storage"
        }
    }

    fileprivate var remedy: String {
        switch resource {
        case .users: "Remove a member or revoke an invitation"
        case .pipelines: "Delete a pipeline"
        case .executions, .aiTokens: "Wait for the next month"
        case .artifacts, .storage: "Delete an artifact"
        case .apiKeys: "Revoke a key"
        }
    }
}
