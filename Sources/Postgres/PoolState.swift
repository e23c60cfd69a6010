// DESIGN
//
//              acquire                 opened
//   (none) ──────────────▶ opening ──────────────▶ inUse ──returned──▶ idle ──acquire──▶ inUse
//      ▲                      │ failed                │ returned broken or too old      │ close
//      └──────────────────────┴───────────────────────┴─────────────────────────────────┘
//
// A pure state machine: events in, actions out; the pool performs them. Invariants:
// 1. opening + inUse + idle ≤ maximum.
// 2. Somebody waits only while nothing is idle, and no slot is free or openings rest.
// 3. Waiters are served in the order they came.
// 4. Every waiter gets exactly one answer: a connection, a slot to open, its time-out, its
//    cancellation, or the end of the pool.
// 5. After `close` nothing is idle, and what comes back is closed.
// 6. A slot that becomes free goes to the first waiter, who opens the connection itself: there
//    is no background task that could die or fall behind.
// 7. After a failed opening nobody opens until a pause is over (`OpeningPause`); then one borrower
//    tries, and the others only when it succeeded. So a dead server is asked a few times a second
//    however many borrowers come. Whoever waits with nothing in use gets the failure, too: nothing
//    else could serve them.

/// Who has which connection of a pool, and who waits.
struct PoolState {
    typealias Instant = ContinuousClock.Instant

    /// One of the pool's places for a connection.
    struct Slot: Hashable {
        let number: Int
    }

    /// One borrower in the queue.
    struct Waiter: Hashable {
        let number: Int
    }

    /// What a borrower does next.
    enum Acquisition: Hashable {
        case use(Slot)
        case open(Slot)
        case refuse
    }

    /// A waiter that opens a connection in a slot.
    struct Opening: Hashable {
        let slot: Slot
        let waiter: Waiter
    }

    /// What to do with a slot that was given back.
    enum Release: Hashable {
        case keep
        case close
        case hand(Waiter)
        /// Close the connection, if any, and let the waiter open another one in the slot.
        case reopen(Slot, Waiter)
        /// Close the connection, if any, and tell the waiters that no connection can be opened.
        case fail([Waiter])
    }

    let maximum: Int
    let maximumLifetime: Duration?
    private(set) var metrics = PoolMetrics()
    private var isClosed = false
    private var openedAt: [Slot: Instant] = [:]
    private var idle: [Slot] = []
    private var queue = WaiterQueue()
    private var pause = OpeningPause()
    private var numbered = 0

    init(maximum: Int, maximumLifetime: Duration? = nil) {
        self.maximum = maximum
        self.maximumLifetime = maximumLifetime
    }

    /// A borrower comes; nil when it has to wait.
    mutating func acquire(at now: Instant) -> Acquisition? {
        guard !isClosed else { return .refuse }
        // The connection used last is the one most likely to be warm and alive.
        if let slot = idle.popLast() {
            metrics.idle -= 1
            metrics.inUse += 1
            metrics.acquired += 1
            return .use(slot)
        }
        return freeSlot(at: now).map { .open($0) }
    }

    /// A name for a borrower that is about to wait.
    mutating func makeWaiter() -> Waiter {
        numbered += 1
        return Waiter(number: numbered)
    }

    /// A borrower that `acquire` had nothing for waits, until `deadline` at the latest.
    mutating func enqueue(_ waiter: Waiter, until deadline: Instant) {
        queue.append(waiter, until: deadline)
        metrics.waiting = queue.count
    }

    /// A pool that wants a connection in reserve opens one; nil at the maximum.
    mutating func reserve(at now: Instant) -> Slot? {
        isClosed ? nil : freeSlot(at: now)
    }

    /// The first waiter and the slot that it may open now that a pause is over; nil when there is
    /// nobody or nothing.
    mutating func resume(at now: Instant) -> Opening? {
        guard !isClosed, queue.count > 0, let slot = freeSlot(at: now), let waiter = nextWaiter()
        else { return nil }
        return Opening(slot: slot, waiter: waiter)
    }

    /// The connection of a slot is there; its borrower has it.
    mutating func opened(_ slot: Slot, at now: Instant) {
        metrics.opening -= 1
        metrics.inUse += 1
        metrics.acquired += 1
        openedAt[slot] = now
        pause.end()
    }

    /// The borrower could not open the connection; `chance`, from 0 to 1, spreads the pauses of
    /// many processes.
    mutating func openFailed(_ slot: Slot, at now: Instant, chance: Double) -> Release {
        metrics.opening -= 1
        metrics.failures += 1
        pause.begin(at: now, chance: chance)
        guard metrics.inUse + metrics.opening == 0 else { return .close }
        defer { metrics.waiting = 0 }
        return .fail(queue.removeAll())
    }

    /// The borrower gave up while it opened the connection: that says nothing of the server.
    mutating func openAbandoned(_ slot: Slot, at now: Instant) -> Release {
        metrics.opening -= 1
        return release(slot, at: now)
    }

    /// The borrower found its connection dead and opens another one in the same slot; false while
    /// openings rest: the slot is gone then.
    mutating func reopening(_ slot: Slot, at now: Instant) -> Bool {
        metrics.inUse -= 1
        metrics.discarded += 1
        openedAt[slot] = nil
        guard mayOpen(at: now) else { return false }
        metrics.opening += 1
        return true
    }

    /// The borrower is done.
    mutating func returned(_ slot: Slot, isReusable: Bool, at now: Instant) -> Release {
        metrics.inUse -= 1
        let isOld = maximumLifetime.flatMap { limit in
            openedAt[slot].map { $0 + limit < now }
        }
        guard isReusable, isOld != true, !isClosed else {
            metrics.discarded += isReusable ? 0 : 1
            openedAt[slot] = nil
            return release(slot, at: now)
        }
        if let waiter = nextWaiter() {
            metrics.inUse += 1
            metrics.acquired += 1
            return .hand(waiter)
        }
        idle.append(slot)
        metrics.idle += 1
        return .keep
    }

    /// A waiter gives up; false when it has its answer already.
    mutating func giveUp(_ waiter: Waiter) -> Bool {
        defer { metrics.waiting = queue.count }
        return queue.remove(waiter)
    }

    /// The waiters whose time is over.
    mutating func expire(at now: Instant) -> [Waiter] {
        let expired = queue.removeExpired(at: now)
        metrics.timeouts += expired.count
        metrics.waiting = queue.count
        return expired
    }

    /// Nobody is served any more: the idle slots to close and the waiters to refuse.
    mutating func close() -> (slots: [Slot], waiters: [Waiter]) {
        isClosed = true
        defer {
            idle = []
            metrics.idle = 0
            metrics.waiting = 0
        }
        return (idle, queue.removeAll())
    }

    private mutating func release(_ slot: Slot, at now: Instant) -> Release {
        guard !isClosed, mayOpen(at: now), let waiter = nextWaiter() else { return .close }
        metrics.opening += 1
        return .reopen(slot, waiter)
    }

    private mutating func nextWaiter() -> Waiter? {
        defer { metrics.waiting = queue.count }
        return queue.popFirst()
    }

    private func mayOpen(at now: Instant) -> Bool {
        pause.isOver(at: now) && (pause.failures == 0 || metrics.opening == 0)
    }

    private mutating func freeSlot(at now: Instant) -> Slot? {
        guard metrics.open + metrics.opening < maximum, mayOpen(at: now) else { return nil }
        metrics.opening += 1
        numbered += 1
        return Slot(number: numbered)
    }
}
