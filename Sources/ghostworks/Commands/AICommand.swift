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
            SetProvider.self, AddModel.self, SetModel.self, ForgetOverhead.self, Prices.self,
            SetPrice.self, PriceProposals.self, DecidePrice.self, Routes.self, SetRoute.self,
            DeleteRoute.self, Prompts.self, AddPrompt.self, LabelPrompt.self, RenderPrompt.self,
            Requests.self, Explain.self, Cancel.self, Trial.self, Reconcile.self,
        ]
    )

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
                let columns = try await AICommand.budgetColumns(of: budgets, place)
                place.listing(columns, output.format).write(budgets)
            }
        }
    }

    /// With holders of budgets by their mail or name, as far as the caller may know them; to
    /// machines by their id.
    static func budgetColumns(
        of budgets: [Budget],
        _ place: TenantWork.Place
    ) async throws -> [Column<Budget>] {
        let users = budgets.filter { $0.scope == .user }.compactMap { UserID($0.scopeID) }
        let people = try await NamePeople(place.environment)(Set(users), by: place.caller)
        let ids = budgets.filter { $0.scope == .apiKey }.compactMap { APIKeyID($0.scopeID) }
        let keys = try await NameAPIKeys(place.environment)(Set(ids), by: place.caller)
        let holder = Column<Budget>("holder") { budget in
            let name: String? =
                switch budget.scope {
                case .user: UserID(budget.scopeID).flatMap { people[$0]?.email }
                case .apiKey: APIKeyID(budget.scopeID).flatMap { keys[$0]?.name }
                default: nil
                }
            return Cell(name ?? (budget.scopeID.isEmpty ? nil : budget.scopeID))
        }
        return budgetColumns.flatMap { column -> [Column<Budget>] in
            guard column.name == "scope_id" else { return [column] }
            return [holder, Column(column.name, isShown: false, column.cell)]
        }
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
}
