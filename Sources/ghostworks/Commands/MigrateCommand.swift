import ArgumentParser
import Domain
import Postgres
import Schema

/// `ghostworks migrate`: the schema of the database.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Move the database's schema between versions.",
        subcommands: [Up.self, Down.self, Status.self, Verify.self]
    )

    /// `migrate up`.
    struct Up: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "up",
            abstract: "Apply the migrations that are missing; loses nothing."
        )
        @OptionGroup var global: GlobalOptions
        @Option(help: ArgumentHelp("Stop at this version.", valueName: "version")) var to: Int?

        func run() async throws {
            let installation = Installation(try await global.settings())
            let progress = ProgressLine()
            defer { progress.clear() }
            let steps = try await installation.migrateUp(to: to) { progress.show($0.sentence) }
            progress.clear()
            for step in steps { StandardStream.output.line("applied \(step.label)") }
            let version = try await installation.migrator().verify()
            StandardStream.output.line("The database has schema \(version).")
        }
    }

    /// `migrate down`.
    struct Down: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "down",
            abstract: "Take migrations back, the newest first; their data is lost."
        )
        @OptionGroup var global: GlobalOptions
        @Option(help: ArgumentHelp("The version that remains; 0 for none.", valueName: "version"))
        var to: Int
        @Flag(help: "Do not ask.") var yes = false

        func run() async throws {
            let migrator = try await Installation(try await global.settings()).migrator()
            let current = try await migrator.verify()
            if current > to, !yes { try confirm(from: current) }
            for step in try await migrator.down(to: to) {
                StandardStream.output.line("took back \(step.label)")
            }
            StandardStream.output.line("The database has schema \(to).")
        }

        private func confirm(from current: Int) throws {
            try Question.requireYes(
                "This takes the schema from \(current) back to \(to); the data of the tables that "
                    + "go is lost."
            )
        }
    }

    /// `migrate status`.
    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status",
            abstract: "List the migrations and which of them the database has."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions

        func run() async throws {
            let settings = try await global.settings()
            let statuses = try await Installation(settings).migrator().status()
            Listing(
                columns: MigrateCommand.columns,
                format: output.format,
                zone: settings.view.timeZone
            ).write(statuses)
        }
    }

    /// `migrate verify`.
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify",
            abstract: "Hold the database's history against this program's migrations."
        )
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            let version = try await Installation(try await global.settings()).migrator().verify()
            let newest = SelfCheck.newest
            StandardStream.output.line(
                version == newest
                    ? "The database has schema \(version), as this program needs."
                    : "The database has schema \(version) of \(newest): run `ghostworks migrate up`."
            )
        }
    }

    private static let columns: [Column<MigrationStatus>] = [
        Column("version") { Cell($0.version) },
        Column("name") { Cell($0.label) },
        Column("state") { Cell($0.standing.word) },
        Column("applied_at") { status in
            Cell(status.standing.applied.map { Instant(microseconds: $0.appliedAt.microseconds) })
        },
        Column("applied_by", isShown: false) { Cell($0.standing.applied?.appliedBy) },
        Column("took_ms") { status in
            Cell(status.standing.applied.map { Int64($0.executionMilliseconds) })
        },
    ]
}

extension MigrationStatus.Standing {
    fileprivate var word: String {
        switch self {
        case .applied: "applied"
        case .pending: "pending"
        case .changed: "changed since it was applied"
        case .unknown: "of a newer program"
        }
    }

    fileprivate var applied: AppliedMigration? {
        switch self {
        case .applied(let row), .changed(let row), .unknown(let row): row
        case .pending: nil
        }
    }
}

extension MigrationEvent {
    /// The event as a line of progress.
    var sentence: String {
        switch self {
        case .waiting(let holder): "Waiting for another migration (\(holder)) …"
        case .began(let step, let direction): "\(step.label) \(direction.rawValue) …"
        case .statement(let step, let direction, let line):
            "\(step.label) \(direction.rawValue), line \(line) …"
        case .committing(let step, _): "\(step.label) commit …"
        case .finished(let step, _, let took): "\(step.label) took \(took)"
        }
    }
}
