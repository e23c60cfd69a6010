import ArgumentParser
import Domain
import Operations

/// `ghostworks alert`: what somebody should look at on the platform.
struct AlertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alert",
        abstract: "Alerts of the platform: list them, and note that you saw to them.",
        subcommands: [List.self, Acknowledge.self]
    )

    /// `alert list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List alerts; what somebody saw to stands at the end."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions

        func run() async throws {
            try await UserWork(global: global).run { session, settings in
                let overview = try await ShowOverview(session.environment)(by: session.caller)
                AlertCommand.write(overview.alerts, output, settings)
            }
        }
    }

    /// `alert acknowledge`.
    struct Acknowledge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "acknowledge",
            abstract: "Note that you saw to alerts: each is quiet until it gets worse."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "Ids of alerts, as `alert list` shows them.") var alerts: [String]

        func run() async throws {
            let ids = try PlatformAlert.ids(alerts)
            try await UserWork(global: global).run { session, settings in
                let overview = try await MarkAlert(session.environment)(ids, by: session.caller)
                AlertCommand.write(overview.alerts, output, settings)
            }
        }
    }

    private static func write(
        _ alerts: [PlatformAlert],
        _ output: FormatOptions,
        _ settings: Settings
    ) {
        Listing(columns: columns, format: output.format, zone: settings.view.timeZone)
            .write(alerts)
    }

    private static let columns: [Column<PlatformAlert>] = [
        Column("id") { .identifier($0.id.description) },
        Column("alert") { Cell($0.sentence) },
        Column("acknowledged_at") { Cell($0.mark?.at) },
        Column("acknowledged_by") { Cell($0.mark?.by) },
    ]
}
