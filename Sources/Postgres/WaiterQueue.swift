/// Waiters in the order they came; one that left keeps its place until its turn comes.
struct WaiterQueue {
    private var order: [PoolState.Waiter] = []
    private var head = 0
    private var deadlines: [PoolState.Waiter: ContinuousClock.Instant] = [:]

    var count: Int {
        deadlines.count
    }

    mutating func append(_ waiter: PoolState.Waiter, until deadline: ContinuousClock.Instant) {
        order.append(waiter)
        deadlines[waiter] = deadline
    }

    mutating func popFirst() -> PoolState.Waiter? {
        while head < order.count {
            let waiter = order[head]
            head += 1
            if deadlines.removeValue(forKey: waiter) != nil {
                compact()
                return waiter
            }
        }
        compact()
        return nil
    }

    mutating func remove(_ waiter: PoolState.Waiter) -> Bool {
        deadlines.removeValue(forKey: waiter) != nil
    }

    mutating func removeExpired(at now: ContinuousClock.Instant) -> [PoolState.Waiter] {
        let expired = order[head...].filter { deadlines[$0].map { $0 <= now } ?? false }
        for waiter in expired { deadlines[waiter] = nil }
        return expired
    }

    mutating func removeAll() -> [PoolState.Waiter] {
        let all = order[head...].filter { deadlines[$0] != nil }
        self = WaiterQueue()
        return all
    }

    /// Drops the served part once it is the larger one: constant time a waiter.
    private mutating func compact() {
        guard head > 64, head * 2 > order.count else { return }
        order.removeFirst(head)
        head = 0
    }
}
