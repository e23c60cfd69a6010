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
            failedToOpen(slot, error)
            throw error
        }
    }

    /// A borrower that was cancelled says nothing of the server; everything else makes openings
    /// rest for a moment.
    private func failedToOpen(_ slot: PoolState.Slot, _ error: any Error) {
        let failure = error as? PostgresError
        if failure?.kind == .cancelled {
            carryOut(slot) { $0.openAbandoned(slot, at: .now) }
        } else {
            warn("connection failed", error) { $0.failures.admit(at: .now) }
            let reason = failure ?? PostgresError(.connectionFailed("the pool could not connect"))
            carryOut(slot, reason: reason) {
                $0.openFailed(slot, at: .now, chance: .random(in: 0...1))
            }
        }
    }

    /// Gives up a dead connection for a fresh one, in the same slot when it may be opened now.
    func replace(_ loan: Loan, until limit: ContinuousClock.Instant) async throws -> Loan {
        logger.info("a pooled connection had ended and is replaced")
        let mayOpen = contents.withLock { contents in
            contents.connections[loan.slot] = nil
            return contents.state.reopening(loan.slot, at: .now)
        }
        guard mayOpen else { return try await acquire(until: limit) }
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
            let (resumed, expired, isDone) = contents.withLock { contents in
                let resumed = contents.resume(at: .now)
                let expired = contents.state.expire(at: .now)
                    .compactMap { contents.waiting.removeValue(forKey: $0) }
                contents.isWatched = !contents.waiting.isEmpty
                return (resumed, expired, contents.waiting.isEmpty)
            }
            for (continuation, slot) in resumed { continuation.resume(returning: .open(slot)) }
            for continuation in expired {
                continuation.resume(returning: .refuse(PostgresError(.poolTimeout)))
            }
            if isDone { return }
        }
    }

    /// Tells the state machine about a slot and does what it says.
    private func carryOut(
        _ slot: PoolState.Slot,
        reason: PostgresError = PostgresError(.poolTimeout),
        _ event: @Sendable (inout PoolState) -> PoolState.Release
    ) {
        let outcome = contents.withLock { $0.carryOut(slot, reason, event) }
        for (continuation, grant) in outcome.answers { continuation.resume(returning: grant) }
    }
}

extension ConnectionPool.Contents {
    /// The waiters to answer and, so that it ends outside the lock, the connection given up.
    fileprivate struct Outcome {
        var answers: [(CheckedContinuation<ConnectionPool.Grant, Never>, ConnectionPool.Grant)] = []
        var closed: PostgresConnection?
    }

    fileprivate mutating func acquire() -> ConnectionPool.Grant? {
        switch state.acquire(at: .now) {
        case .none: nil
        case .open(let slot): .open(slot)
        case .refuse: .refuse(PostgresError(.poolClosed))
        case .use(let slot):
            connections[slot].map {
                .use(ConnectionPool.Loan(slot: slot, connection: $0))
            }
        }
    }

    /// The waiters that may open a connection now.
    fileprivate mutating func resume(
        at now: ContinuousClock.Instant
    ) -> [(CheckedContinuation<ConnectionPool.Grant, Never>, PoolState.Slot)] {
        var resumed: [(CheckedContinuation<ConnectionPool.Grant, Never>, PoolState.Slot)] = []
        while let opening = state.resume(at: now) {
            if let continuation = waiting.removeValue(forKey: opening.waiter) {
                resumed.append((continuation, opening.slot))
            }
        }
        return resumed
    }

    fileprivate mutating func carryOut(
        _ slot: PoolState.Slot,
        _ reason: PostgresError,
        _ event: (inout PoolState) -> PoolState.Release
    ) -> Outcome {
        var outcome = Outcome()
        switch event(&state) {
        case .keep: break
        case .close: outcome.closed = connections.removeValue(forKey: slot)
        case .reopen(let slot, let waiter):
            outcome.closed = connections.removeValue(forKey: slot)
            answer(waiter, .open(slot), &outcome)
        case .fail(let waiters):
            outcome.closed = connections.removeValue(forKey: slot)
            for waiter in waiters { answer(waiter, .refuse(reason), &outcome) }
        case .hand(let waiter):
            guard let connection = connections[slot] else { break }
            answer(waiter, .use(.init(slot: slot, connection: connection)), &outcome)
        }
        return outcome
    }

    private mutating func answer(
        _ waiter: PoolState.Waiter,
        _ grant: ConnectionPool.Grant,
        _ outcome: inout Outcome
    ) {
        guard let continuation = waiting.removeValue(forKey: waiter) else { return }
        outcome.answers.append((continuation, grant))
    }
}
