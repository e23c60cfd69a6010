import Domain
import Testing

@Suite struct BudgetAmountTests {
    @Test(
        arguments: [
            ("$25", .cost, 25_000_000_000), ("25 USD", .cost, 25_000_000_000),
            ("$ 0.5", .cost, 500_000_000), ("$25k", .cost, 25_000_000_000_000),
            ("0.000000001 usd", .cost, 1), ("$0", .cost, 0), ("2M tokens", .tokens, 2_000_000),
            ("2.5M tokens", .tokens, 2_500_000), ("2 M tokens", .tokens, 2_000_000),
            ("2000000", .tokens, 2_000_000), ("500k", .tokens, 500_000),
            ("500 requests", .requests, 500), ("1 call", .requests, 1), ("0", .requests, 0),
        ] as [(String, Budget.Metric, Int64)]
    )
    func `an amount is read with its unit`(
        text: String,
        metric: Budget.Metric,
        value: Int64
    ) throws {
        #expect(try BudgetAmount(text, field: "hard").value(in: metric, field: "hard") == value)
    }

    @Test(
        arguments: [
            ("25", .cost, "hard must say its unit: write $25 or 25 USD"),
            (
                "2M tokens", .cost,
                "hard is in tokens, but the budget counts USD; write $25 or 25 USD"
            ),
            ("$25", .tokens, "hard is in USD, but the budget counts tokens; write 2M tokens"),
            (
                "5 requests", .tokens,
                "hard is in requests, but the budget counts tokens; write 2M tokens"
            ),
            ("2.5 tokens", .tokens, "hard must be a whole number that fits"),
            ("$0.0000000001", .cost, "hard must have at most nine decimals and fit"),
            (
                "99999999999999999999 tokens", .tokens, "hard is too large"
            ),
            ("$-25", .cost, "hard must not be negative"),
            ("9999999999B tokens", .tokens, "hard must be a whole number that fits"),
            ("$200000000", .cost, "hard must be at most 100000000000000000"),
            ("$25 tokens", .cost, "hard must be an amount such as $25, 25 USD or 2M tokens"),
            ("1,000 tokens", .tokens, "hard must be an amount such as $25, 25 USD or 2M tokens"),
            ("-5 tokens", .tokens, "hard must not be negative"),
            ("5 apples", .tokens, "hard must be an amount such as $25, 25 USD or 2M tokens"),
            ("1e3", .tokens, "hard must be an amount such as $25, 25 USD or 2M tokens"),
            ("", .tokens, "hard must be an amount such as $25, 25 USD or 2M tokens"),
            ("٥", .tokens, "hard must be an amount such as $25, 25 USD or 2M tokens"),
        ] as [(String, Budget.Metric, String)]
    )
    func `an amount in another unit gets a sentence`(
        text: String,
        metric: Budget.Metric,
        sentence: String
    ) {
        let error = #expect(throws: DomainError.self) {
            try BudgetAmount(text, field: "hard").value(in: metric, field: "hard")
        }
        #expect(error?.message == "Invalid input: \(sentence).")
    }

    @Test(
        arguments: [
            (BudgetAmount(units: 25), .cost, .unit(.cost, not: nil)),
            (BudgetAmount(usd: "1"), .tokens, .unit(.tokens, not: .cost)),
            (BudgetAmount(usd: "1"), .requests, .unit(.requests, not: .cost)),
            (BudgetAmount(usd: "0.0000000001"), .cost, .whole(.cost)),
            (BudgetAmount(usd: "99999999999"), .cost, .whole(.cost)),
            (try? BudgetAmount("0.5", field: ""), .requests, .whole(.requests)),
            (BudgetAmount(units: -1), .tokens, .notNegative),
            (BudgetAmount(units: .max), .tokens, .atMostLargest),
        ] as [(BudgetAmount?, Budget.Metric, BudgetAmount.Rule)]
    )
    func `a refusal names the rule that an amount breaks`(
        amount: BudgetAmount?,
        metric: Budget.Metric,
        rule: BudgetAmount.Rule
    ) throws {
        let amount = try #require(amount)
        let error = #expect(throws: DomainError.self) {
            try amount.value(in: metric, field: "hard")
        }
        guard case .invalid(let problems) = error?.kind else { return #expect(Bool(false)) }
        #expect(problems.map(\.amountRule) == [rule])
        #expect(problems.map(\.field) == ["hard"])
    }

    @Test func `the rules of limits are named with all that is wrong`() {
        let error = #expect(throws: DomainError.self) {
            try BudgetLimits(soft: 5, hard: -1, overageAllowance: .max).check()
        }
        guard case .invalid(let problems) = error?.kind else { return #expect(Bool(false)) }
        #expect(problems.map(\.amountRule) == [.notNegative, .atMostLargest, nil])
    }

    @Test(arguments: [(0, "0.000000000"), (-1, "-0.000000001"), (12_345_678_901, "12.345678901")])
    func `decimals are exact`(number: Int, text: String) {
        #expect(Int64(number).decimal(places: 9) == text)
    }
}

@Suite struct NewBudgetTests {
    private static func make(
        _ scope: Budget.Scope = .tenant,
        of holder: String = "",
        soft: Int64? = nil,
        hard: Int64 = 10,
        thresholds: [Int] = [80]
    ) throws -> NewBudget {
        try NewBudget(
            scope: scope,
            scopeID: holder,
            metric: .tokens,
            period: .day,
            limits: BudgetLimits(soft: soft, hard: hard, overageAllowance: 0),
            policy: BudgetPolicy(thresholds: thresholds)
        )
    }

    @Test func `zero is a limit`() throws {
        #expect(try Self.make(hard: 0).limits.hard == 0)
    }

    @Test func `everything that is wrong is named at once`() {
        let error = #expect(throws: DomainError.self) {
            try Self.make(.user, of: "me", soft: 11, hard: -1, thresholds: [0, 101])
        }
        guard case .invalid(let problems) = error?.kind else { return #expect(Bool(false)) }
        #expect(Set(problems.map(\.field)) == ["scope_id", "hard", "soft", "thresholds"])
    }

    @Test(arguments: [[50, 50], [90, 80], [0], [101], Array(1...11)])
    func `thresholds are rising percentages`(list: [Int]) {
        #expect(throws: DomainError.self) { try Self.make(thresholds: list) }
    }

    @Test func `the workspace's budget has no holder, the others do`() throws {
        #expect(throws: DomainError.self) { try Self.make(.tenant, of: "x") }
        for scope in Budget.Scope.allCases where scope != .tenant {
            #expect(throws: DomainError.self) { try Self.make(scope, of: "") }
        }
        #expect(try Self.make(.purpose, of: " chat ").scopeID == "chat")
    }
}
