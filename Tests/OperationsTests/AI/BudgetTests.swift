import Domain
import Fixtures
import FoundationEssentials
import Operations
import Postgres
import Testing

@Suite(.withinOneDay) struct BudgetTests {
    /// Calls name the slug of their own workspace: another would never match.
    @Test func `a storefront's budget is about the workspace's own`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            _ = try await fixture.makeTenant("globex", by: root)
            for slug in ["nobody", "globex"] {
                let error = await #expect(throws: DomainError.self) {
                    try await fixture.makeBudget(
                        .requests,
                        hard: 1,
                        scope: .storefront,
                        of: slug,
                        in: acme
                    )
                }
                #expect(error?.message.contains("must be the slug of this workspace") == true)
            }
            let own = try await fixture.makeBudget(
                .requests,
                hard: 1,
                scope: .storefront,
                of: "acme",
                in: acme
            )
            #expect(own.scopeID == "acme")
        }
    }

    @Test func `a budget is made, changed and taken away, and each leaves a line`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let made = try await fixture.makeBudget(.cost, hard: 25_000_000_000, in: acme)
            #expect(made.version == 1)
            #expect(made.policy == BudgetPolicy())
            let change = ChangeBudget(fixture.environment)
            let edit = BudgetEdit(
                hard: try BudgetAmount("$30", field: "hard"),
                soft: .at(try BudgetAmount("20 USD", field: "soft")),
                thresholds: [50, 90]
            )
            let changed = try await change(made.id, edit, version: 1, by: acme.owner)
            #expect(changed.limits.hard == 30_000_000_000)
            #expect(changed.limits.soft == 20_000_000_000)
            #expect(changed.version == 2)
            let found = try await FindBudget(fixture.environment)(made.id, by: acme.owner)
            #expect(found == changed)
            let stale = await #expect(throws: DomainError.self) {
                try await change(made.id, BudgetEdit(enabled: false), version: 1, by: acme.owner)
            }
            #expect(stale?.code == .versionConflict)
            let outcome = try await DeleteBudget(fixture.environment)(
                made.id,
                version: 2,
                by: acme.owner
            )
            #expect(outcome == .deleted(changed))
            let actions = try await fixture.actions(of: acme, "ai.budget")
            #expect(
                actions == ["ai.budget_created", "ai.budget_changed", "ai.budget_deleted"]
            )
            let verdict = try await VerifyChain(fixture.environment)(by: acme.owner)
            #expect(verdict.fault == nil)
        }
    }

    @Test func `there is one budget for a scope, metric and period`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            _ = try await fixture.makeBudget(.cost, hard: 1, in: acme)
            let error = await #expect(throws: DomainError.self) {
                try await fixture.makeBudget(.cost, hard: 2, in: acme)
            }
            #expect(error?.code == .budgetExists)
        }
    }

    @Test func `a holder must exist`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let other = try await fixture.makeTenant(
                "other",
                by: try await fixture.makeOperator("o@x.test")
            )
            let foreign = other.owner.caller.user.description
            for (scope, holder) in [
                (Budget.Scope.user, foreign), (.apiKey, foreign), (.model, "none/such"),
            ] {
                let error = await #expect(throws: DomainError.self) {
                    try await fixture.makeBudget(
                        .tokens,
                        hard: 1,
                        scope: scope,
                        of: holder,
                        in: acme
                    )
                }
                #expect(error?.code == .validationError)
            }
            let own = acme.owner.caller.user.description
            let made = try await fixture.makeBudget(
                .tokens,
                hard: 0,
                scope: .user,
                of: own,
                in: acme
            )
            #expect(made.limits.hard == 0)
        }
    }

    @Test func `another unit than the metric's is refused`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let budget = try await fixture.makeBudget(.cost, hard: 1, in: acme)
            let error = await #expect(throws: DomainError.self) {
                try await ChangeBudget(fixture.environment)(
                    budget.id,
                    BudgetEdit(hard: BudgetAmount(units: 25)),
                    by: acme.owner
                )
            }
            #expect(error?.message.contains("write $25 or 25 USD") == true)
        }
    }

    /// Who pays for the plan's tokens is the platform.
    @Test func `the plan's budget may shrink and stays`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let list = try await ListBudgets(fixture.environment)(by: acme.owner)
            let plans = try #require(list.first)
            let change = ChangeBudget(fixture.environment)
            let lower = BudgetEdit(hard: BudgetAmount(units: 100), soft: BudgetEdit.Soft.none)
            let lowered = try await change(plans.id, lower, by: acme.owner)
            #expect(lowered.limits.hard == 100)
            for edit in [
                BudgetEdit(hard: BudgetAmount(units: 5_000_001)),
                BudgetEdit(
                    hard: BudgetAmount(units: 5_000_000),
                    overageAllowance: BudgetAmount(units: 1)
                ),
                BudgetEdit(enabled: false),
            ] {
                await #expect(throws: DomainError.self) {
                    try await change(plans.id, edit, by: acme.owner)
                }
            }
            await #expect(throws: DomainError.self) {
                try await DeleteBudget(fixture.environment)(plans.id, by: acme.owner)
            }
            await #expect(throws: DomainError.self) {
                try await ResetBudget(fixture.environment)(plans.id, reason: "more", by: acme.owner)
            }
        }
    }

    @Test func `a budget that counted is switched off, and reset keeps the books`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let budget = try await fixture.makeBudget(.cost, hard: 100, in: acme)
            try await fixture.plantPeriod(budget, used: 70, held: 5, in: acme)
            let reset = try await ResetBudget(fixture.environment)(
                budget.id,
                reason: "a mistake of ours",
                by: acme.owner
            )
            #expect(reset.use.used == 0)
            #expect(reset.use.held == 5)
            let carried = try await fixture.migrated.admin(
                "SELECT p.carried FROM ai_budget_periods AS p WHERE p.budget_id = \(budget.id.uuid)"
            ).first?.decode("carried", as: Int64.self)
            #expect(carried == 0)
            let edit = BudgetEdit(hard: try BudgetAmount("$1", field: "hard"))
            _ = try await ChangeBudget(fixture.environment)(budget.id, edit, by: acme.owner)
            let listed = try await ListBudgetPeriods(fixture.environment)(
                budget.id,
                page: PageRequest(),
                by: acme.owner
            )
            #expect(listed.periods.items.map(\.hard) == [1_000_000_000])
            let outcome = try await DeleteBudget(fixture.environment)(budget.id, by: acme.owner)
            guard case .disabled(let kept) = outcome else { return #expect(Bool(false)) }
            #expect(!kept.enabled)
            #expect(kept.version == 3)
        }
    }

    @Test func `alerts are listed until somebody sees to them`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let budget = try await fixture.makeBudget(.cost, hard: 100, in: acme)
            try await fixture.plantPeriod(budget, used: 90, held: 0, in: acme)
            try await fixture.plantAlert(budget, 80, in: acme)
            let list = ListAlerts(fixture.environment)
            let alert = try #require(
                try await list(page: PageRequest(), by: acme.owner).items.first
            )
            #expect(ListedAlert.ID(alert.id.description) == alert.id)
            let member = try await fixture.makeMember("m@x.test", role: .member, in: acme)
            #expect(try await list(page: PageRequest(), by: member).items.isEmpty)
            let acknowledge = AcknowledgeAlert(fixture.environment)
            await #expect(throws: DomainError.self) { try await acknowledge(alert.id, by: member) }
            let seen = try await acknowledge(alert.id, by: acme.owner)
            #expect(seen.acknowledgedBy == acme.owner.caller.user)
            #expect(try await acknowledge(alert.id, by: acme.owner) == seen)
            #expect(try await list(page: PageRequest(), by: acme.owner).items.isEmpty)
            let all = try await list(acknowledgedToo: true, page: PageRequest(), by: acme.owner)
            #expect(all.items == [seen])
            #expect(
                try await fixture.actions(of: acme, "ai.alert") == ["ai.alert_acknowledged"]
            )
        }
    }

    @Test(arguments: [Role.member, .viewer, .brandCreator, .guest])
    func `who may not manage budgets changes none`(role: Role) async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let budget = try await fixture.makeBudget(.cost, hard: 1, in: acme)
            let caller = try await fixture.makeMember("m@x.test", role: role, in: acme)
            let environment = fixture.environment
            let error = await #expect(throws: DomainError.self) {
                try await ChangeBudget(environment)(
                    budget.id,
                    BudgetEdit(enabled: false),
                    by: caller
                )
            }
            #expect(error?.code == .permissionDenied)
            await #expect(throws: DomainError.self) {
                try await DeleteBudget(environment)(budget.id, by: caller)
            }
            await #expect(throws: DomainError.self) {
                try await ResetBudget(environment)(budget.id, reason: "please", by: caller)
            }
        }
    }

    @Test func `a member finds the budgets of their own use only`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let member = try await fixture.makeMember("m@x.test", role: .member, in: acme)
            let own = try await fixture.makeBudget(
                .tokens,
                hard: 5,
                scope: .user,
                of: member.caller.user.description,
                in: acme
            )
            let whole = try await fixture.makeBudget(.cost, hard: 5, in: acme)
            let find = FindBudget(fixture.environment)
            #expect(try await find(own.id, by: member).id == own.id)
            let error = await #expect(throws: DomainError.self) {
                try await find(whole.id, by: member)
            }
            #expect(error?.code == .notFound)
        }
    }
}
