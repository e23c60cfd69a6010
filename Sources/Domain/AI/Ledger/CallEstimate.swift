/// What a call can cost at most: the arithmetic of `app.ai_reserve`, for showing it beforehand.
///
/// The dearest price of every kind among the targets counts, because which of them answers is
/// decided later.
package struct CallEstimate: Hashable, Sendable {
    package let inputPico: Int64
    package let outputPico: Int64
    package let requestNano: Int64

    /// - Parameter prices: Those of all targets of the call.
    package init(prices: [ModelPrice]) {
        inputPico = prices.map { max($0.input, $0.cached, $0.cacheWrite) }.max() ?? 0
        outputPico = prices.map { max($0.output, $0.reasoning) }.max() ?? 0
        requestNano = prices.map(\.request).max() ?? 0
    }

    /// What a call with so many tokens costs at most.
    ///
    /// - Returns: Nano-USD; nil when it does not fit.
    package func ceiling(input: Int64, output: Int64) -> Int64? {
        ModelPrice(
            model: "",
            effectiveFrom: Instant(seconds: 0),
            input: inputPico,
            output: outputPico,
            cached: 0,
            cacheWrite: 0,
            reasoning: 0,
            request: requestNano
        ).cost(of: TokenUsage(input: input, output: output))
    }
}
