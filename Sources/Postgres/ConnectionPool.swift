public import Logging
import Synchronization

// DESIGN
//
// Performs what `PoolState` decides. Borrowing an idle connection takes a lock and no hop; the
// body then runs on the connection's thread, one hop away, and the way back is the second.

/// A bounded set of connections, lent in the order borrowers come.
public final class ConnectionPool: Sendable {
    /// Bounds and times of a pool.
    public struct Settings: Sendable {
        /// How many connections `warmUp()` opens.
        public var minimum: Int
        /// How many connections there are at most.
        public var maximum: Int
        /// How long a borrower waits for a connection.
        public var acquireTimeout: Duration
        /// How long a borrower's body may take, waiting included, unless it says otherwise.
        public var deadline: Duration
        /// Older connections are replaced when they come back; nil keeps them.
        public var maximumLifetime: Duration?
        /// How many connections serve short reads together at most.
        public var readLanes: Int
        /// Whether short reads that come at once travel together: many cost less so, but one that
        /// shares its way is not stopped at the server when its reader goes.
        public var sharesReads: Bool
        /// A connection idle for longer has to answer before it is lent.
        public var healthCheckAfterIdle: Duration

        /// The defaults suit a server that answers requests.
        public init(
            minimum: Int = 0,
            maximum: Int = 8,
            acquireTimeout: Duration = .seconds(3),
            deadline: Duration = .seconds(5),
            maximumLifetime: Duration? = .seconds(3600),
            readLanes: Int = 2,
            sharesReads: Bool = true,
            healthCheckAfterIdle: Duration = .seconds(30)
        ) {
            self.minimum = minimum
            self.maximum = max(1, maximum)
            self.acquireTimeout = acquireTimeout
            self.deadline = deadline
            self.maximumLifetime = maximumLifetime
            self.readLanes = readLanes
            self.sharesReads = sharesReads
            self.healthCheckAfterIdle = healthCheckAfterIdle
        }
    }

    /// An answer to a waiter.
    enum Grant: Sendable {
        case use(Loan)
        case open(PoolState.Slot)
        case refuse(PostgresError)
    }

    /// A connection in a borrower's hands.
    struct Loan: Sendable {
        let slot: PoolState.Slot
        let connection: PostgresConnection
    }

    struct Contents {
        var state: PoolState
        var connections: [PoolState.Slot: PostgresConnection] = [:]
        var waiting: [PoolState.Waiter: CheckedContinuation<Grant, Never>] = [:]
        /// Whether a task looks after the waiters' time-outs.
        var isWatched = false
        var failures = RareLog()
        var discards = RareLog()
    }

    /// Where the connections go.
    public let connectionSettings: ConnectionSettings
    let settings: Settings
    let logger: Logger
    let contents: Mutex<Contents>
    let reads: ReadQueue

    /// A pool that opens connections when they are needed.
    ///
    /// - Parameters:
    ///   - settings: where and how to connect.
    ///   - pool: bounds and times.
    ///   - logger: gets discarded connections at level warning.
    public init(
        _ settings: ConnectionSettings,
        pool: Settings = Settings(),
        logger: Logger
    ) {
        connectionSettings = settings
        self.settings = pool
        self.logger = logger
        reads = ReadQueue(
            runners: max(1, min(pool.readLanes, pool.maximum)),
            together: pool.sharesReads ? ReadQueue.most : 1
        )
        contents = Mutex(
            Contents(
                state: PoolState(
                    maximum: pool.maximum,
                    maximumLifetime: pool.maximumLifetime
                )
            )
        )
    }

    /// Runs a body on a connection of its own.
    ///
    /// A cancelled task cancels the statement in hand. A connection that is of no more use is
    /// replaced; the body runs again only when nothing of it was sent.
    ///
    /// - Parameters:
    ///   - deadline: how long it may take, waiting included; nil is the pool's.
    ///   - body: sends statements; runs on the connection's thread and cannot wait.
    /// - Returns: what the body returns.
    /// - Throws: what the body throws, or `PostgresError`.
    public func withConnection<Value: Sendable>(
        deadline: Duration? = nil,
        _ body: @Sendable (isolated PostgresConnection) throws -> Value
    ) async throws -> Value {
        let limit = ContinuousClock.now + (deadline ?? settings.deadline)
        var loan = try await acquire(until: limit)
        while true {
            let result = await serve(loan, until: limit, body)
            switch result.outcome {
            case .value(let value):
                give(back: loan, isReusable: result.isReusable)
                return value
            case .failure(let error):
                give(back: loan, isReusable: result.isReusable)
                throw error
            case .stale:
                loan = try await replace(loan, until: limit)
            }
        }
    }

    /// The counts of this moment.
    public func metrics() async -> PoolMetrics {
        var metrics = contents.withLock { $0.state.metrics }
        metrics.waiting += reads.waiting
        return metrics
    }

    /// Opens connections up to the minimum, so that the first borrowers need not.
    public func warmUp() async throws {
        var loans: [Loan] = []
        defer { for loan in loans { give(back: loan, isReusable: true) } }
        while contents.withLock({ $0.state.metrics.open }) < settings.minimum,
            let slot = contents.withLock({ $0.state.reserve(at: .now) })
        {
            loans.append(try await open(slot, until: .now + connectionSettings.connectTimeout))
        }
    }

    /// Refuses borrowers from now on and closes connections as they come back.
    public func close() async {
        let (connections, continuations) = contents.withLock { contents in
            let (slots, waiters) = contents.state.close()
            return (
                slots.compactMap { contents.connections.removeValue(forKey: $0) },
                waiters.compactMap { contents.waiting.removeValue(forKey: $0) }
            )
        }
        for continuation in continuations {
            continuation.resume(returning: .refuse(PostgresError(.poolClosed)))
        }
        for connection in connections { await connection.close() }
    }

    private func serve<Value: Sendable>(
        _ loan: Loan,
        until limit: ContinuousClock.Instant,
        _ body: @Sendable (isolated PostgresConnection) throws -> Value
    ) async -> LeaseResult<Value> {
        await withTaskCancellationHandler {
            await loan.connection.serve(
                until: limit,
                healthCheckAfterIdle: settings.healthCheckAfterIdle,
                body
            )
        } onCancel: {
            loan.connection.cancellation.request()
        }
    }
}
