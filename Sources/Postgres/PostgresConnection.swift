public import Logging

// DESIGN
//
// 1. All calls of libpq for a connection run on its own thread (`ConnectionThread`).
// 2. Statements are synchronous in the actor's isolation: a body that runs there pays for one
//    hop, and nothing can come between BEGIN and COMMIT.

/// A connection to PostgreSQL.
public actor PostgresConnection {
    let thread: ConnectionThread
    nonisolated let cancellation: Cancellation
    private let logger: Logger?
    private var wire: Wire?
    private var isInTransaction = false
    var lastUse = ContinuousClock.now

    /// The connection's own thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        thread.asUnownedSerialExecutor()
    }

    private init(logger: Logger?) throws(PostgresError) {
        cancellation = try Cancellation()
        thread = try ConnectionThread()
        self.logger = logger
    }

    deinit {
        thread.stop()
    }

    /// Makes a connection.
    ///
    /// - Parameters:
    ///   - settings: where and how.
    ///   - logger: gets the server's notices, at level debug.
    /// - Returns: the open connection.
    /// - Throws: `PostgresError` of kind `.connectionFailed` or `.cancelled`.
    public static func connect(
        _ settings: ConnectionSettings,
        logger: Logger? = nil
    ) async throws(PostgresError) -> PostgresConnection {
        try await connect(settings, logger: logger, deadline: nil)
    }

    static func connect(
        _ settings: ConnectionSettings,
        logger: Logger?,
        deadline: ContinuousClock.Instant?
    ) async throws(PostgresError) -> PostgresConnection {
        let connection = try PostgresConnection(logger: logger)
        let result: Result<Void, PostgresError> = await withTaskCancellationHandler {
            await connection.open(settings, deadline: deadline)
        } onCancel: {
            connection.cancellation.request()
        }
        try result.get()
        return connection
    }

    /// Runs one statement in its own transaction.
    public func query(_ statement: SQL) throws(PostgresError) -> Rows {
        try batch([statement])[0]
    }

    /// Runs statements in one round trip and one implicit transaction: all of them or none.
    ///
    /// - Returns: the rows of each statement.
    public func batch(_ statements: [SQL]) throws(PostgresError) -> [Rows] {
        guard !statements.isEmpty else { return [] }
        return try resting().exchangeRepeatable(statements, commits: true)
    }

    /// Runs a text of many statements without parameters, as migrations need it.
    public func execute(script: String) throws(PostgresError) {
        try resting().execute(script: script)
    }

    /// Runs a body in a transaction: COMMIT when it returns, ROLLBACK when it throws.
    ///
    /// - Parameters:
    ///   - mode: whether changes are allowed.
    ///   - preamble: statements that travel with BEGIN and the body's first statement.
    ///   - body: may send statements through its argument only, and cannot wait.
    /// - Returns: what the body returns.
    /// - Throws: what the body throws, or `PostgresError`.
    public func transaction<Value: Sendable>(
        _ mode: TransactionMode = .readWrite,
        preamble: [SQL] = [],
        _ body: (Transaction) throws -> Value
    ) throws -> Value {
        let transaction = Transaction(try resting(), mode: mode, preamble: preamble)
        isInTransaction = true
        defer { isInTransaction = false }
        do {
            let value = try body(transaction)
            try transaction.finish()
            return value
        } catch {
            transaction.rollBack()
            throw error
        }
    }

    /// Runs a body whose statements must all have answered within this time.
    ///
    /// - Parameters:
    ///   - limit: from now on; when it passes, the connection is of no more use.
    ///   - body: the statements.
    /// - Returns: what the body returns.
    /// - Throws: what the body throws, or `PostgresError`.
    public func withDeadline<Value: Sendable>(
        _ limit: Duration,
        _ body: () throws -> Value
    ) throws -> Value {
        let wire = try current()
        let outer = wire.deadline
        let inner = ContinuousClock.now + limit
        wire.deadline = outer.map { min($0, inner) } ?? inner
        defer { wire.deadline = outer }
        return try body()
    }

    /// Asks the server to stop the statement it works on for this connection, if any.
    public nonisolated func cancel() {
        cancellation.request(always: true)
    }

    /// Ends the connection; it cannot be used afterwards.
    public func close() {
        wire = nil
    }

    /// Whether the connection can be used, as far as is known without asking the server.
    public var isOpen: Bool {
        wire.map { !$0.isBroken } ?? false
    }

    /// The wire outside a transaction's body, whose statements go through the transaction.
    func resting() throws(PostgresError) -> Wire {
        guard !isInTransaction else {
            throw PostgresError(
                .protocolViolation("statements in a transaction's body must go through it")
            )
        }
        return try current()
    }

    func current() throws(PostgresError) -> Wire {
        guard let wire else { throw PostgresError(.connectionLost(outcomeUnknown: false)) }
        return wire
    }

    private func open(
        _ settings: ConnectionSettings,
        deadline: ContinuousClock.Instant?
    ) -> Result<Void, PostgresError> {
        cancellation.arm(isServerBusy: false)
        defer { _ = cancellation.disarm() }
        guard !Task.isCancelled else { return .failure(PostgresError(.cancelled)) }
        return Result { () throws(PostgresError) in
            wire = try Wire.open(
                settings,
                cancellation: cancellation,
                logger: logger,
                deadline: deadline
            )
        }
    }
}
