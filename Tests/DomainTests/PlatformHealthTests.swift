import Domain
import Testing

struct PlatformHealthTests {
    private let now = Instant(seconds: 1_000_000)

    private func node(
        _ host: String = "api-1",
        age: Int = 5,
        requests: Int64 = 100,
        errors: Int64 = 0,
        slowest: Duration = .milliseconds(40),
        waiting: Int64 = 0
    ) -> NodeFigures {
        NodeFigures(
            host: host,
            startedAt: now,
            measuredAt: now.advanced(by: .seconds(-age)),
            requests: requests,
            errors: errors,
            median: .milliseconds(2),
            slowest: slowest,
            pool: PoolFigures(size: 16, inUse: 3, waiting: waiting, timeouts: 1)
        )
    }

    private func alerts(_ nodes: NodeFigures...) -> [String] {
        PlatformHealth(nodes: nodes, at: now).alerts
    }

    @Test func `a healthy platform has no alert`() {
        #expect(alerts(node(), node("api-2")) == [])
        #expect(alerts() == [])
    }

    @Test func `figures of all processes are summed, the slowest speaks for all`() {
        let nodes = [node(), node("api-2", slowest: .milliseconds(90)), node("gone", age: 61)]
        let health = PlatformHealth(nodes: nodes, at: now)
        #expect(health.requests == 200)
        #expect(health.slowest == .milliseconds(90))
        #expect(health.pool == PoolFigures(size: 32, inUse: 6, waiting: 0, timeouts: 2))
        #expect(health.measuredAt == now.advanced(by: .seconds(-5)))
    }

    @Test func `what is wrong is said in a sentence each`() {
        #expect(
            alerts(
                node(errors: 2, slowest: .milliseconds(1_340), waiting: 4),
                node("api-2", age: 190)
            ) == [
                "The process on api-2 has not reported for 3 min.",
                "2 of 100 requests failed in the last minute.",
                "One request in a hundred takes 1.3 s or longer.",
                "4 wait for one of the 16 database connections.",
            ]
        )
    }

    @Test func `a few requests say nothing of a share or a pace`() {
        #expect(alerts(node(requests: 19, errors: 19, slowest: .seconds(9))) == [])
    }

    @Test func `one failure among many is no alert`() {
        #expect(alerts(node(requests: 1_000, errors: 9)) == [])
        #expect(alerts(node(requests: 1_000, errors: 10)).count == 1)
    }
}
