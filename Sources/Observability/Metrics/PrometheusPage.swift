/// Writes the Prometheus text exposition format, version 0.0.4.
struct PrometheusPage {
    private(set) var text = ""

    mutating func append(_ family: MetricFamily, named name: String, help: String?) {
        if let help { text += "# HELP \(name) \(Self.escaped(help, quotes: false))\n" }
        text += "# TYPE \(name) \(family.kind.rawValue)\n"
        for (labels, instrument) in family.series.sorted(by: { Self.precedes($0.key, $1.key) }) {
            switch instrument {
            case .counter(let counter): append(name, labels, "\(counter.value)")
            case .floatingCounter(let counter): append(name, labels, Self.number(counter.value))
            case .gauge(let gauge): append(name, labels, Self.number(gauge.value))
            case .histogram(let histogram): append(name, labels, histogram.value)
            }
        }
    }

    private mutating func append(_ name: String, _ labels: MetricLabels, _ value: String) {
        text += name
        if !labels.isEmpty {
            let pairs = labels.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }
            text += "{\(pairs.joined(separator: ","))}"
        }
        text += " \(value)\n"
    }

    private mutating func append(
        _ name: String,
        _ labels: MetricLabels,
        _ histogram: HistogramCounts
    ) {
        var total: UInt64 = 0
        for (index, count) in histogram.counts.enumerated() {
            total += count
            let isLast = index == histogram.bounds.count
            let bound = isLast ? "+Inf" : Self.number(histogram.bounds[index])
            append("\(name)_bucket", labels + [MetricLabel(name: "le", value: bound)], "\(total)")
        }
        append("\(name)_sum", labels, Self.number(histogram.sum))
        append("\(name)_count", labels, "\(total)")
    }

    private static func precedes(_ left: MetricLabels, _ right: MetricLabels) -> Bool {
        left.lexicographicallyPrecedes(right)
    }

    /// As the format writes numbers: `+Inf`, `-Inf`, `NaN`, and whole numbers without a point.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        let text = "\(value)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// Escapes what would end the value; other controls are replaced, for whoever reads the page.
    static func escaped(_ text: String, quotes: Bool) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped.append(contentsOf: #"\\"#.unicodeScalars)
            case "\n": escaped.append(contentsOf: #"\n"#.unicodeScalars)
            case "\"" where quotes: escaped.append(contentsOf: #"\""#.unicodeScalars)
            case _ where scalar.properties.generalCategory == .control: escaped.append("\u{FFFD}")
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}
