import ArgumentParser
import Domain
import Operations
import Terminal

extension AICommand {
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
}
