import CoreMetrics
import Metrics
import Testing

@testable import Observability

@Suite struct PrometheusRegistryTests {
    let registry = PrometheusRegistry(limits: MetricLimits(valuesPerLabel: 3, seriesPerMetric: 5))

    private func count(_ name: String, _ labels: [(String, String)] = [], by amount: Int64 = 1) {
        Counter(label: name, dimensions: labels, factory: registry).increment(by: amount)
    }

    @Test func `a page is exactly this text`() {
        registry.describe("http_requests_total", help: "Requests by route.")
        registry.describe("http_seconds", help: "Latency.", buckets: [0.5, 0.1])
        count("http_requests_total", [("route", "/a"), ("method", "GET")], by: 3)
        count("http_requests_total", [("route", "/a"), ("method", "DELETE")])
        Meter(label: "pool.idle", factory: registry).set(2.5)
        let timer = Timer(label: "http_seconds", dimensions: [], factory: registry)
        for milliseconds in [100, 250, 750] { timer.recordMilliseconds(milliseconds) }
        #expect(
            registry.render() == """
                # HELP http_requests_total Requests by route.
                # TYPE http_requests_total counter
                http_requests_total{method="DELETE",route="/a"} 1
                http_requests_total{method="GET",route="/a"} 3
                # HELP http_seconds Latency.
                # TYPE http_seconds histogram
                http_seconds_bucket{le="0.1"} 1
                http_seconds_bucket{le="0.5"} 2
                http_seconds_bucket{le="+Inf"} 3
                http_seconds_sum 1.1
                http_seconds_count 3
                # TYPE pool_idle gauge
                pool_idle 2.5

                """
        )
    }

    @Test func `an empty registry renders nothing`() {
        #expect(registry.render().isEmpty)
    }

    @Test func `hostile values stay inside their quotes and on their line`() {
        registry.describe("m", help: "a\\b\nc\"")
        count("m", [("path", "\"} 1\nfake{x=\"\\\u{1b}[2J\u{9b}")])
        #expect(
            registry.render() == #"# HELP m a\\b\nc""# + "\n# TYPE m counter\n"
                + #"m{path="\"} 1\nfake{x=\"\\"# + "\u{FFFD}[2J\u{FFFD}\"} 1\n"
        )
    }

    @Test func `names are made fit`() {
        count("9http.requests-é", [("a.b", "1"), ("__c", "2"), ("", "3")])
        #expect(
            registry.render() == """
                # TYPE _9http_requests___ counter
                _9http_requests___{_="3",a_b="1",label__c="2"} 1

                """
        )
    }

    @Test func `values of a label beyond the limit count as other`() {
        for tenant in 0..<100 { count("m", [("tenant", "t\(tenant)"), ("kind", "k")]) }
        #expect(
            registry.render() == """
                # TYPE m counter
                m{kind="k",tenant="other"} 97
                m{kind="k",tenant="t0"} 1
                m{kind="k",tenant="t1"} 1
                m{kind="k",tenant="t2"} 1

                """
        )
    }

    @Test func `series beyond the limit share one`() {
        for first in 0..<3 {
            for second in 0..<3 { count("m", [("a", "\(first)"), ("b", "\(second)")]) }
        }
        let lines = registry.render().split(separator: "\n").dropFirst()
        #expect(lines.count == 6)
        #expect(lines.last == #"m{a="other",b="other"} 4"#)
    }

    @Test func `one name has one kind`() {
        count("m")
        Meter(label: "m", factory: registry).set(7)
        #expect(registry.render() == "# TYPE m counter\nm 1\n")
        #expect(registry.conflicts == 1)
    }

    @Test func `two counters of the same labels are one`() {
        count("m", [("a", "1"), ("b", "2")])
        count("m", [("b", "2"), ("a", "1")])
        #expect(registry.render() == "# TYPE m counter\nm{a=\"1\",b=\"2\"} 2\n")
    }

    @Test func `a destroyed counter is gone`() {
        let counter = Counter(label: "m", dimensions: [("a", "1")], factory: registry)
        count("m", [("a", "2")])
        counter.destroy()
        #expect(registry.render() == "# TYPE m counter\nm{a=\"2\"} 1\n")
    }

    @Test func `counters do not fall, and broken numbers are left out`() {
        count("m", by: -5)
        let sums = registry.makeFloatingPointCounter(label: "f", dimensions: [])
        for amount in [1.5, -1, .nan, .infinity, 2] { sums.increment(by: amount) }
        let sizes = registry.makeRecorder(label: "s", dimensions: [], aggregate: true)
        sizes.record(Double.nan)
        let page = registry.render()
        #expect(page.contains("m 0\n") && page.contains("f 3.5\n"))
        #expect(page.contains("s_count 0\n") && page.contains("s_sum 0\n"))
    }

    @Test(arguments: [
        (0, "0"), (-3, "-3"), (1.25, "1.25"), (.infinity, "+Inf"), (-.infinity, "-Inf"),
        (.nan, "NaN"), (1e-7, "1e-07"), (1e21, "1e+21"),
    ])
    func `numbers are written as the format wants them`(value: Double, expected: String) {
        #expect(PrometheusPage.number(value) == expected)
    }

    @Test func `a histogram keeps its own label`() {
        registry.describe("h", help: "H.", buckets: [1])
        Recorder(label: "h", dimensions: [("le", "x")], factory: registry).record(2)
        #expect(registry.render().contains(#"h_bucket{le_="x",le="1"} 0"#))
    }

    @Test func `a hook sets gauges before each page`() {
        let gauge = Gauge(label: "g", dimensions: [], factory: registry)
        registry.beforeRender { gauge.record(4) }
        #expect(registry.render() == "# TYPE g gauge\ng 4\n")
    }

    @Test func `nothing is lost when many tasks count at once`() async {
        registry.describe("h", help: "H.", buckets: [5])
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<1_000 {
                        count("m", [("a", "1")])
                        Meter(label: "g", factory: registry).increment(by: 0.5)
                        Recorder(label: "h", factory: registry).record(1)
                    }
                }
            }
        }
        let page = registry.render()
        #expect(page.contains("m{a=\"1\"} 8000\n"))
        #expect(page.contains("g 4000\n"))
        #expect(page.contains("h_bucket{le=\"5\"} 8000\n") && page.contains("h_sum 8000\n"))
    }
}
