/// What a call can cost at most: the arithmetic of `app.ai_reserve`, for showing it beforehand.
///
/// The dearest price of every kind among the targets counts, because which of them answers is
/// decided later; so does every tier that the call may reach.
package struct CallEstimate: Hashable, Sendable {
    private let prices: [ModelPrice]
    private let overhead: Int64

    /// - Parameters:
    ///   - prices: Those of all targets of the call.
    ///   - overhead: The most that any of their providers was seen to bill beyond what it was asked
    ///     for.
    package init(prices: [ModelPrice], overhead: Int64 = 0) {
        self.prices = prices
        self.overhead = overhead
    }

    /// The dearest price of every kind among the targets and the tiers that the call may reach.
    ///
    /// - Parameter input: How many tokens it reads.
    /// - Returns: A price of no model, for everything that is read and written, without tiers.
    package func dearest(reading input: Int64) -> ModelPrice {
        let tiers = prices.flatMap { $0.tiers.filter { $0.above < input } }
        let read =
            prices.map { max($0.input, $0.cached, $0.cacheWrite) }
            + tiers.map { max($0.input, $0.cached, $0.cacheWrite) }
        let written =
            prices.map { max($0.output, $0.reasoning) }
            + tiers.map { max($0.output, $0.reasoning) }
        return ModelPrice(
            model: "",
            effectiveFrom: Instant(seconds: 0),
            input: read.max() ?? 0,
            output: written.max() ?? 0,
            cached: 0,
            cacheWrite: 0,
            reasoning: 0,
            request: prices.map(\.request).max() ?? 0
        )
    }

    /// What a call with so many tokens costs at most, with what is billed beyond them.
    ///
    /// - Returns: Nano-USD; nil when it does not fit.
    package func ceiling(input: Int64, output: Int64) -> Int64? {
        let (written, overflows) = output.addingReportingOverflow(overhead)
        guard !overflows else { return nil }
        return dearest(reading: input).cost(of: TokenUsage(input: input, output: written))
    }
}
