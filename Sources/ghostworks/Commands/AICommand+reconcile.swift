import ArgumentParser
import Domain
import Foundation
import Operations

extension AICommand {
    /// `ai reconcile`.
    struct Reconcile: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reconcile",
            abstract: "Prove that holds, charges and the usage log of all tenants agree.",
            discussion: "For operators. Lists every difference; the exit code is 1 when there is "
                + "one. With --export the usage log is laid beside a provider's own export of "
                + "usage (CSV of OpenAI's or Anthropic's console, grouped by model): every day on "
                + "which they differ is listed, and the exit code is 1 when one differs by more "
                + "than --tolerance."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @Option(help: "Only calls of so many days, and the periods of their months.")
        var days: Int?
        @Option(help: ArgumentHelp("A provider's own export of usage.", valueName: "file"))
        var export: String?
        @Option(help: ArgumentHelp("Whose export it is; an id of the list.", valueName: "id"))
        var provider: String?
        @Option(help: ArgumentHelp("Which difference is none, 0 to 100; 1.", valueName: "percent"))
        var tolerance: Int?

        func validate() throws {
            guard (export == nil) == (provider == nil), export != nil || tolerance == nil else {
                throw ValidationError(
                    "--export needs --provider, and they and --tolerance "
                        + "belong together."
                )
            }
            guard export == nil || days == nil else {
                throw ValidationError("--days and --export exclude each other.")
            }
            guard (0...100).contains(tolerance ?? 1) else {
                throw ValidationError("--tolerance must be 0 to 100.")
            }
        }

        func run() async throws {
            if let export, let provider { return try await compare(export, provider) }
            let settings = try await global.settings()
            try await ShellSession.with(settings) { session in
                let differences = try await ReconcileLedger(session.environment)(
                    days: days,
                    by: session.caller
                )
                write(differences, Self.columns, settings, agreement: "The books agree.")
                if !differences.isEmpty { throw ExitCode(ExitMessage.failure) }
            }
        }

        private func compare(_ path: String, _ provider: String) async throws {
            let usage = try ExportFile(path: AbsolutePath.of(path)).usage()
            let settings = try await global.settings()
            try await ShellSession.with(settings) { session in
                let differences = try await CompareUsage(session.environment)(
                    usage,
                    of: provider,
                    by: session.caller
                )
                let agreement = "The usage log and the export agree."
                write(differences, Self.usageColumns, settings, agreement: agreement)
                if differences.contains(where: { $0.isBeyond(percent: tolerance ?? 1) }) {
                    throw ExitCode(ExitMessage.failure)
                }
            }
        }

        /// Nothing differs: a table says so in a sentence.
        private func write<Difference: Sendable>(
            _ differences: [Difference],
            _ columns: [Column<Difference>],
            _ settings: Settings,
            agreement: String
        ) {
            if differences.isEmpty, output.format == .table {
                return StandardStream.output.line(agreement)
            }
            Listing(columns: columns, format: output.format, zone: settings.view.timeZone)
                .write(differences)
        }

        private static let usageColumns: [Column<UsageDifference>] = [
            Column("day") { Cell(String($0.day.start.rfc3339.prefix(10))) },
            Column("model") { Cell($0.model) },
            Column("tokens") { Cell($0.kind.rawValue) },
            Column("logged") { Cell($0.logged) },
            Column("exported") { Cell($0.exported) },
            Column("surplus") { Cell($0.surplus) },
        ]

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

/// A provider's export of usage as a file.
private struct ExportFile {
    let path: String

    private static let largest = 64 << 20

    /// - Throws: ``ExitMessage`` that names the file, and the line and column that is wrong.
    func usage() throws(ExitMessage) -> UsageExport {
        let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int ?? 0
        guard size <= Self.largest, let data = FileManager.default.contents(atPath: path) else {
            let reason = size > Self.largest ? "is larger than 64 MB" : "cannot be read"
            throw ExitMessage("The file \(path) \(reason).", code: ExitMessage.usage)
        }
        do throws(DomainError) {
            return try UsageExport(csv: Array(data))
        } catch {
            guard case .invalid(let problems) = error.kind, let first = problems.first else {
                throw ExitMessage(error.message, code: ExitMessage.usage)
            }
            throw ExitMessage(
                "The file \(path) is no export of usage: \(first.field) \(first.problem).",
                hint: "Export the usage as CSV, grouped by model.",
                code: ExitMessage.usage
            )
        }
    }
}
