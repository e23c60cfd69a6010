internal import CoreMetrics
internal import Synchronization

/// Counts the requests of a server: how many, how long, how many at this moment.
public final class RequestMetrics: Sendable {
    private struct Series: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    private struct Instruments {
        let count: any CounterHandler
        let duration: any TimerHandler
    }

    private let factory: any MetricsFactory
    private let recent: RecentRequests?
    private let inFlight: any MeterHandler
    private let known = Mutex<[Series: Instruments]>([:])

    /// Makes the instruments in a registry and describes them there.
    ///
    /// - Parameters:
    ///   - registry: Where they are kept and shown.
    ///   - recent: Counts the last minute as well.
    public init(registry: PrometheusRegistry, recent: RecentRequests? = nil) {
        self.recent = recent
        registry.describe("http_requests_total", help: "Requests answered.")
        registry.describe("http_request_duration_seconds", help: "Time from request to answer.")
        registry.describe("http_requests_in_flight", help: "Requests being answered now.")
        factory = registry
        inFlight = registry.makeMeter(label: "http_requests_in_flight", dimensions: [])
        inFlight.set(Int64(0))
    }

    /// A request has come.
    public func begin() {
        inFlight.increment(by: 1)
    }

    /// A request is done with, answered or not.
    public func end() {
        inFlight.decrement(by: 1)
    }

    /// Counts an answer.
    ///
    /// - Parameters:
    ///   - method: The method, from a closed list.
    ///   - route: The route's template, not the path.
    ///   - status: The three digits of the answer.
    ///   - duration: How long it took.
    public func count(method: String, route: String, status: Int, duration: Duration) {
        let series = Series(method: method, route: route, status: status)
        let instruments = known.withLock { known in
            if let found = known[series] { return found }
            let made = make(series)
            known[series] = made
            return made
        }
        recent?.record(status: status, duration: duration)
        instruments.count.increment(by: 1)
        instruments.duration.recordNanoseconds(Int64(duration / .nanoseconds(1)))
    }

    /// The histogram knows only the class of the status: buckets times statuses would be many.
    private func make(_ series: Series) -> Instruments {
        let common = [("method", series.method), ("route", series.route)]
        return Instruments(
            count: factory.makeCounter(
                label: "http_requests_total",
                dimensions: common + [("status", "\(series.status)")]
            ),
            duration: factory.makeTimer(
                label: "http_request_duration_seconds",
                dimensions: common + [("status", "\(series.status / 100)xx")]
            )
        )
    }
}
