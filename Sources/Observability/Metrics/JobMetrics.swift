internal import CoreMetrics

/// Counts what a worker does: how many of each kind of job, with which end, how many wait.
public final class JobMetrics: Sendable {
    private let factory: any MetricsFactory

    /// Describes the metrics in a registry.
    ///
    /// - Parameter registry: Where they are kept and shown.
    public init(registry: PrometheusRegistry) {
        registry.describe("jobs_total", help: "Jobs that were in hand, by kind and outcome.")
        registry.describe("jobs_waiting", help: "Jobs that wait, by kind.")
        registry.describe("job_turn_seconds", help: "Time that a turn of one kind of job took.")
        factory = registry
    }

    /// Counts jobs that came to an end, or were put off.
    ///
    /// - Parameters:
    ///   - job: The kind, from a closed list.
    ///   - outcome: What became of them, from a closed list.
    ///   - amount: How many.
    public func count(_ job: String, outcome: String, by amount: Int) {
        factory.makeCounter(
            label: "jobs_total",
            dimensions: [("job", job), ("outcome", outcome)]
        ).increment(by: Int64(amount))
    }

    /// Shows how many jobs wait.
    ///
    /// - Parameters:
    ///   - job: The kind, from a closed list.
    ///   - amount: How many.
    public func waiting(_ job: String, _ amount: Int) {
        factory.makeMeter(label: "jobs_waiting", dimensions: [("job", job)]).set(Int64(amount))
    }

    /// Counts one turn.
    ///
    /// - Parameters:
    ///   - job: The kind, from a closed list.
    ///   - duration: How long it took.
    public func turn(_ job: String, took duration: Duration) {
        factory.makeTimer(label: "job_turn_seconds", dimensions: [("job", job)])
            .recordNanoseconds(Int64(duration / .nanoseconds(1)))
    }
}
