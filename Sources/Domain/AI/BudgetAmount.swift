/// An amount of a budget with the unit it was typed in: `$25`, `25 USD`, `2M tokens`, `500`.
package struct BudgetAmount: Hashable, Sendable {
    /// Nil where no unit was typed.
    package let metric: Budget.Metric?
    private let number: DecimalText
    private let exponent: Int

    /// No amount is larger: sums of three of them still fit 64 bits.
    package static let largest: Int64 = 100_000_000_000_000_000

    /// Reads an amount.
    ///
    /// - Throws: A validation error that names `field`.
    package init(_ text: String, field: String) throws(DomainError) {
        var rest = text.cut
        var metric: Budget.Metric?
        if rest.hasPrefix("$") {
            metric = .cost
            rest = rest.dropFirst().cut
        }
        let split = rest.firstIndex { !($0.isASCII && ($0.isNumber || $0 == ".")) }
        let digits = rest[..<(split ?? rest.endIndex)]
        var unit = rest[(split ?? rest.endIndex)...].cut
        var exponent = 0
        if let factor = unit.first.flatMap({ Self.factors[$0] }),
            unit.dropFirst().first.map({ $0 == " " }) ?? true
        {
            exponent = factor
            unit = unit.dropFirst()
        }
        let word = unit.cut.lowercased()
        guard let number = DecimalText(digits), let named = Self.units[word],
            metric == nil || named == nil || metric == named
        else {
            let rule = "must be an amount such as $25, 25 USD or 2M tokens"
            throw .invalid(field, Self.fault(rest) ?? rule)
        }
        self.metric = metric ?? named
        self.number = number
        self.exponent = exponent
    }

    /// A bare number: of tokens or requests, and of nothing that money is counted in.
    package init(units: Int64) {
        metric = nil
        number = DecimalText(units)
        exponent = 0
    }

    /// A decimal text that is known to mean USD; nil when it is none.
    package init?(usd text: String) {
        guard let number = DecimalText(text) else { return nil }
        metric = .cost
        self.number = number
        exponent = 0
    }

    /// What is wrong with a number that no budget can hold, whatever it counts.
    ///
    /// - Parameter text: a number, with a unit behind it or without.
    /// - Returns: The rule that it breaks; nil for what is no number, and for one that breaks none.
    package static func fault(_ text: some StringProtocol) -> String? {
        let isNegative = text.first == "-"
        let number = text.dropFirst(isNegative ? 1 : 0)
            .prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, !parts.contains(where: \.isEmpty) else { return nil }
        if isNegative { return "must not be negative" }
        return parts[0].count > 18 ? "is too large" : nil
    }

    /// The amount in the whole units of a metric: nano-USD, tokens or requests.
    ///
    /// - Throws: A validation error that names `field` and the rule that the amount breaks.
    package func value(in wanted: Budget.Metric, field: String) throws(DomainError) -> Int64 {
        if metric.map({ $0 != wanted }) ?? (wanted == .cost) {
            throw Rule.unit(wanted, not: metric).broken(by: field)
        }
        guard let value = number.scaled(exponent + (wanted == .cost ? 9 : 0)) else {
            throw Rule.whole(wanted).broken(by: field)
        }
        return try Self.checked(value, field: field)
    }

    /// Refuses what no budget can hold.
    package static func checked(_ value: Int64, field: String) throws(DomainError) -> Int64 {
        guard value >= 0 else { throw Rule.notNegative.broken(by: field) }
        guard value <= largest else { throw Rule.atMostLargest.broken(by: field) }
        return value
    }

    private static let factors: [Character: Int] = ["k": 3, "K": 3, "M": 6, "m": 6, "B": 9, "G": 9]
    private static let units: [String: Budget.Metric?] = [
        "": nil, "usd": .cost, "dollars": .cost, "dollar": .cost, "tokens": .tokens,
        "token": .tokens, "requests": .requests, "request": .requests, "calls": .requests,
        "call": .requests,
    ]
}

extension Budget.Metric {
    /// What the metric counts, inside a sentence.
    package var words: String {
        switch self {
        case .tokens: "tokens"
        case .cost: "USD"
        case .requests: "requests"
        }
    }

    /// How an amount of it is typed.
    package var example: String {
        switch self {
        case .tokens: "2M tokens"
        case .cost: "$25 or 25 USD"
        case .requests: "500 requests"
        }
    }
}
