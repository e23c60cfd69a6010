import Domain
import Fixtures
import Foundation
import Operations
import Postgres
import Testing

@Suite struct NodeReportTests {
    private func figures(_ host: String, requests: Int64) -> NodeFigures {
        NodeFigures(
            host: host,
            startedAt: Instant(seconds: 1_000),
            measuredAt: Instant(seconds: 1_000),
            requests: requests,
            errors: 1,
            median: .microseconds(1_500),
            slowest: nil,
            pool: PoolFigures(size: 16, inUse: 2, waiting: 0, timeouts: 3)
        )
    }

    @Test func `the overview shows what processes reported last, by the database's clock`()
        async throws
    {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let show = ShowOverview(fixture.environment)
            #expect(try await show(by: root).health?.nodes == [])
            let report = ReportNode(fixture.environment)
            let node = UUID()
            try await report(node, figures("api-1", requests: 10))
            try await report(node, figures("api-1", requests: 30))
            try await report(UUID(), figures("api-2", requests: 5))
            let health = try #require(try await show(by: root).health)
            #expect(health.nodes.map(\.host) == ["api-1", "api-2"])
            #expect(health.requests == 35)
            #expect(health.median == .microseconds(1_500))
            #expect(health.slowest == nil)
            #expect(health.pool.timeouts == 6)
            try await report.forget(node)
            #expect(try await show(by: root).health?.requests == 5)
        }
    }

    @Test func `a silent process is missed, and forgotten after ten minutes`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let report = ReportNode(fixture.environment)
            try await report(UUID(), figures("api-1", requests: 10))
            _ = try await fixture.migrated.admin(
                "UPDATE node_figures SET measured_at = now() - interval '5 minutes'"
            )
            let health = try #require(
                try await ShowOverview(fixture.environment)(by: root).health
            )
            #expect(health.alerts == ["The process on api-1 has not reported for 5 min."])
            #expect(health.requests == 0)
            _ = try await fixture.migrated.admin(
                "UPDATE node_figures SET measured_at = now() - interval '11 minutes'"
            )
            #expect(try await ShowOverview(fixture.environment)(by: root).health?.nodes == [])
            try await report(UUID(), figures("api-2", requests: 10))
            let rows = try await fixture.migrated.admin("SELECT host FROM node_figures")
            #expect(try rows.map { try $0.decode("host", as: String.self) } == ["api-2"])
        }
    }
}
