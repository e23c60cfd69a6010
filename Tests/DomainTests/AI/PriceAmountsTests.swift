import Domain
import Testing

@Suite struct PriceAmountsTests {
    @Test(
        arguments: [
            ("$0.15/M", 150_000), ("0.15 USD/M", 150_000), ("$0.15/1M tokens", 150_000),
            ("$0.002/k", 2_000_000), ("$0/M", 0), ("$10000/M", 10_000_000_000),
        ] as [(String, Int64)]
    )
    func `a price is read with its unit`(text: String, pico: Int64) throws {
        #expect(try TokenPrice.pico(text, field: "input") == pico)
    }

    @Test(arguments: ["0.15", "$0.15", "0.15/M", "€0.15/M", "$0.15/token", "$-1/M", "", "$1/M/M"])
    func `a price without a unit says which to write`(text: String) {
        let error = #expect(throws: DomainError.self) {
            try TokenPrice.pico(text, field: "input")
        }
        #expect(
            error?.message == "Invalid input: input must say its unit, such as $0.15/M: "
                + "USD for a million tokens."
        )
    }

    @Test func `a price finer than can be kept is refused`() {
        #expect(throws: DomainError.self) { try TokenPrice.pico("$0.0000001/M", field: "input") }
        #expect(throws: DomainError.self) {
            try TokenPrice.pico(perMillion: "$0.15", field: "input")
        }
        #expect(throws: DomainError.self) { try TokenPrice.nano("0.01", field: "request") }
    }

    @Test func `more than 10000 USD for a million tokens was another unit`() throws {
        let error = #expect(throws: DomainError.self) {
            try PriceAmounts(input: 10_000_000_001, output: -1, request: 100_000_000_001)
        }
        guard case .invalid(let problems) = error?.kind else { return #expect(Bool(false)) }
        // What follows from another amount is not told again.
        #expect(problems.map(\.field) == ["input", "output", "request"])
        let other = #expect(throws: DomainError.self) {
            try PriceAmounts(input: 1, output: 1, cached: -1, cacheWrite: -1, reasoning: -1)
        }
        guard case .invalid(let others) = other?.kind else { return #expect(Bool(false)) }
        #expect(others.map(\.field) == ["cached", "cache_write", "reasoning"])
    }

    @Test(
        arguments: [
            (100, 1_000, false), (100, 1_001, true), (1_000, 100, false), (1_001, 100, true),
            (0, 0, false), (0, 1, true), (1, 0, true), (3, 30, false), (3, 31, true),
        ] as [(Int64, Int64, Bool)]
    )
    func `a change of more than ten times is a leap`(old: Int64, new: Int64, leaps: Bool) throws {
        let before = try PriceAmounts(input: 5, output: old)
        let after = try PriceAmounts(input: 5, output: new)
        #expect(after.leaps(from: before) == leaps)
    }

    @Test func `the amount that leaps is named, with what it was`() throws {
        let before = try PriceAmounts(input: 150_000, output: 600_000, request: 10_000_000)
        let tier = try PriceTier(above: 5_000, input: 150_000, output: 9_000_000)
        let longer = try PriceAmounts(
            input: 150_000,
            output: 600_000,
            request: 10_000_000,
            tiers: [tier]
        )
        let step = try #require(longer.leap(from: before))
        #expect(step.field == .output && step.above == 5_000)
        #expect(step.oldText == "$0.60/M" && step.newText == "$9.00/M")
        let dear = try PriceAmounts(input: 150_000, output: 600_000, request: 500_000_000)
        #expect(dear.leap(from: before)?.field == .request)
        #expect(dear.leap(from: before)?.newText == "$0.50")
        #expect(before.leap(from: before) == nil)
    }

    @Test func `every amount and tier stands beside that of before, or beside none`() throws {
        let tier = try PriceTier(above: 5_000, input: 90_000_000, output: 600_000_000)
        let new = try PriceAmounts(input: 1, output: 2, cacheWrite: 90_000_000, tiers: [tier])
        #expect(new.steps(from: nil).allSatisfy { $0.oldText == "–" })
        let old = try PriceAmounts(input: 3, output: 4)
        #expect(new.steps(from: old).map(\.new) == [1, 2, 1, 90_000_000, 2, 0])
        #expect(new.steps(from: old).map(\.old) == [3, 4, 3, 3, 4, 0])
        #expect(new.tierSteps(from: old).map(\.newText) == ["$90.00/M:$600.00/M"])
        #expect(old.tierSteps(from: new).map(\.newText) == ["–"])
    }

    @Test func `what is left out costs as what it is a kind of`() throws {
        let price = try PriceAmounts(input: 2, output: 3)
        #expect([price.cached, price.cacheWrite, price.reasoning, price.request] == [2, 2, 3, 0])
    }
}

@Suite struct ModelRoutePlanTests {
    @Test func `everything that is wrong is named at once`() {
        let error = #expect(throws: DomainError.self) {
            try ModelRoutePlan(
                targets: ["a", "a"],
                channels: [.api, .api],
                retry: .init(maxAttempts: 4),
                cache: .init(scope: .off, seconds: 5, maxTemperatureMilli: 3_000),
                defaultMaxTokens: 0
            )
        }
        guard case .invalid(let problems) = error?.kind else { return #expect(Bool(false)) }
        #expect(
            problems.map(\.field) == [
                "targets", "channels", "max_attempts", "cache_seconds",
                "cache_max_temperature_milli", "default_max_tokens",
            ]
        )
    }

    @Test(arguments: ["", "Chat", "a b", "-a", "a/b", String(repeating: "a", count: 51), "ä"])
    func `a name that fits no path is refused`(name: String) {
        #expect(throws: DomainError.self) { try ModelRoute.checkedName(name) }
    }
}
