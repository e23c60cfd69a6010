import ArgumentParser
import Domain
import Operations

/// `ghostworks job`: what workers do and did.
struct JobCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "job",
        abstract: "Mails, copies and erasures on their way: list, show, retry, cancel.",
        subcommands: [List.self, Show.self, Retry.self, Cancel.self]
    )

    /// `job list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List jobs, newest first."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: ListingOptions
        @OptionGroup var text: FilterOption

        func run() async throws {
            let reading = try text.reading(.jobs)
            try await UserWork(global: global).run { session, settings in
                let clock = settings.filterClock
                let filter = try reading.map { reading throws(DomainError) in
                    try JobFilter(reading, clock)
                }
                let list = ListJobs(session.environment)
                try await Listing(
                    columns: JobColumns.job,
                    format: output.format,
                    zone: settings.view.timeZone
                ).write(limit: output.limit) { page in
                    try await list(filter ?? JobFilter(), page: page, by: session.caller)
                }
            }
        }
    }

    /// `job show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Show one job."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "The job's id.") var id: JobID

        func run() async throws {
            try await UserWork(global: global).run { session, settings in
                let job = try await FindJob(session.environment)(id, by: session.caller)
                JobColumns.write(job, output, settings)
            }
        }
    }

    /// `job retry`.
    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "retry",
            abstract: "Have a job tried again: a mail that waits, a copy that was given up."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "The job's id.") var id: JobID

        func run() async throws {
            try await UserWork(global: global).run { session, settings in
                let job = try await RetryJob(session.environment)(id, by: session.caller)
                JobColumns.write(job, output, settings)
            }
        }
    }

    /// `job cancel`.
    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "cancel",
            abstract: "Cancel a job: a mail that waits, a copy that waits or is made."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "The job's id.") var id: JobID
        @Option(help: ArgumentHelp("Why; the trail keeps it.", valueName: "text"))
        var reason: String

        func run() async throws {
            try await UserWork(global: global).run { session, settings in
                let job = try await CancelJob(session.environment)(
                    id,
                    reason: reason,
                    by: session.caller
                )
                JobColumns.write(job, output, settings)
            }
        }
    }
}

/// The columns of listings of jobs.
enum JobColumns {
    static let job: [Column<Job>] = [
        Column("created_at") { Cell($0.createdAt) },
        Column("kind") { Cell($0.kind.rawValue) },
        Column("state") { Cell($0.state.rawValue) },
        Column("name") { Cell($0.name.isEmpty ? nil : $0.name) },
        Column("tenant") { Cell($0.tenantSlug) },
        Column("attempts") { Cell($0.attempts) },
        Column("steps") { job in
            Cell(job.progress.map { "\($0.done) of \($0.total)" })
        },
        Column("next_at") { Cell($0.nextAt) },
        Column("last_error") { Cell($0.failure) },
        Column("id") { Cell($0.id) },
        Column("destination", isShown: false) { Cell($0.destination) },
        Column("subject", isShown: false) { Cell($0.subject) },
        Column("ended_at", isShown: false) { Cell($0.endedAt) },
    ]

    static func write(_ job: Job, _ output: FormatOptions, _ settings: Settings) {
        Listing(columns: Self.job, format: output.format, zone: settings.view.timeZone)
            .write(one: job)
    }
}
