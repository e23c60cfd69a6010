/// What one serving process measured in its last minute.
package struct NodeFigures: Hashable, Sendable {
    package var host: String
    package var startedAt: Instant
    package var measuredAt: Instant
    package var requests: Int64
    /// Requests that ended in a fault of ours (5xx).
    package var errors: Int64
    /// How long half, and ninety-nine of a hundred, of the requests took at most.
    package var median: Duration?
    package var slowest: Duration?
    package var pool: PoolFigures

    package init(
        host: String,
        startedAt: Instant,
        measuredAt: Instant,
        requests: Int64,
        errors: Int64,
        median: Duration?,
        slowest: Duration?,
        pool: PoolFigures
    ) {
        self.host = host
        self.startedAt = startedAt
        self.measuredAt = measuredAt
        self.requests = requests
        self.errors = errors
        self.median = median
        self.slowest = slowest
        self.pool = pool
    }
}

/// Connections to the database.
package struct PoolFigures: Hashable, Sendable {
    package var size: Int64
    package var inUse: Int64
    /// Who waits for a connection.
    package var waiting: Int64
    /// Who waited in vain since the process started.
    package var timeouts: Int64

    package init(size: Int64, inUse: Int64, waiting: Int64, timeouts: Int64) {
        self.size = size
        self.inUse = inUse
        self.waiting = waiting
        self.timeouts = timeouts
    }
}

/// All serving processes together, at a moment of the database's clock.
package struct PlatformHealth: Hashable, Sendable {
    package var nodes: [NodeFigures]
    package var at: Instant

    /// A process that has not reported for longer is missed.
    package static let patience = Duration.seconds(60)

    package init(nodes: [NodeFigures], at: Instant) {
        self.nodes = nodes
        self.at = at
    }

    /// Those that reported lately: what is summed up.
    package var present: [NodeFigures] {
        nodes.filter { $0.measuredAt.duration(to: at) <= Self.patience }
    }

    package var requests: Int64 { present.reduce(0) { $0 + $1.requests } }
    package var errors: Int64 { present.reduce(0) { $0 + $1.errors } }
    /// The slowest process speaks for all: percentiles cannot be summed.
    package var median: Duration? { present.compactMap(\.median).max() }
    package var slowest: Duration? { present.compactMap(\.slowest).max() }
    package var measuredAt: Instant? { present.map(\.measuredAt).min() }

    package var pool: PoolFigures {
        present.map(\.pool).reduce(PoolFigures(size: 0, inUse: 0, waiting: 0, timeouts: 0)) {
            PoolFigures(
                size: $0.size + $1.size,
                inUse: $0.inUse + $1.inUse,
                waiting: $0.waiting + $1.waiting,
                timeouts: $0.timeouts + $1.timeouts
            )
        }
    }
}

extension PlatformHealth {
    /// From so many requests on, their share and their pace mean something.
    private static let least: Int64 = 20

    /// What somebody should look at, one sentence each, the gravest first.
    package var alerts: [String] { warnings.map(\.sentence) }

    /// The same with how bad each is.
    var warnings: [PlatformAlert] {
        silent + failing + slow + waiting
    }

    private var silent: [PlatformAlert] {
        nodes.filter { $0.measuredAt.duration(to: at) > Self.patience }.map { node in
            let minutes = node.measuredAt.duration(to: at).components.seconds / 60
            return PlatformAlert(
                .init(.silent, "\(node.host) \(node.startedAt.rfc3339)"),
                level: 0,
                "The process on \(node.host) has not reported for \(minutes) min."
            )
        }
    }

    private var failing: [PlatformAlert] {
        guard requests >= Self.least, errors * 100 >= requests else { return [] }
        return [
            PlatformAlert(
                .init(.failing),
                level: errors * 100 / requests,
                "\(errors) of \(requests) requests failed in the last minute."
            )
        ]
    }

    private var slow: [PlatformAlert] {
        guard requests >= Self.least, let slowest, slowest > .seconds(1) else { return [] }
        let tenths =
            slowest.components.seconds * 10
            + slowest.components.attoseconds / 100_000_000_000_000_000
        return [
            PlatformAlert(
                .init(.slow),
                level: slowest.components.seconds,
                "One request in a hundred takes \(tenths / 10).\(tenths % 10) s or longer."
            )
        ]
    }

    private var waiting: [PlatformAlert] {
        let pool = pool
        guard pool.waiting > 0 else { return [] }
        return [
            PlatformAlert(
                .init(.waiting),
                level: pool.waiting,
                "\(pool.waiting) wait for one of the \(pool.size) database connections."
            )
        ]
    }
}
