/// A decimal number as it was typed, exact: no binary fraction stands between the text and the
/// integer that is stored.
package struct DecimalText: Hashable, Sendable {
    private let digits: Int64
    private let places: Int

    /// Reads `25`, `25.5` or `0.15`; nil for everything else, signs and exponents too.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, !whole.isEmpty, parts.count < 2 || !parts[1].isEmpty else {
            return nil
        }
        let fraction = parts.count == 2 ? parts[1] : ""
        let all = [whole, fraction].joined()
        guard all.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            fraction.utf8.count <= 18, let digits = Int64(all)
        else { return nil }
        self.digits = digits
        places = fraction.utf8.count
    }

    init(_ number: Int64) {
        digits = number
        places = 0
    }

    /// The number times ten to the power of `exponent`, when that is a whole number that fits.
    package func scaled(_ exponent: Int) -> Int64? {
        var value = digits
        for _ in 0..<max(0, exponent - places) {
            let (next, overflows) = value.multipliedReportingOverflow(by: 10)
            guard !overflows else { return nil }
            value = next
        }
        for _ in 0..<max(0, places - exponent) {
            guard value.isMultiple(of: 10) else { return nil }
            value /= 10
        }
        return value
    }
}

extension Int64 {
    /// The number divided by ten to the power of `places`, with that many decimals.
    package func decimal(places: Int) -> String {
        let text = String(magnitude)
        let padded = String(repeating: "0", count: Swift.max(0, places + 1 - text.count)) + text
        return "\(self < 0 ? "-" : "")\(padded.dropLast(places)).\(padded.suffix(places))"
    }

    /// The same without the zeros at its end, but for so many decimals.
    package func decimal(places: Int, keeping least: Int) -> String {
        var text = decimal(places: places)
        for _ in 0..<Swift.max(0, places - least) where text.last == "0" { text.removeLast() }
        return text
    }
}

extension StringProtocol {
    /// The text without spaces at its ends.
    var cut: Substring {
        var text = self[...]
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return Substring(text)
    }
}
