import ArgumentParser
import Cluster
import Domain

/// `ghostworks database`: the embedded PostgreSQL.
struct DatabaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "database",
        abstract: "Start, stop and find the embedded PostgreSQL.",
        subcommands: [Start.self, Stop.self, Status.self, URL.self]
    )

    /// `database start`.
    struct Start: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "start",
            abstract: "Start the server; make it at first. Other commands do so on demand."
        )
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            let cluster = try DatabaseCommand.cluster(try await global.settings())
            let before = try await cluster.status()
            try await cluster.start()
            if case .running(_, let process) = before {
                StandardStream.output.line("The database is running already (process \(process)).")
                return
            }
            StandardStream.output.line(try await DatabaseCommand.sentence(cluster))
        }
    }

    /// `database stop`.
    struct Stop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "stop",
            abstract: "Stop the server; running transactions are rolled back."
        )
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            let cluster = try DatabaseCommand.cluster(try await global.settings())
            let ran = try await cluster.stop()
            StandardStream.output.line(
                ran ? "The database has stopped." : "The database was not running."
            )
        }
    }

    /// `database status`.
    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status",
            abstract: "Say whether the server runs.",
            discussion: "The exit code is 1 when it does not run."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions

        func run() async throws {
            let settings = try await global.settings()
            let cluster = try DatabaseCommand.cluster(settings)
            let status = try await cluster.status()
            if output.format == .table {
                StandardStream.output.line(try await DatabaseCommand.sentence(cluster))
            } else {
                Listing(
                    columns: DatabaseCommand.columns(folder: cluster.layout.data),
                    format: output.format,
                    zone: settings.view.timeZone
                ).write([status])
            }
            guard case .running = status else { throw ExitCode(ExitMessage.failure) }
        }
    }

    /// `database url`.
    struct URL: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "url",
            abstract: "Print the administrator's URL, for psql and pg_dump.",
            discussion: "It holds no password: the socket proves who asks. "
                + "As root: psql \"$(ghostworks database url)\"."
        )
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            let cluster = try DatabaseCommand.cluster(try await global.settings())
            StandardStream.output.line(cluster.adminURL)
        }
    }

    private static func cluster(_ settings: Settings) throws -> EmbeddedCluster {
        guard let cluster = DatabaseTarget(settings).cluster else {
            throw ExitMessage(
                "These commands are for the embedded database; database.url names another one.",
                code: ExitMessage.usage
            )
        }
        return cluster
    }

    private static func sentence(_ cluster: EmbeddedCluster) async throws -> String {
        let folder = cluster.layout.data
        return switch try await cluster.status() {
        case .absent:
            "There is no database yet. `ghostworks database start` makes one in \(folder)."
        case .stopped(let major): "PostgreSQL \(major) is stopped; its data is in \(folder)."
        case .running(let major, let process):
            "PostgreSQL \(major) is running (process \(process)); its data is in \(folder)."
        }
    }

    private static func columns(folder: String) -> [Column<ClusterStatus>] {
        [
            Column("state") { Cell($0.word) },
            Column("version") { Cell($0.major) },
            Column("process") { Cell($0.process) },
            Column("folder") { _ in Cell(folder) },
        ]
    }
}

extension ClusterStatus {
    fileprivate var word: String {
        switch self {
        case .absent: "absent"
        case .stopped: "stopped"
        case .running: "running"
        }
    }

    fileprivate var major: Int64? {
        switch self {
        case .absent: nil
        case .stopped(let major), .running(let major, _): Int64(major)
        }
    }

    fileprivate var process: Int64? {
        if case .running(_, let process) = self { Int64(process) } else { nil }
    }
}
