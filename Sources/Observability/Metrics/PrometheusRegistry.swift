public import CoreMetrics
internal import Synchronization

// DESIGN
// 1. One lock guards the table of metrics; counting itself takes no lock of the registry.
// 2. A name has one kind: who asks for it as another kind gets an instrument that counts but is
//    not shown, and `conflicts` says so. Prometheus would refuse the whole page otherwise.
// 3. Memory is bounded by the limits, not by the good sense of whoever sets label values.

/// Keeps metrics and renders them as the Prometheus text format 0.0.4.
///
/// Bootstrap swift-metrics with it: counters, meters and gauges map to their namesakes, timers
/// to histograms in seconds, aggregating recorders to histograms.
public final class PrometheusRegistry: MetricsFactory {
    /// The content type of ``render()``.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// Upper bounds in seconds that suit the latency of requests.
    public static let latencyBuckets: [Double] = [
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]

    private struct State {
        var families: [String: MetricFamily] = [:]
        var help: [String: String] = [:]
        var buckets: [String: [Double]] = [:]
        var hooks: [@Sendable () -> Void] = []
        var conflicts = 0
    }

    private let limits: MetricLimits
    private let state = Mutex(State())

    /// Makes an empty registry.
    public init(limits: MetricLimits = MetricLimits()) {
        self.limits = limits
    }

    /// How often a name was asked for as another kind than it has.
    public var conflicts: Int { state.withLock { $0.conflicts } }

    /// Says what a metric means, and how its histogram is divided.
    ///
    /// - Parameters:
    ///   - name: The metric's name, as the code uses it.
    ///   - help: One sentence.
    ///   - buckets: Upper bounds; for histograms that are made after this call.
    public func describe(_ name: String, help: String, buckets: [Double]? = nil) {
        let name = MetricName.metric(name)
        state.withLock { state in
            state.help[name] = help
            guard let buckets else { return }
            state.buckets[name] = Set(buckets.filter(\.isFinite)).sorted()
        }
    }

    /// Calls `hook` before each rendering, so that it can set gauges to the state of the moment.
    public func beforeRender(_ hook: @escaping @Sendable () -> Void) {
        state.withLock { $0.hooks.append(hook) }
    }

    /// The metrics in the text format, in the order of their names and labels.
    public func render() -> String {
        for hook in state.withLock({ $0.hooks }) { hook() }
        let (families, help) = state.withLock { ($0.families, $0.help) }
        var page = PrometheusPage()
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            page.append(family, named: name, help: help[name])
        }
        return page.text
    }

    /// The instrument of these labels, made when it is new.
    func instrument(
        _ label: String,
        _ dimensions: [(String, String)],
        _ kind: MetricKind,
        _ make: (_ buckets: [Double]) -> MetricInstrument
    ) -> MetricInstrument {
        let name = MetricName.metric(label)
        let labels = Self.labels(dimensions, isHistogram: kind == .histogram)
        return state.withLock { state in
            let buckets = state.buckets[name] ?? Self.latencyBuckets
            guard state.families[name, default: MetricFamily(kind: kind)].kind == kind else {
                state.conflicts += 1
                return make(buckets)
            }
            return state.families[name, default: MetricFamily(kind: kind)]
                .instrument(for: labels, limits: limits) { make(buckets) }
        }
    }

    /// Sorted, with clean names; of two labels of one name the later one counts.
    private static func labels(
        _ dimensions: [(String, String)],
        isHistogram: Bool
    ) -> MetricLabels {
        var values: [String: String] = [:]
        for (name, value) in dimensions {
            let name = MetricName.label(name)
            // Histograms use this name themselves.
            values[isHistogram && name == "le" ? "le_" : name] = value
        }
        return values.map { MetricLabel(name: $0.key, value: $0.value) }.sorted()
    }

    /// Forgets the series behind a handler.
    func remove(_ handler: AnyObject) {
        state.withLock { state in
            for name in state.families.keys {
                state.families[name]?.remove { $0.handler === handler }
                if state.families[name]?.series.isEmpty == true { state.families[name] = nil }
            }
        }
    }
}
