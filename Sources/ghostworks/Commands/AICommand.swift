import ArgumentParser
import Domain
import Operations

/// `ghostworks ai`: a tenant's AI use and limits.
struct AICommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ai",
        abstract: "AI use and budgets of a tenant.",
        subcommands: [Usage.self, Budgets.self, Reconcile.self]
    )

    /// `ai usage`.
    struct Usage: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sum requests, tokens and cost by day, model, purpose or member."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Option(name: .customLong("by"), help: "day, model, purpose or member.")
        var grouping = UsageGrouping.day
        @Option(help: ArgumentHelp("From: \(Moment.help); 30d when not given.", valueName: "time"))
        var from: Moment?
        @Option(help: ArgumentHelp("Before: \(Moment.help).", valueName: "time"))
        var to: Moment?

        func run() async throws {
            let end = to?.instant ?? SystemTime.now
            let start = from?.instant ?? end.advanced(by: .seconds(-30 * 86_400))
            try await TenantWork(global: global, tenant: tenant).read { place in
                let usage = try await ShowUsage(place.environment)(
                    grouping: grouping,
                    from: start,
                    to: end,
                    by: place.caller
                )
                place.listing(AICommand.columns(grouping), output.format).write(usage)
            }
        }
    }

    /// `ai budgets`.
    struct Budgets: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List budgets with what is used and held in the running period."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).read { place in
                let budgets = try await ListBudgets(place.environment)(by: place.caller)
                place.listing(AICommand.budgetColumns, output.format).write(budgets)
            }
        }
    }

    private static func columns(_ grouping: UsageGrouping) -> [Column<UsageSum>] {
        [
            Column(grouping.rawValue) { Cell($0.key) },
            Column("requests") { Cell($0.requests) },
            Column("tokens_in") { Cell($0.tokensIn) },
            Column("tokens_out") { Cell($0.tokensOut) },
            Column("cost_nano_usd", isShown: false) { Cell($0.costNano) },
            Column("cost_usd") { Cell(Money.dollars(nano: $0.costNano)) },
        ]
    }

    private static let budgetColumns: [Column<Budget>] = [
        Column("scope") { Cell($0.scope.rawValue) },
        Column("metric") { Cell($0.metric.rawValue) },
        Column("period") { Cell($0.period.rawValue) },
        Column("used") { Cell($0.use.used) },
        Column("held") { Cell($0.use.held) },
        Column("soft") { Cell($0.limits.soft) },
        Column("hard") { Cell($0.limits.hard) },
        Column("enabled") { .flag($0.enabled) },
        Column("since") { Cell($0.use.periodStart) },
        Column("scope_id", isShown: false) { Cell($0.scopeID) },
        Column("id", isShown: false) { Cell($0.id) },
    ]
}

/// Amounts of money as text, without binary fractions.
enum Money {
    /// Nano-USD as dollars with four decimals, rounded half away from zero.
    static func dollars(nano: Int64) -> String {
        let units = (nano.magnitude + 50_000) / 100_000
        let digits = String(units % 10_000)
        let fraction = String(repeating: "0", count: 4 - digits.count) + digits
        return (nano < 0 ? "-" : "") + "\(units / 10_000).\(fraction)"
    }
}
