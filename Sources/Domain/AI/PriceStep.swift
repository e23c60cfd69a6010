/// One amount of a price beside what it was in the price before.
package struct PriceStep: Hashable, Sendable {
    package enum Field: String, CaseIterable, Hashable, Sendable {
        case input
        case output
        case cached
        case cacheWrite = "cache_write"
        case reasoning
        case request

        /// An amount of it, as it is typed: `$0.15/M`, of a request `$0.01`.
        package func typed(_ amount: Int64) -> String {
            self == .request ? TokenPrice.typed(nano: amount) : TokenPrice.typed(amount)
        }
    }

    package let field: Field
    /// Nil where there was no price.
    package let old: Int64?
    package let new: Int64
    /// The tokens above which a call reads so much that it holds; nil for calls of any length.
    package let above: Int64?

    package var oldText: String { old.map(field.typed) ?? "–" }
    package var newText: String { field.typed(new) }
}

/// A tier of a price beside what it was in the price before; one of them may be missing.
package struct PriceTierStep: Hashable, Sendable {
    package let above: Int64
    package let old: PriceTier?
    package let new: PriceTier?

    package var oldText: String { old?.typedPrices ?? "–" }
    package var newText: String { new?.typedPrices ?? "–" }
}

extension PriceAmounts {
    /// Every amount for calls below all tiers, beside that of the price before.
    package func steps(from old: PriceAmounts?) -> [PriceStep] {
        let before = old?.all(reading: 0)
        return zip(PriceStep.Field.allCases, all(reading: 0)).enumerated().map { index, pair in
            PriceStep(field: pair.0, old: before?[index], new: pair.1, above: nil)
        }
    }

    /// Every tier of both prices, by the tokens above which it begins.
    package func tierSteps(from old: PriceAmounts?) -> [PriceTierStep] {
        let before = old?.tiers ?? []
        return Set((tiers + before).map(\.above)).sorted().map { above in
            PriceTierStep(
                above: above,
                old: before.first { $0.above == above },
                new: tiers.first { $0.above == above }
            )
        }
    }

    /// The first amount that grows or shrinks more than ten times, or to or from nothing, for calls
    /// of any length.
    package func leap(from old: PriceAmounts) -> PriceStep? {
        var starts: [Int64?] = [nil]
        for above in (tiers + old.tiers).map(\.above).sorted() { starts.append(above) }
        for above in starts {
            let length = above.map { $0 + 1 } ?? 0
            let amounts = zip(all(reading: length), old.all(reading: length))
            for (field, (new, old)) in zip(PriceStep.Field.allCases, amounts) {
                let (low, high) = (min(new, old), max(new, old))
                // Amounts are bounded: ten times the lower one fits.
                guard high > low, low == 0 || high > low * Self.leap else { continue }
                return PriceStep(field: field, old: old, new: new, above: above)
            }
        }
        return nil
    }

    /// Whether an amount does.
    package func leaps(from old: PriceAmounts) -> Bool { leap(from: old) != nil }

    /// The amounts of a call that reads so many tokens, in the order of the fields.
    private func all(reading tokens: Int64) -> [Int64] {
        guard let tier = tiers.last(where: { $0.above < tokens }) else {
            return [input, output, cached, cacheWrite, reasoning, request]
        }
        return [tier.input, tier.output, tier.cached, tier.cacheWrite, tier.reasoning, request]
    }
}

extension TokenPrice {
    /// Pico-USD a token, as they are typed: `$0.15/M`.
    package static func typed(_ pico: Int64) -> String {
        "$\(pico.decimal(places: 6, keeping: 2))/M"
    }

    /// Nano-USD, as they are typed: `$0.01`.
    package static func typed(nano: Int64) -> String {
        "$\(nano.decimal(places: 9, keeping: 2))"
    }
}

extension PriceTier {
    /// As it is typed; prices that follow from others are left out.
    package var typed: String { "\(above):\(typedPrices)" }

    /// The same without where it begins.
    package var typedPrices: String {
        var prices = [input, output, cached, cacheWrite, reasoning]
        let implied = [input, output, input, input, output]
        while prices.count > 2, prices.last == implied[prices.count - 1] { prices.removeLast() }
        return prices.map { TokenPrice.typed($0) }.joined(separator: ":")
    }
}
