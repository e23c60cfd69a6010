/// The labels of one series, by name.
typealias MetricLabels = [MetricLabel]

/// One label of a series.
struct MetricLabel: Hashable, Comparable {
    let name: String
    let value: String

    static func < (left: MetricLabel, right: MetricLabel) -> Bool {
        (left.name, left.value) < (right.name, right.value)
    }
}

/// What a metric is to Prometheus.
enum MetricKind: String {
    case counter
    case gauge
    case histogram
}

/// The instrument behind one series.
enum MetricInstrument {
    case counter(PrometheusCounter)
    case floatingCounter(PrometheusFloatingCounter)
    case gauge(PrometheusGauge)
    case histogram(PrometheusHistogram)

    var kind: MetricKind {
        switch self {
        case .counter, .floatingCounter: .counter
        case .gauge: .gauge
        case .histogram: .histogram
        }
    }
}

/// All series of one name.
struct MetricFamily {
    /// What a series shows as a label value when there are too many.
    static let other = "other"

    let kind: MetricKind
    private(set) var series: [MetricLabels: MetricInstrument] = [:]
    private var values: [String: Set<String>] = [:]

    init(kind: MetricKind) {
        self.kind = kind
    }

    /// The instrument for these labels, made by `make` when it is new.
    ///
    /// - Parameters:
    ///   - labels: The labels as the code gave them.
    ///   - limits: How many values and series there may be.
    ///   - make: Makes an instrument of this family's kind.
    /// - Returns: An instrument; beyond the limits, the one that all others share.
    mutating func instrument(
        for labels: MetricLabels,
        limits: MetricLimits,
        _ make: () -> MetricInstrument
    ) -> MetricInstrument {
        var labels = labels.map { bounded($0, limits) }
        if series[labels] == nil, series.count >= limits.seriesPerMetric {
            labels = labels.map { MetricLabel(name: $0.name, value: Self.other) }
        }
        if let known = series[labels] { return known }
        let instrument = make()
        series[labels] = instrument
        return instrument
    }

    mutating func remove(_ isRemoved: (MetricInstrument) -> Bool) {
        series = series.filter { !isRemoved($0.value) }
    }

    private mutating func bounded(_ label: MetricLabel, _ limits: MetricLimits) -> MetricLabel {
        if values[label.name]?.contains(label.value) == true { return label }
        guard values[label.name, default: []].count < limits.valuesPerLabel else {
            return MetricLabel(name: label.name, value: Self.other)
        }
        values[label.name, default: []].insert(label.value)
        return label
    }
}

extension MetricInstrument {
    /// The object that code holds.
    var handler: AnyObject {
        switch self {
        case .counter(let counter): counter
        case .floatingCounter(let counter): counter
        case .gauge(let gauge): gauge
        case .histogram(let histogram): histogram
        }
    }
}
