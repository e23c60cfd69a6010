import Testing

@testable import Postgres

@Suite struct PoolStateTests {
    private let start = ContinuousClock.now

    private func slot(_ acquisition: PoolState.Acquisition?) throws -> PoolState.Slot {
        switch try #require(acquisition) {
        case .use(let slot), .open(let slot): return slot
        case .refuse: throw PostgresError(.poolClosed)
        }
    }

    private func openSlot(_ state: inout PoolState) throws -> PoolState.Slot {
        let slot = try slot(state.acquire(at: start))
        state.opened(slot, at: start)
        return slot
    }

    private func enqueue(
        _ state: inout PoolState,
        until deadline: ContinuousClock.Instant? = nil
    ) -> PoolState.Waiter {
        let waiter = state.makeWaiter()
        state.enqueue(waiter, until: deadline ?? start + .seconds(1))
        return waiter
    }

    @Test func `connections are opened up to the maximum`() throws {
        var state = PoolState(maximum: 2)
        #expect(try openSlot(&state) != openSlot(&state))
        #expect(state.acquire(at: start) == nil)
        #expect(state.metrics.inUse == 2)
    }

    @Test func `a returned connection is used again`() throws {
        var state = PoolState(maximum: 2)
        let slot = try openSlot(&state)
        #expect(state.returned(slot, isReusable: true, at: start) == .keep)
        #expect(state.acquire(at: start) == .use(slot))
    }

    @Test func `waiters are served in the order they came`() throws {
        var state = PoolState(maximum: 1)
        let slot = try openSlot(&state)
        let waiters = [enqueue(&state), enqueue(&state)]
        #expect(state.returned(slot, isReusable: true, at: start) == .hand(waiters[0]))
        #expect(state.returned(slot, isReusable: true, at: start) == .hand(waiters[1]))
        #expect(state.returned(slot, isReusable: true, at: start) == .keep)
    }

    @Test func `a broken connection's place goes to the first waiter`() throws {
        var state = PoolState(maximum: 1)
        let slot = try openSlot(&state)
        let waiter = enqueue(&state)
        #expect(state.returned(slot, isReusable: false, at: start) == .reopen(slot, waiter))
        #expect(state.metrics.opening == 1)
        #expect(state.metrics.discarded == 1)
    }

    @Test func `a failed opening is everybody's when nothing is in use`() throws {
        var state = PoolState(maximum: 1)
        let slot = try slot(state.acquire(at: start))
        let waiters = [enqueue(&state), enqueue(&state)]
        #expect(state.openFailed(slot, at: start, chance: 0) == .fail(waiters))
        #expect(state.metrics.opening == 0)
        #expect(state.metrics.waiting == 0)
        #expect(state.metrics.failures == 1)
    }

    @Test func `a failed opening leaves those waiting whom a used connection can serve`() throws {
        var state = PoolState(maximum: 2)
        let used = try openSlot(&state)
        let failing = try slot(state.acquire(at: start))
        let waiter = enqueue(&state)
        #expect(state.openFailed(failing, at: start, chance: 0) == .close)
        #expect(state.returned(used, isReusable: true, at: start) == .hand(waiter))
    }

    @Test func `openings rest after a failure, then one borrower tries`() throws {
        var state = PoolState(maximum: 3)
        let first = try slot(state.acquire(at: start))
        _ = state.openFailed(first, at: start, chance: 1)
        #expect(state.acquire(at: start) == nil)
        let waiters = [enqueue(&state), enqueue(&state)]
        let early = start + OpeningPause.shortest - .milliseconds(1)
        let tooEarly = state.resume(at: early)
        #expect(tooEarly == nil)
        let later = start + OpeningPause.shortest
        let trial = state.resume(at: later)
        #expect(trial?.waiter == waiters[0])
        // Nobody else tries while the outcome is open.
        let another = state.resume(at: later)
        #expect(another == nil)
        #expect(state.acquire(at: later) == nil)
        state.opened(try #require(trial).slot, at: later)
        let second = state.resume(at: later)
        #expect(second?.waiter == waiters[1])
    }

    @Test func `a dead connection is not replaced while openings rest`() throws {
        var state = PoolState(maximum: 2)
        let stale = try openSlot(&state)
        let failing = try slot(state.acquire(at: start))
        _ = state.openFailed(failing, at: start, chance: 1)
        let isReopened = state.reopening(stale, at: start)
        #expect(!isReopened)
        #expect(state.metrics.open == 0)
        #expect(state.metrics.opening == 0)
    }

    @Test func `a borrower that gave up says nothing of the server`() throws {
        var state = PoolState(maximum: 1)
        let slot = try slot(state.acquire(at: start))
        let waiter = enqueue(&state)
        #expect(state.openAbandoned(slot, at: start) == .reopen(slot, waiter))
        #expect(state.metrics.failures == 0)
    }

    @Test func `pauses grow with failures in a row up to a second, and end with a success`() {
        var pause = OpeningPause()
        var now = start
        var lengths: [Duration] = []
        for _ in 0..<8 {
            pause.begin(at: now, chance: 1)
            // Others of the same round count once.
            pause.begin(at: now, chance: 1)
            var length = Duration.zero
            while !pause.isOver(at: now + length) { length += .milliseconds(1) }
            lengths.append(length)
            now += length
        }
        let wanted = [50, 100, 200, 400, 800, 1000, 1000, 1000].map { Duration.milliseconds($0) }
        #expect(lengths == wanted)
        pause.end()
        #expect(pause.isOver(at: start))
        #expect(pause.failures == 0)
    }

    @Test func `chance spreads a pause over its second half`() {
        var short = OpeningPause()
        var long = OpeningPause()
        short.begin(at: start, chance: 0)
        long.begin(at: start, chance: 1)
        #expect(short.isOver(at: start + OpeningPause.shortest / 2))
        #expect(!long.isOver(at: start + OpeningPause.shortest * 0.99))
    }

    @Test func `an old connection is closed when it comes back`() throws {
        var state = PoolState(maximum: 1, maximumLifetime: .seconds(10))
        let slot = try openSlot(&state)
        #expect(state.returned(slot, isReusable: true, at: start + .seconds(11)) == .close)
        #expect(state.metrics.open == 0)
    }

    @Test func `a waiter whose time is over is passed by`() throws {
        var state = PoolState(maximum: 1)
        let slot = try openSlot(&state)
        let short = enqueue(&state)
        let long = enqueue(&state, until: start + .seconds(9))
        #expect(state.expire(at: start + .seconds(2)) == [short])
        #expect(state.giveUp(short) == false)
        #expect(state.returned(slot, isReusable: true, at: start) == .hand(long))
        #expect(state.metrics.timeouts == 1)
    }

    @Test func `a waiter that gives up is passed by`() throws {
        var state = PoolState(maximum: 1)
        let slot = try openSlot(&state)
        let waiter = enqueue(&state)
        #expect(state.giveUp(waiter) == true)
        #expect(state.returned(slot, isReusable: true, at: start) == .keep)
    }

    @Test func `a closed pool refuses and closes what comes back`() throws {
        var state = PoolState(maximum: 2)
        let used = try openSlot(&state)
        let idle = try openSlot(&state)
        _ = state.returned(idle, isReusable: true, at: start)
        #expect(state.close().slots == [idle])
        #expect(state.acquire(at: start) == .refuse)
        #expect(state.returned(used, isReusable: true, at: start) == .close)
        #expect(state.metrics.open == 0)
    }

    @Test func `closing answers every waiter`() throws {
        var state = PoolState(maximum: 1)
        _ = try openSlot(&state)
        let waiters = [enqueue(&state), enqueue(&state)]
        #expect(state.close().waiters == waiters)
        #expect(state.close().waiters.isEmpty)
    }

    @Test(arguments: 0..<20)
    func `no sequence of events breaks the bounds or forgets a waiter`(seed: Int) {
        var walk = PoolWalk(seed: UInt64(seed))
        for _ in 0..<2000 { walk.step() }
        walk.drain()
        #expect(walk.violations.isEmpty)
    }
}

/// A random user of a pool who keeps his own books.
private struct PoolWalk {
    private var random: UInt64
    private var now = ContinuousClock.now
    private var state = PoolState(maximum: 3, maximumLifetime: .seconds(50))
    private var opening: [PoolState.Slot] = []
    private var used: [PoolState.Slot] = []
    private var waiting: [PoolState.Waiter] = []
    private(set) var violations: [String] = []

    init(seed: UInt64) {
        random = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    }

    private mutating func next(_ bound: Int) -> Int {
        random ^= random << 13
        random ^= random >> 7
        random ^= random << 17
        return Int(random % UInt64(bound))
    }

    mutating func step() {
        now += .milliseconds(next(300))
        switch next(7) {
        case 0, 1: acquire()
        case 2: opened(succeeds: true)
        case 3: opened(succeeds: next(2) == 0)
        case 4, 5: returned(isReusable: next(5) != 0)
        default: leave()
        }
        resume()
        check()
    }

    /// Returns everything: nobody may be left waiting then.
    mutating func drain() {
        now += OpeningPause.longest
        resume()
        while !opening.isEmpty || !used.isEmpty {
            opened(succeeds: true)
            resume()
            returned(isReusable: true)
        }
        if !waiting.isEmpty { violations.append("waiters forgotten") }
    }

    private mutating func acquire() {
        switch state.acquire(at: now) {
        case .use(let slot): used.append(slot)
        case .open(let slot): opening.append(slot)
        case .refuse: violations.append("refused")
        case nil:
            let waiter = state.makeWaiter()
            state.enqueue(waiter, until: now + .milliseconds(next(3000)))
            waiting.append(waiter)
        }
    }

    private mutating func opened(succeeds: Bool) {
        guard let slot = opening.popLast() else { return }
        if succeeds {
            state.opened(slot, at: now)
            used.append(slot)
        } else {
            let chance = Double(next(100)) / 100
            perform(state.openFailed(slot, at: now, chance: chance), slot)
        }
    }

    private mutating func returned(isReusable: Bool) {
        guard let slot = used.popLast() else { return }
        perform(state.returned(slot, isReusable: isReusable, at: now), slot)
    }

    private mutating func perform(_ release: PoolState.Release, _ slot: PoolState.Slot) {
        switch release {
        case .keep, .close: break
        case .hand(let waiter):
            answer(waiter)
            used.append(slot)
        case .reopen(let slot, let waiter):
            answer(waiter)
            opening.append(slot)
        case .fail(let waiters):
            for waiter in waiters { answer(waiter) }
        }
    }

    /// What the pool does at every look at its clock.
    private mutating func resume() {
        while let opening = state.resume(at: now) {
            answer(opening.waiter)
            self.opening.append(opening.slot)
        }
    }

    private mutating func leave() {
        for waiter in state.expire(at: now) { remove(waiter) }
        guard let waiter = waiting.randomElement() else { return }
        if state.giveUp(waiter) { remove(waiter) }
    }

    private mutating func answer(_ waiter: PoolState.Waiter) {
        if waiting.first != waiter { violations.append("served out of order") }
        remove(waiter)
    }

    private mutating func remove(_ waiter: PoolState.Waiter) {
        if !waiting.contains(waiter) { violations.append("answered twice") }
        waiting.removeAll { $0 == waiter }
    }

    private mutating func check() {
        let metrics = state.metrics
        if metrics.open + metrics.opening > 3 { violations.append("too many connections") }
        if metrics.inUse != used.count { violations.append("wrong number in use") }
        if metrics.opening != opening.count { violations.append("wrong number opening") }
        if metrics.waiting != waiting.count { violations.append("wrong number waiting") }
        if metrics.idle > 0, metrics.waiting > 0 { violations.append("idle while waiting") }
    }
}
