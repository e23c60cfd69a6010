/// The amounts of a price, before it belongs to a model and a time: pico-USD a token and nano-USD
/// a request.
package struct PriceAmounts: Hashable, Sendable {
    package let input: Int64
    package let output: Int64
    package let cached: Int64
    package let cacheWrite: Int64
    package let reasoning: Int64
    package let request: Int64
    /// What calls cost that read much, by the tokens above which that begins.
    package let tiers: [PriceTier]

    /// 10,000 USD for a million tokens: a price beyond it was typed in another unit.
    package static let dearestToken: Int64 = 10_000_000_000
    /// 100 USD for one request.
    package static let dearestRequest: Int64 = 100_000_000_000
    /// A change beyond this many times needs a second operator.
    package static let leap: Int64 = 10

    /// What is left out costs as much as what it is a kind of: cached input and its storing as
    /// input, reasoning as output.
    ///
    /// - Throws: A validation error that names every amount out of bounds.
    package init(
        input: Int64,
        output: Int64,
        cached: Int64? = nil,
        cacheWrite: Int64? = nil,
        reasoning: Int64? = nil,
        request: Int64 = 0,
        tiers: [PriceTier] = []
    ) throws(DomainError) {
        var problems: [FieldProblem] = []
        let told = [
            ("input", input), ("output", output), ("cached", cached), ("cache_write", cacheWrite),
            ("reasoning", reasoning),
        ]
        for case (let field, let amount?) in told
        where !(0...Self.dearestToken).contains(amount) {
            problems.append(
                FieldProblem(field, "must be 0 to 10000 USD for a million tokens; check the unit")
            )
        }
        if !(0...Self.dearestRequest).contains(request) {
            problems.append(FieldProblem("request", "must be 0 to 100 USD for a request"))
        }
        guard problems.isEmpty else { throw .invalid(problems) }
        self.input = input
        self.output = output
        self.cached = cached ?? input
        self.cacheWrite = cacheWrite ?? input
        self.reasoning = reasoning ?? output
        self.request = request
        self.tiers = try PriceTier.checked(tiers)
    }
}

extension ModelPrice {
    package var amounts: PriceAmounts? {
        try? PriceAmounts(
            input: input,
            output: output,
            cached: cached,
            cacheWrite: cacheWrite,
            reasoning: reasoning,
            request: request,
            tiers: tiers
        )
    }

    package init(model: String, effectiveFrom: Instant, _ amounts: PriceAmounts) {
        self.init(
            model: model,
            effectiveFrom: effectiveFrom,
            input: amounts.input,
            output: amounts.output,
            cached: amounts.cached,
            cacheWrite: amounts.cacheWrite,
            reasoning: amounts.reasoning,
            request: amounts.request,
            tiers: amounts.tiers
        )
    }
}

/// A price of tokens with the unit it was typed in: `$0.15/M`, `0.15 USD/M`, `$0.002/k`.
package enum TokenPrice {
    /// Pico-USD a token.
    ///
    /// - Throws: A validation error that names `field`, and says how to name the unit.
    package static func pico(_ text: String, field: String) throws(DomainError) -> Int64 {
        let rule = "must say its unit, such as $0.15/M: USD for a million tokens"
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw .invalid(field, rule) }
        let unit = parts[1].cut.lowercased()
        let names = ["m": 6, "m tokens": 6, "1m": 6, "1m tokens": 6, "k": 9, "k tokens": 9]
        guard let exponent = names[unit], let amount = usd(parts[0]) else {
            throw .invalid(field, rule)
        }
        return try scaled(amount, exponent, field)
    }

    /// The same from a decimal text that is known to mean USD for a million tokens.
    package static func pico(perMillion text: String, field: String) throws(DomainError) -> Int64 {
        guard let amount = DecimalText(text) else {
            throw .invalid(
                field,
                "must be USD for a million tokens as a decimal text such as \"0.15\""
            )
        }
        return try scaled(amount, 6, field)
    }

    /// Nano-USD from `$0.01` or `0.01 USD`.
    package static func nano(_ text: String, field: String) throws(DomainError) -> Int64 {
        guard let amount = usd(text[...]), let nano = amount.scaled(9) else {
            throw .invalid(field, "must be an amount such as $0.01, with at most nine decimals")
        }
        return nano
    }

    private static func usd(_ text: Substring) -> DecimalText? {
        let text = text.cut
        if text.hasPrefix("$") { return DecimalText(text.dropFirst().cut) }
        guard text.lowercased().hasSuffix("usd") else { return nil }
        return DecimalText(text.dropLast(3).cut)
    }

    private static func scaled(
        _ amount: DecimalText,
        _ exponent: Int,
        _ field: String
    ) throws(DomainError) -> Int64 {
        guard let pico = amount.scaled(exponent) else {
            throw .invalid(field, "must have at most six decimals of a USD for a million tokens")
        }
        return pico
    }
}
