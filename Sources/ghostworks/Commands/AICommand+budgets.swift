import ArgumentParser
import Domain
import Operations
import Terminal

extension AICommand {
    /// `ai set-budget`.
    struct SetBudget: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set-budget",
            abstract: "Make a budget, or change the one for the same scope, metric and period.",
            discussion: "Amounts name their unit: --hard '$25', --hard '25 USD', "
                + "--hard '2M tokens', --hard '500 requests'. A hard limit of 0 blocks every call."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @OptionGroup var limits: LimitOptions
        @Option(help: "What is limited.") var scope = Budget.Scope.tenant
        @Option(
            name: .customLong("of"),
            help: ArgumentHelp(
                "Which: a member's mail, a key's name, a storefront's slug, a purpose, a model.",
                valueName: "name"
            )
        )
        var holder: String?
        @Option(help: "What is counted; the unit of --hard tells.") var metric: Budget.Metric?
        @Option(help: "How long, in UTC.") var period = Budget.Period.month
        @Flag(name: .long, help: "Do not ask before a limit of 0 blocks every call.")
        var yes = false

        func run() async throws {
            let metric = try limits.metric(named: metric)
            try await TenantWork(global: global, tenant: tenant).write { place in
                try await LimitOptions.namingOptions { try await set(metric, place) }
            }
        }

        private func set(_ metric: Budget.Metric, _ place: TenantWork.Place) async throws {
            let holder = try await resolvedHolder(place)
            let present = try await ListBudgets(place.environment)(by: place.caller).first {
                $0.scope == scope && $0.scopeID == holder && $0.metric == metric
                    && $0.period == period
            }
            try confirmZero(metric)
            guard let present else {
                let new = try limits.draft(scope, holder, metric, period)
                let made = try await CreateBudget(place.environment)(new, by: place.caller)
                return try await write(made, place)
            }
            var edit = try limits.edit()
            // Whoever sets a limit means it to hold.
            let turnsOn = !present.enabled && edit.enabled == nil
            if turnsOn { edit.enabled = true }
            let changed = try await ChangeBudget(place.environment)(
                present.id,
                edit,
                version: present.version,
                by: place.caller
            )
            try await write(changed, place)
            guard turnsOn else { return }
            StandardStream.error.line(
                "The budget was off and is on again; --disable-measuring keeps it off."
            )
        }

        private func write(_ budget: Budget, _ place: TenantWork.Place) async throws {
            let columns = try await AICommand.budgetColumns(of: [budget], place)
            place.listing(columns, output.format).write(one: budget)
        }

        private func resolvedHolder(_ place: TenantWork.Place) async throws -> String {
            let holder = holder ?? ""
            switch scope {
            case .user:
                guard !holder.isEmpty else { throw scope.missingHolder }
                return try await MemberNames(place: place).resolve(holder).description
            case .apiKey:
                let resolve = ResolveAPIKey(place.environment)
                return try await resolve(holder, by: place.caller).description
            case .tenant, .storefront, .purpose, .model: return holder
            }
        }

        private func confirmZero(_ metric: Budget.Metric) throws {
            guard !yes, try limits.hardAmount()?.value(in: metric, field: "hard") == 0 else {
                return
            }
            try Question.requireYes("A hard limit of 0 blocks every call that it is about.")
        }
    }

    /// `ai delete-budget`.
    struct DeleteBudget: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "delete-budget",
            abstract: "Take a budget away; one that counted something is only switched off."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @Argument(help: "The budget's id, as `ai budgets --format json` shows it.")
        var id: BudgetID

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).write { place in
                let delete = Operations.DeleteBudget(place.environment)
                switch try await delete(id, by: place.caller) {
                case .deleted: StandardStream.output.line("The budget is gone.")
                case .disabled:
                    StandardStream.output.line("The budget is switched off; its periods stay.")
                }
            }
        }
    }

    /// `ai reset-budget`.
    struct ResetBudget: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reset-budget",
            abstract: "Start a budget's running period over; the log of use stays."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "The budget's id.") var id: BudgetID
        @Option(help: ArgumentHelp("Why, for the trail.", valueName: "text")) var why: String

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).write { place in
                let budget = try await Operations.ResetBudget(place.environment)(
                    id,
                    reason: why,
                    by: place.caller
                )
                place.listing(AICommand.budgetColumns, output.format).write(one: budget)
            }
        }
    }
}
