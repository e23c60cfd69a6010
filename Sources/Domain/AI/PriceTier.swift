/// What a model's tokens cost in calls that read more than so many, in pico-USD a token.
///
/// A call that reaches a tier costs the tier's amounts, all of its tokens.
package struct PriceTier: Hashable, Sendable {
    /// A call that reads more tokens than these reaches the tier.
    package let above: Int64
    package let input: Int64
    package let output: Int64
    package let cached: Int64
    package let cacheWrite: Int64
    package let reasoning: Int64

    /// A price has no more of them.
    package static let most = 5

    /// What is left out costs as much as what it is a kind of.
    ///
    /// - Throws: A validation error that names every member out of bounds.
    package init(
        above: Int64,
        input: Int64,
        output: Int64,
        cached: Int64? = nil,
        cacheWrite: Int64? = nil,
        reasoning: Int64? = nil
    ) throws(DomainError) {
        guard (1...NewModel.largestContext).contains(above) else {
            throw .invalid("tiers.above", "must be 1 to \(NewModel.largestContext) tokens")
        }
        var problems: [FieldProblem] = []
        for (field, amount) in [
            ("input", input), ("output", output), ("cached", cached ?? input),
            ("cache_write", cacheWrite ?? input), ("reasoning", reasoning ?? output),
        ] where !(0...PriceAmounts.dearestToken).contains(amount) {
            problems.append(
                FieldProblem(
                    "tiers.\(field)",
                    "must be 0 to 10000 USD for a million tokens; check the unit"
                )
            )
        }
        guard problems.isEmpty else { throw .invalid(problems) }
        self.above = above
        self.input = input
        self.output = output
        self.cached = cached ?? input
        self.cacheWrite = cacheWrite ?? input
        self.reasoning = reasoning ?? output
    }

    /// The tiers of one price, by the tokens above which they begin.
    ///
    /// - Throws: A validation error for too many, and for two that begin at the same number.
    static func checked(_ tiers: [PriceTier]) throws(DomainError) -> [PriceTier] {
        guard tiers.count <= most else {
            throw .invalid("tiers", "must be \(most) at most")
        }
        guard Set(tiers.map(\.above)).count == tiers.count else {
            throw .invalid("tiers", "must each begin at a number of tokens of its own")
        }
        return tiers.sorted { $0.above < $1.above }
    }
}

/// A tier as one word: `200000:$6/M:$22.50/M` is what is read and written above 200,000 tokens;
/// cached input, its storing and thoughts may follow in this order.
extension PriceTier {
    /// - Throws: A validation error that says how a tier is written, or what is wrong in it.
    package init(parsing text: String) throws(DomainError) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(\.cut)
        guard (3...6).contains(parts.count), let above = Int64(parts[0]) else {
            throw .invalid(
                "tier",
                "must be such as 200000:$6/M:$22.50/M: the tokens above which it holds, the price "
                    + "of input, that of output"
            )
        }
        var prices: [Int64] = []
        for part in parts.dropFirst() {
            prices.append(try TokenPrice.pico(String(part), field: "tier"))
        }
        try self.init(
            above: above,
            input: prices[0],
            output: prices[1],
            cached: prices.count > 2 ? prices[2] : nil,
            cacheWrite: prices.count > 3 ? prices[3] : nil,
            reasoning: prices.count > 4 ? prices[4] : nil
        )
    }
}
