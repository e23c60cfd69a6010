import Metrics
import Observability
import Postgres
import ServiceLifecycle
import Storage

/// Shows what the connection pools do, as metrics.
struct PoolGauges: Service {
    private let pools: [(name: String, pool: ConnectionPool)]
    private let registry: PrometheusRegistry

    private static let pause = Duration.seconds(5)

    init(database: Database, registry: PrometheusRegistry) {
        pools = [("writer", database.writer), ("reader", database.reader)]
        self.registry = registry
        registry.describe("database_pool_connections", help: "Connections, by pool and state.")
        registry.describe("database_pool_waiting", help: "Borrowers that wait, by pool.")
        registry.describe("database_pool_events", help: "Happenings since the start, by pool.")
    }

    /// Refreshes the gauges until the process shuts down.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            repeat {
                for (name, pool) in pools { show(await pool.metrics(), of: name) }
            } while (try? await Task.sleep(for: Self.pause)) != nil
        }
    }

    private func show(_ metrics: PoolMetrics, of pool: String) {
        let connections = "database_pool_connections"
        set(connections, pool, ("state", "idle"), metrics.idle)
        set(connections, pool, ("state", "in_use"), metrics.inUse)
        set(connections, pool, ("state", "opening"), metrics.opening)
        set("database_pool_waiting", pool, nil, metrics.waiting)
        let events = "database_pool_events"
        set(events, pool, ("event", "acquired"), metrics.acquired)
        set(events, pool, ("event", "timeout"), metrics.timeouts)
        set(events, pool, ("event", "failure"), metrics.failures)
        set(events, pool, ("event", "discarded"), metrics.discarded)
    }

    private func set(_ name: String, _ pool: String, _ label: (String, String)?, _ value: Int) {
        let dimensions = [("pool", pool)] + (label.map { [$0] } ?? [])
        Meter(label: name, dimensions: dimensions, factory: registry).set(Int64(value))
    }
}
