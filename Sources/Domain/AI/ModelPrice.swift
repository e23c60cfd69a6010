/// One version of what a model costs; versions never change.
///
/// Amounts are pico-USD a token (10^-12 USD), so that a price of 0.15 USD a million tokens is the
/// whole number 150,000; costs are nano-USD (10^-9 USD).
package struct ModelPrice: Hashable, Sendable {
    package var model: String
    /// The moment from which it is the model's price; names the version.
    package var effectiveFrom: Instant
    package var input: Int64
    package var output: Int64
    package var cached: Int64
    package var cacheWrite: Int64
    package var reasoning: Int64
    /// Nano-USD for each request, whatever its length.
    package var request: Int64
    /// What calls cost that read much, by the tokens above which that begins.
    package var tiers: [PriceTier]

    package init(
        model: String,
        effectiveFrom: Instant,
        input: Int64,
        output: Int64,
        cached: Int64,
        cacheWrite: Int64,
        reasoning: Int64,
        request: Int64 = 0,
        tiers: [PriceTier] = []
    ) {
        self.model = model
        self.effectiveFrom = effectiveFrom
        self.input = input
        self.output = output
        self.cached = cached
        self.cacheWrite = cacheWrite
        self.reasoning = reasoning
        self.request = request
        self.tiers = tiers
    }

    /// The tier that a call reaches which reads so many tokens; nil below all of them.
    package func tier(reading tokens: Int64) -> PriceTier? {
        tiers.filter { $0.above < tokens }.max { $0.above < $1.above }
    }

    /// What `usage` costs, rounded up to a whole nano-USD; all of it by the tier that it reaches.
    ///
    /// - Returns: Nano-USD; nil when the sum does not fit, or an amount is negative.
    package func cost(of usage: TokenUsage) -> Int64? {
        var sum: Int64 = 0
        let tier = tier(reading: usage.read)
        for (tokens, price) in [
            (usage.input, tier?.input ?? input), (usage.output, tier?.output ?? output),
            (usage.cached, tier?.cached ?? cached),
            (usage.cacheWrite, tier?.cacheWrite ?? cacheWrite),
            (usage.reasoning, tier?.reasoning ?? reasoning),
        ] {
            guard tokens >= 0, price >= 0 else { return nil }
            let (product, tooLarge) = tokens.multipliedReportingOverflow(by: price)
            let (next, overflows) = sum.addingReportingOverflow(product)
            guard !tooLarge, !overflows else { return nil }
            sum = next
        }
        let nano = sum / 1_000 + (sum % 1_000 > 0 ? 1 : 0)
        let (cost, overflows) = nano.addingReportingOverflow(request)
        return overflows ? nil : cost
    }
}
