import ArgumentParser
import Domain
import Operations

/// `ghostworks me`: the signed-in person.
struct MeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "me",
        abstract: "Yourself: show, and change your name, language or time zone.",
        subcommands: [Show.self, Update.self],
        defaultSubcommand: Show.self
    )

    /// `me show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Show who is signed in, and in which workspaces."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions

        func run() async throws {
            let settings = try await global.settings()
            try await ShellSession.with(settings) { session in
                let me = try await ShowMe(session.environment)(by: session.caller)
                MeCommand.show(me, output, settings)
            }
        }
    }

    /// `me update`.
    struct Update: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "update",
            abstract: "Change your name, the language of your mails, or where you read times."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @Option(help: ArgumentHelp("What people call you.", valueName: "name")) var name: String?
        @Option(help: ArgumentHelp("The language of mails: en or ar.", valueName: "language"))
        var locale: String?
        @Option(
            help: ArgumentHelp(
                "Where the console shows times to you, such as Asia/Kuwait; '' for the machine's.",
                valueName: "zone"
            )
        )
        var timeZone: String?

        func run() async throws {
            let edit = try AccountEdit(name: name, locale: locale, timeZone: timeZone)
            let settings = try await global.settings()
            try await ShellSession.with(settings) { session in
                let me = try await UpdateMe(session.environment)(
                    edit,
                    version: nil,
                    by: session.caller
                )
                MeCommand.show(me, output, settings)
            }
        }
    }

    private static func show(_ me: Me, _ output: FormatOptions, _ settings: Settings) {
        Listing(columns: columns, format: output.format, zone: settings.view.timeZone)
            .write(one: me)
    }

    private static let columns: [Column<Me>] = [
        Column("email") { Cell($0.user.email) },
        Column("name") { Cell($0.user.name) },
        Column("locale") { Cell($0.locale) },
        Column("time_zone") { Cell($0.timeZone) },
        Column("platform_role") { Cell($0.platformRole?.rawValue) },
        Column("workspaces") { .list($0.workspaces.map(\.slug)) },
        Column("id") { Cell($0.user.id) },
        Column("version", isShown: false) { Cell($0.version) },
    ]
}
