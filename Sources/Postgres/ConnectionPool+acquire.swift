import Logging
import Synchronization

extension ConnectionPool {
    /// How often waiters' time-outs are looked at, while there are waiters.
    private static let watchInterval = Duration.milliseconds(25)

    func acquire(until limit: ContinuousClock.Instant) async throws -> Loan {
        try await redeem(try await nextGrant(until: limit), until: limit)
    }

    /// Opens a connection in a slot that is this borrower's.
    func open(
        _ slot: PoolState.Slot,
        until limit: ContinuousClock.Instant
    ) async throws -> Loan {
        do {
            let connection = try await PostgresConnection.connect(
                connectionSettings,
                logger: logger,
                deadline: limit
            )
            contents.withLock {
                $0.state.opened(slot, at: .now)
                $0.connections[slot] = connection
            }
            return Loan(slot: slot, connection: connection)
        } catch {
            warn("connection failed", error) { $0.failures.admit(at: .now) }
            carryOut(slot) { $0.openFailed(slot) }
            throw error
        }
    }

    /// Gives up a dead connection for a fresh one in the same slot.
    func replace(_ loan: Loan, until limit: ContinuousClock.Instant) async throws -> Loan {
        logger.info("a pooled connection had ended and is replaced")
        contents.withLock {
            $0.connections[loan.slot] = nil
            $0.state.reopening(loan.slot)
        }
        return try await open(loan.slot, until: limit)
    }

    /// Takes a connection back.
    func give(back loan: Loan, isReusable: Bool) {
        if !isReusable {
            warn("a pooled connection is discarded", nil) { $0.discards.admit(at: .now) }
        }
        carryOut(loan.slot) { $0.returned(loan.slot, isReusable: isReusable, at: .now) }
    }

    /// Writes a warning now and then, however often there is reason for one.
    private func warn(
        _ line: Logger.Message,
        _ error: (any Error)?,
        _ admit: (inout Contents) -> Int?
    ) {
        guard let held = contents.withLock({ admit(&$0) }) else { return }
        var fields: Logger.Metadata = [:]
        if let error { fields["error"] = "\(error)" }
        if held > 0 { fields["held_back"] = "\(held)" }
        logger.warning(line, metadata: fields)
    }

    private func redeem(
        _ grant: Grant,
        until limit: ContinuousClock.Instant
    ) async throws -> Loan {
        switch grant {
        case .use(let loan): return loan
        case .open(let slot): return try await open(slot, until: limit)
        case .refuse(let error): throw error
        }
    }

    private func nextGrant(until limit: ContinuousClock.Instant) async throws -> Grant {
        let (grant, waiter) = contents.withLock { contents in
            let grant = contents.acquire()
            return (grant, grant == nil ? contents.state.makeWaiter() : nil)
        }
        if let grant { return grant }
        guard let waiter else { throw PostgresError(.poolClosed) }
        let deadline = min(limit, .now + settings.acquireTimeout)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { enqueue(waiter, $0, until: deadline) }
        } onCancel: {
            giveUp(waiter)
        }
    }

    private func enqueue(
        _ waiter: PoolState.Waiter,
        _ continuation: CheckedContinuation<Grant, Never>,
        until deadline: ContinuousClock.Instant
    ) {
        let (grant, startsWatch) = contents.withLock { contents -> (Grant?, Bool) in
            // The task's flag is set before its handler runs: whoever comes second sees the other.
            if Task.isCancelled { return (.refuse(PostgresError(.cancelled)), false) }
            if let grant = contents.acquire() { return (grant, false) }
            contents.state.enqueue(waiter, until: deadline)
            contents.waiting[waiter] = continuation
            defer { contents.isWatched = true }
            return (nil, !contents.isWatched)
        }
        if let grant { continuation.resume(returning: grant) }
        if startsWatch { Task { await watch() } }
    }

    private func giveUp(_ waiter: PoolState.Waiter) {
        let continuation = contents.withLock { contents in
            contents.state.giveUp(waiter) ? contents.waiting.removeValue(forKey: waiter) : nil
        }
        continuation?.resume(returning: .refuse(PostgresError(.cancelled)))
    }

    /// Ends waiters whose time is over; lives as long as there are waiters.
    private func watch() async {
        while true {
            try? await ContinuousClock().sleep(for: Self.watchInterval)
            let (expired, isDone) = contents.withLock { contents in
                let expired = contents.state.expire(at: .now)
                    .compactMap { contents.waiting.removeValue(forKey: $0) }
                contents.isWatched = !contents.waiting.isEmpty
                return (expired, contents.waiting.isEmpty)
            }
            for continuation in expired {
                continuation.resume(returning: .refuse(PostgresError(.poolTimeout)))
            }
            if isDone { return }
        }
    }

    /// Tells the state machine about a slot and does what it says.
    private func carryOut(
        _ slot: PoolState.Slot,
        _ event: @Sendable (inout PoolState) -> PoolState.Release
    ) {
        let (continuation, grant, _) = contents.withLock { $0.carryOut(slot, event) }
        if let continuation, let grant { continuation.resume(returning: grant) }
    }
}

extension ConnectionPool.Contents {
    typealias Answer = (
        CheckedContinuation<ConnectionPool.Grant, Never>?, ConnectionPool.Grant?,
        closed: PostgresConnection?
    )

    fileprivate mutating func acquire() -> ConnectionPool.Grant? {
        switch state.acquire() {
        case .none: nil
        case .open(let slot): .open(slot)
        case .refuse: .refuse(PostgresError(.poolClosed))
        case .use(let slot):
            connections[slot].map {
                .use(ConnectionPool.Loan(slot: slot, connection: $0))
            }
        }
    }

    /// The waiter to answer and, so that it ends outside the lock, the connection given up.
    fileprivate mutating func carryOut(
        _ slot: PoolState.Slot,
        _ event: (inout PoolState) -> PoolState.Release
    ) -> Answer {
        switch event(&state) {
        case .keep:
            return (nil, nil, nil)
        case .close:
            return (nil, nil, connections.removeValue(forKey: slot))
        case .reopen(let slot, let waiter):
            let closed = connections.removeValue(forKey: slot)
            return (waiting.removeValue(forKey: waiter), .open(slot), closed)
        case .hand(let waiter):
            let grant = connections[slot].map {
                ConnectionPool.Grant.use(ConnectionPool.Loan(slot: slot, connection: $0))
            }
            return (waiting.removeValue(forKey: waiter), grant, nil)
        }
    }
}
