/// What one call to a model took, in tokens; every kind is counted once.
package struct TokenUsage: Hashable, Sendable {
    /// Read by the model at the full price.
    package var input: Int64
    /// Written by the model, without what it thought.
    package var output: Int64
    /// Read by the model from the provider's cache.
    package var cached: Int64
    /// Written to the provider's cache.
    package var cacheWrite: Int64
    /// Thought by the model before it wrote.
    package var reasoning: Int64

    /// More tokens of a kind than any call takes; larger numbers are mistakes.
    package static let most: Int64 = 100_000_000

    package init(
        input: Int64 = 0,
        output: Int64 = 0,
        cached: Int64 = 0,
        cacheWrite: Int64 = 0,
        reasoning: Int64 = 0
    ) {
        self.input = input
        self.output = output
        self.cached = cached
        self.cacheWrite = cacheWrite
        self.reasoning = reasoning
    }

    /// Everything that was read.
    package var read: Int64 { input + cached + cacheWrite }

    /// Everything that was written, thoughts too.
    package var written: Int64 { output + reasoning }

    package var total: Int64 { read + written }
}
