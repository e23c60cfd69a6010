import Domain
import Testing

@Suite struct CallEstimateTests {
    private static func price(_ input: Int64, _ output: Int64, thinking: Int64) -> ModelPrice {
        ModelPrice(
            model: "m",
            effectiveFrom: Instant(seconds: 0),
            input: input,
            output: output,
            cached: 0,
            cacheWrite: 0,
            reasoning: thinking,
            request: 7,
            tiers: []
        )
    }

    @Test(arguments: [(0, 1_000 + 2_500 + 7), (200, 1_000 + 3_500 + 7)] as [(Int64, Int64)])
    func `the overhead is held at the dearest price of what is written`(
        overhead: Int64,
        most: Int64
    ) {
        let prices = [
            Self.price(1_000, 2_000, thinking: 5_000), Self.price(2_000, 1_000, thinking: 0),
        ]
        let estimate = CallEstimate(prices: prices, overhead: overhead)
        #expect(estimate.ceiling(input: 500, output: 500) == most)
    }

    @Test func `a sum that does not fit is none`() {
        let estimate = CallEstimate(prices: [Self.price(1, 1, thinking: 1)], overhead: 1)
        #expect(estimate.ceiling(input: 1, output: .max) == nil)
    }
}
