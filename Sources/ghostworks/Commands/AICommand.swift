import ArgumentParser
import Domain
import Operations

/// `ghostworks ai`: a tenant's AI use and limits.
struct AICommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ai",
        abstract: "AI of a tenant: use, budgets, routes, prompts, calls; models and their prices.",
        subcommands: [
            Usage.self, Export.self, Budgets.self, SetBudget.self, DeleteBudget.self,
            ResetBudget.self, Alerts.self, Acknowledge.self, Models.self, AddProvider.self,
            AddModel.self, SetModel.self, Prices.self, SetPrice.self, PriceProposals.self,
            DecidePrice.self, Routes.self, SetRoute.self, DeleteRoute.self, Prompts.self,
            AddPrompt.self, LabelPrompt.self, RenderPrompt.self, Requests.self, Explain.self,
            Cancel.self, Trial.self, Reconcile.self,
        ]
    )

    /// `ai usage`.
    struct Usage: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "usage",
            abstract: "Sum requests, tokens and cost by day, model, purpose, member or API key."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Option(name: .customLong("by"), help: "day, model, purpose, member or key.")
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
            commandName: "budgets",
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

    static let budgetColumns: [Column<Budget>] = [
        Column("scope") { Cell($0.scope.rawValue) },
        Column("scope_id") { Cell($0.scopeID.isEmpty ? nil : $0.scopeID) },
        Column("unit") { Cell($0.metric.unit) },
        Column("period") { Cell($0.period.rawValue) },
        Column("used") { Cell($0.use.used, $0.metric) },
        Column("held") { Cell($0.use.held, $0.metric) },
        Column("soft") { Cell($0.limits.soft, $0.metric) },
        Column("hard") { Cell($0.limits.hard, $0.metric) },
        Column("enabled") { .flag($0.enabled) },
        Column("since") { Cell($0.use.periodStart) },
        Column("metric", isShown: false) { Cell($0.metric.rawValue) },
        Column("overage_allowance", isShown: false) {
            Cell($0.limits.overageAllowance, $0.metric)
        },
        Column("thresholds", isShown: false) { .list($0.policy.thresholds.map(String.init)) },
        Column("on_soft", isShown: false) { Cell($0.policy.onSoft.rawValue) },
        Column("on_hard", isShown: false) { Cell($0.policy.onHard.rawValue) },
        Column("on_lost", isShown: false) { Cell($0.policy.onLost.rawValue) },
        Column("id", isShown: false) { Cell($0.id) },
        Column("version", isShown: false) { Cell($0.version) },
    ]
}

/// Amounts of money as text, without binary fractions.
enum Money {
    /// Nano-USD as `$20.50`: exact, and no shorter than cents.
    static func readable(nano: Int64) -> String {
        let parts = nano.decimal(places: 9).split(separator: ".")
        var fraction = parts[1]
        while fraction.count > 2, fraction.last == "0" { fraction.removeLast() }
        let whole = parts[0].drop { $0 == "-" }
        return "\(nano < 0 ? "-" : "")$\(whole).\(fraction)"
    }

    /// Nano-USD as dollars with four decimals, rounded half away from zero.
    static func dollars(nano: Int64) -> String {
        let units = (nano.magnitude + 50_000) / 100_000
        let digits = String(units % 10_000)
        let fraction = String(repeating: "0", count: 4 - digits.count) + digits
        return (nano < 0 ? "-" : "") + "\(units / 10_000).\(fraction)"
    }
}
