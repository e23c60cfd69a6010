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

    /// The limits of a budget as they are typed.
    struct LimitOptions: ParsableArguments {
        @Option(help: ArgumentHelp("Where calls are refused.", valueName: "amount"))
        var hard: String?
        @Option(help: ArgumentHelp("Where warnings begin.", valueName: "amount"))
        var soft: String?
        @Flag(help: "Take the soft limit away.") var withoutSoft = false
        @Option(help: ArgumentHelp("What may go beyond the hard limit.", valueName: "amount"))
        var allowance: String?
        @Option(help: ArgumentHelp("Percentages that raise an alert: 80,100.", valueName: "list"))
        var thresholds: String?
        @Option(help: "What happens at the soft limit.") var onSoft: BudgetPolicy.SoftAction?
        @Option(help: "What happens at the hard limit.") var onHard: BudgetPolicy.HardAction?
        @Option(help: "What a call is charged whose process was lost.")
        var onLost: BudgetPolicy.LostAction?
        @Flag(inversion: .prefixedEnableDisable, help: "Whether calls are measured by it.")
        var measuring: Bool?

        func hardAmount() throws -> BudgetAmount? {
            try hard.map { try BudgetAmount($0, field: "hard") }
        }

        /// The metric that was named, or that the unit of the hard or soft limit tells.
        func metric(named metric: Budget.Metric?) throws -> Budget.Metric {
            let soft = try soft.map { try BudgetAmount($0, field: "soft") }
            if let known = try metric ?? hardAmount()?.metric ?? soft?.metric { return known }
            throw ExitMessage(
                "Say what the budget counts.",
                hint: "Name the unit of --hard, as in '$25' or '2M tokens', or give --metric.",
                code: ExitMessage.usage
            )
        }

        /// Does something, and names the options in what is wrong with their values.
        static func namingOptions<Value>(_ body: () async throws -> Value) async throws -> Value {
            do {
                return try await body()
            } catch let error as DomainError {
                guard case .invalid(let problems) = error.kind else { throw error }
                let options = ["scope_id": "--of", "overage_allowance": "--allowance"]
                throw DomainError.invalid(
                    problems.map { problem in
                        FieldProblem(options[problem.field] ?? problem.field, problem.problem)
                    }
                )
            }
        }

        private func percentages() throws -> [Int]? {
            try thresholds.map { try BudgetPolicy.thresholds(parsing: $0) }
        }

        func edit() throws -> BudgetEdit {
            guard !(withoutSoft && soft != nil) else {
                throw DomainError.invalid("soft", "must not stand beside --without-soft")
            }
            return BudgetEdit(
                hard: try hardAmount(),
                soft: withoutSoft
                    ? BudgetEdit.Soft.none
                    : try soft.map { .at(try BudgetAmount($0, field: "soft")) },
                overageAllowance: try allowance.map { try BudgetAmount($0, field: "allowance") },
                thresholds: try percentages(),
                onSoft: onSoft,
                onHard: onHard,
                onLost: onLost,
                enabled: measuring
            )
        }

        func draft(
            _ scope: Budget.Scope,
            _ holder: String,
            _ metric: Budget.Metric,
            _ period: Budget.Period
        ) throws -> NewBudget {
            guard let hard = try hardAmount() else {
                throw DomainError.invalid("hard", "is required for a new budget")
            }
            let usual = BudgetPolicy()
            return try NewBudget(
                scope: scope,
                scopeID: holder,
                metric: metric,
                period: period,
                limits: BudgetLimits(
                    soft: soft.map {
                        try BudgetAmount($0, field: "soft").value(in: metric, field: "soft")
                    },
                    hard: hard.value(in: metric, field: "hard"),
                    overageAllowance: allowance.map {
                        try BudgetAmount($0, field: "allowance")
                            .value(in: metric, field: "allowance")
                    } ?? 0
                ),
                policy: BudgetPolicy(
                    thresholds: percentages() ?? usual.thresholds,
                    onSoft: onSoft ?? usual.onSoft,
                    onHard: onHard ?? usual.onHard,
                    onLost: onLost ?? usual.onLost
                ),
                enabled: measuring ?? true
            )
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

    /// `ai alerts`.
    struct Alerts: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "alerts",
            abstract: "List budgets that reached a share of their limit, the newest first."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: ListingOptions
        @Flag(help: "Also those that somebody has seen to.") var all = false

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).read { place in
                let list = ListAlerts(place.environment)
                try await place.listing(AICommand.alertColumns, output.format)
                    .write(limit: output.limit) {
                        try await list(acknowledgedToo: all, page: $0, by: place.caller)
                    }
            }
        }
    }

    /// `ai acknowledge`.
    struct Acknowledge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "acknowledge",
            abstract: "Note that somebody saw to an alert."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "The alert's id, as `ai alerts` shows it.") var id: String

        func run() async throws {
            guard let alert = ListedAlert.ID(id) else {
                throw DomainError.invalid("id", "must be the id of an alert, as ai alerts shows it")
            }
            try await TenantWork(global: global, tenant: tenant).write { place in
                let seen = try await AcknowledgeAlert(place.environment)(alert, by: place.caller)
                place.listing(AICommand.alertColumns, output.format).write(one: seen)
            }
        }
    }

    static let alertColumns: [Column<ListedAlert>] = [
        Column("scope") { Cell($0.scope.rawValue) },
        Column("scope_id") { Cell($0.scopeID.isEmpty ? nil : $0.scopeID) },
        Column("unit") { Cell($0.metric.unit) },
        Column("threshold") { Cell($0.id.threshold) },
        Column("used") { Cell($0.used, $0.metric) },
        Column("hard") { Cell($0.hard, $0.metric) },
        Column("raised_at") { Cell($0.raisedAt) },
        Column("acknowledged_at") { Cell($0.acknowledgedAt) },
        Column("id") { .identifier($0.id.description) },
    ]
}
