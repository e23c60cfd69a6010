import ArgumentParser
import Domain
import Operations
import Terminal

extension TenantCommand {
    /// `tenant close`.
    struct Close: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "close",
            abstract: "Close a tenant: nobody gets in, nothing is deleted."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "The slug, in full.") var slug: String
        @Option(help: ArgumentHelp("Why; it goes into both trails.", valueName: "text"))
        var reason: String
        @Flag(name: .long, help: "Do not ask.") var yes = false

        func run() async throws {
            try await TenantAction(global: global, output: output, slug: slug).change {
                if !yes {
                    try Question.requireYes(
                        "\(SafeText(slug).string): nobody will get in until it is restored."
                    )
                }
                return try await CloseTenant($0.environment)(
                    $1,
                    confirming: slug,
                    reason: reason,
                    by: $0.caller
                )
            }
        }
    }

    /// `tenant restore`.
    struct Restore: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "restore",
            abstract: "Open a closed tenant again, whoever closed it."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "Slug or id.") var slug: String
        @Option(help: ArgumentHelp("Why; it goes into both trails.", valueName: "text"))
        var reason: String

        func run() async throws {
            let settings = try await global.settings()
            try await ShellSession.with(settings) { session in
                let id = try await TenantNames(session: session).resolve(slug)
                let tenant = try await RestoreTenant(session.environment)(
                    id,
                    reason: reason,
                    by: session.caller
                )
                TenantColumns.write(tenant, output, settings)
            }
        }
    }
}
