import Domain
import Testing

@Suite struct PriceTierTests {
    @Test func `a tier is one word`() throws {
        let short = try PriceTier(parsing: "200000:$6/M:$22.50/M")
        #expect(
            short == (try PriceTier(above: 200_000, input: 6_000_000, output: 22_500_000))
        )
        let long = try PriceTier(parsing: "1000 : 1 USD/M : $2/M : $0.1/M : $1.25/M : $0.003/k")
        #expect(long.cached == 100_000)
        #expect(long.cacheWrite == 1_250_000)
        #expect(long.reasoning == 3_000_000)
    }

    @Test(arguments: [
        "", "200000", "200000:$6/M", "x:$6/M:$7/M", "0:$6/M:$7/M", "-1:$6/M:$7/M",
        "200000:6:7", "200000:$6/M:$7", "200000:$10001/M:$7/M", "1:$1/M:$1/M:$1/M:$1/M:$1/M:$1/M",
        "100000001:$1/M:$1/M",
    ])
    func `what is none says how one is written`(text: String) {
        #expect(throws: DomainError.self) { try PriceTier(parsing: text) }
    }

    @Test func `tiers are sorted, and each begins at its own number`() throws {
        let tiers = try [
            PriceTier(above: 9, input: 3, output: 3), PriceTier(above: 5, input: 2, output: 2),
        ]
        let price = try PriceAmounts(input: 1, output: 1, tiers: tiers)
        #expect(price.tiers.map(\.above) == [5, 9])
        #expect(throws: DomainError.self) {
            try PriceAmounts(input: 1, output: 1, tiers: [tiers[0], tiers[0]])
        }
        let many = try (1...6).map { try PriceTier(above: $0, input: 1, output: 1) }
        #expect(throws: DomainError.self) { try PriceAmounts(input: 1, output: 1, tiers: many) }
    }

    @Test func `a leap in a tier is a leap, where it begins too`() throws {
        let plain = try PriceAmounts(input: 10, output: 10)
        func price(_ above: Int64, _ input: Int64) throws -> PriceAmounts {
            try PriceAmounts(
                input: 10,
                output: 10,
                tiers: [PriceTier(above: above, input: input, output: 10)]
            )
        }
        #expect(!(try price(5, 100).leaps(from: plain)))
        #expect(try price(5, 101).leaps(from: plain))
        #expect(try plain.leaps(from: price(5, 101)))
        #expect(!(try price(5, 1_000).leaps(from: price(5, 100))))
        // Between 3 and 5 the old price was a hundredth.
        #expect(try price(3, 1_000).leaps(from: price(5, 100)))
    }
}
