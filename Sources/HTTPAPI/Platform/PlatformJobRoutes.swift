import Domain
import HTTPTypes
import Operations

/// What workers do and did, for operators.
enum PlatformJobRoutes {
    static let all: [Route] = [list, find, retry, cancel]

    private static let base = "/api/v1/admin/jobs"
    private static let name = "jobs"

    private static let list = Route(
        .get,
        base,
        .init(
            operation: "job.list",
            summary: "Mails, copies and erasures on their way and done, newest first",
            tag: "Platform"
        ),
        access: .platform(.platformHealthRead),
        input: .init(query: [.filter(.jobs)] + QueryParameter.page),
        output: .init(
            schema: .page(of: "Job"),
            errors: [.permissionDenied, .cursorInvalid, .validationError]
        )
    ) { exchange in
        let clock = exchange.filterClock
        let filter = try exchange.filter(.jobs).map { reading throws(DomainError) in
            try JobFilter(reading, clock)
        }
        let page = try await ListJobs(exchange.environment)(
            filter ?? JobFilter(),
            page: exchange.pageRequest(of: name),
            by: exchange.caller()
        )
        return try exchange.answer(page, of: name, as: json)
    }

    private static let find = Route(
        .get,
        "\(base)/{job}",
        .init(operation: "job.find", summary: "One job", tag: "Platform"),
        access: .platform(.platformHealthRead),
        output: .init(schema: .named("Job"), errors: [.permissionDenied, .notFound])
    ) { exchange in
        let job = try await FindJob(exchange.environment)(
            exchange.pathID("job", noun: "job"),
            by: exchange.caller()
        )
        return .json(json(job))
    }

    private static let retry = Route(
        .post,
        "\(base)/{job}/retry",
        .init(operation: "job.retry", summary: "Have a job tried again", tag: "Platform"),
        access: .platform(.platformJobsManage),
        output: .init(
            schema: .named("Job"),
            errors: [.permissionDenied, .notFound, .invalidTransition]
        )
    ) { exchange in
        let job = try await RetryJob(exchange.environment)(
            exchange.pathID("job", noun: "job"),
            by: exchange.caller()
        )
        return .json(json(job))
    }

    private static let cancel = Route(
        .post,
        "\(base)/{job}/cancel",
        .init(operation: "job.cancel", summary: "Cancel a job", tag: "Platform"),
        access: .platform(.platformJobsManage),
        input: .init(
            body: BodyShape("Reason", [.required("reason", .text, "3 to 500 characters.")])
        ),
        output: .init(
            schema: .named("Job"),
            errors: [.permissionDenied, .notFound, .invalidTransition, .validationError]
        )
    ) { exchange in
        let job = try await CancelJob(exchange.environment)(
            exchange.pathID("job", noun: "job"),
            reason: exchange.body.requiredText("reason"),
            by: exchange.caller()
        )
        return .json(json(job))
    }

    @Sendable private static func json(_ job: Job) -> JSON {
        let progress = job.progress
        return [
            "id": JSON(job.id), "kind": .string(job.kind.rawValue),
            "state": .string(job.state.rawValue), "name": .string(job.name),
            "tenant_id": JSON(job.tenant), "tenant_slug": JSON(job.tenantSlug),
            "subject_id": JSON(job.subject), "destination": JSON(job.destination),
            "attempts": .integer(Int64(job.attempts)),
            "steps_done": JSON(progress.map { Int64($0.done) }),
            "steps_total": JSON(progress.map { Int64($0.total) }),
            "created_at": JSON(job.createdAt), "next_at": JSON(job.nextAt),
            "ended_at": JSON(job.endedAt), "last_error": JSON(job.failure),
        ]
    }
}
