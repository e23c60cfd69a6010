import ArgumentParser
import Domain
import Operations

extension AICommand {
    /// `ai reconcile`.
    struct Reconcile: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reconcile",
            abstract: "Prove that holds, charges and the usage log of all tenants agree.",
            discussion: "For operators. Lists every difference; the exit code is 1 when there is "
                + "one."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @Option(help: "Only calls of so many days, and the periods of their months.")
        var days: Int?

        func run() async throws {
            let settings = try await global.settings()
            try await ShellSession.with(settings) { session in
                let differences = try await ReconcileLedger(session.environment)(
                    days: days,
                    by: session.caller
                )
                if differences.isEmpty, output.format == .table {
                    StandardStream.output.line("The books agree.")
                    return
                }
                Listing(
                    columns: Self.columns,
                    format: output.format,
                    zone: settings.view.timeZone
                ).write(differences)
                if !differences.isEmpty { throw ExitCode(ExitMessage.failure) }
            }
        }

        private static let columns: [Column<LedgerDifference>] = [
            Column("kind") { Cell($0.kind.rawValue) },
            Column("tenant") { Cell($0.tenant) },
            Column("budget") { Cell($0.budget) },
            Column("period") { Cell($0.periodStart) },
            Column("call") { Cell($0.request) },
            Column("expected") { Cell($0.expected) },
            Column("found") { Cell($0.found) },
        ]
    }
}
