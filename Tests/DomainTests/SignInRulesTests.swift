import Testing

@testable import Domain

@Suite struct SignInRulesTests {
    private static let start = Instant(seconds: 1_767_225_600)
    private static let strangers: [SignInCounter] = [.account, .network, .pair]

    /// Tries as early as each is let in; what the counters hold after them.
    private func fail(
        _ times: Int,
        _ counters: [SignInCounter]
    ) -> (counts: [SignInCounter: SignInCount], waits: [Duration], now: Instant) {
        var counts = Dictionary(uniqueKeysWithValues: counters.map { ($0, SignInCount()) })
        var now = Self.start
        var waits: [Duration] = []
        for _ in 0..<times {
            if case .wait(let wait) = SignInVerdict(counts, at: now) {
                waits.append(wait)
                now = now.advanced(by: wait)
            } else {
                waits.append(.zero)
            }
            guard case .admit(let failing, _, _) = SignInVerdict(counts, at: now) else {
                Issue.record("a wait was not long enough")
                return (counts, waits, now)
            }
            counts.merge(failing) { _, new in new }
        }
        return (counts, waits, now)
    }

    @Test(arguments: SignInCounter.allCases)
    func `delays begin after the free tries, never fall, and have an end`(
        counter: SignInCounter
    ) {
        let rule = SignInRule.of(counter)
        let delays = (0...200).map { rule.delay(after: $0) }
        #expect(delays.prefix(rule.free).allSatisfy { $0 == .zero })
        #expect(delays[rule.free] == .seconds(1))
        for (before, after) in zip(delays, delays.dropFirst()) {
            #expect(after >= before)
            #expect(after <= max(before * 2, .seconds(1)))
        }
        #expect(delays.max() == rule.longestDelay)
    }

    @Test func `a person who mistypes five times waits for nothing, then twice as long each time`()
    {
        let waits = fail(9, Self.strangers).waits
        #expect(waits.prefix(5).allSatisfy { $0 == .zero })
        #expect(waits.suffix(4) == [.seconds(1), .seconds(2), .seconds(4), .seconds(8)])
    }

    @Test func `an account tried from everywhere is locked for a quarter of an hour`() {
        var counts: [SignInCounter: SignInCount] = [.account: SignInCount()]
        var now = Self.start
        var begun: [Int] = []
        for number in 1...25 {
            if case .wait(let wait) = SignInVerdict(counts, at: now) {
                now = now.advanced(by: wait)
            }
            guard
                case .admit(let failing, let isLocked, let beginsLock) =
                    SignInVerdict(counts, at: now)
            else { continue }
            #expect(isLocked == (number > 20))
            if let beginsLock {
                begun.append(number)
                #expect(now.duration(to: beginsLock) == .seconds(900))
            }
            counts.merge(failing) { _, new in new }
        }
        #expect(begun == [20])
        let later = now.advanced(by: .seconds(901))
        guard case .admit(_, let isLocked, _) = SignInVerdict(counts, at: later) else {
            Issue.record("a lock must end")
            return
        }
        #expect(!isLocked)
    }

    @Test func `tries on a locked account do not draw the lock out`() {
        let locked = SignInCount(
            failures: 20,
            lastAt: Self.start,
            blockedUntil: Self.start.advanced(by: .seconds(900)),
            isLocked: true
        )
        let counts: [SignInCounter: SignInCount] = [.account: locked, .pair: SignInCount()]
        guard
            case .admit(let failing, true, nil) =
                SignInVerdict(counts, at: Self.start.advanced(by: .seconds(10)))
        else {
            Issue.record("a locked account's tries are let in, and fail")
            return
        }
        #expect(failing[.account] == nil)
        #expect(failing[.pair]?.failures == 1)
    }

    @Test func `whatever strangers do, a known device's counter stays`() {
        let counts = fail(40, Self.strangers).counts
        #expect(counts[.device] == nil)
        guard
            case .admit(_, let isLocked, _) =
                SignInVerdict([.device: SignInCount()], at: Self.start)
        else {
            Issue.record("a known device is let in")
            return
        }
        #expect(!isLocked)
    }

    @Test func `a counter without failures for an hour begins anew`() {
        let (counts, _, now) = fail(15, [.pair])
        let later = now.advanced(by: .seconds(3_601))
        guard case .admit(let failing, _, _) = SignInVerdict(counts, at: later) else {
            Issue.record("the delay is over")
            return
        }
        #expect(failing[.pair]?.failures == 1)
        #expect(failing[.pair]?.blockedUntil == later)
    }

    @Test(arguments: 0..<60)
    func `a try that is taken back leaves what was there before it`(failures: Int) {
        let rule = SignInRule.of(.network)
        let before = SignInCount(
            failures: failures,
            lastAt: Self.start,
            blockedUntil: Self.start.advanced(by: rule.delay(after: failures))
        )
        let after = rule.takingBack(rule.adding(failureAt: Self.start, to: before))
        #expect(after == before)
    }

    @Test func `a thousand tries of one instant let only the free ones in`() {
        var counts: [SignInCounter: SignInCount] = [.pair: SignInCount()]
        var admitted = 0
        for _ in 0..<1_000 {
            guard case .admit(let failing, _, _) = SignInVerdict(counts, at: Self.start) else {
                continue
            }
            admitted += 1
            counts.merge(failing) { _, new in new }
        }
        #expect(admitted == SignInRule.of(.pair).free)
    }

    @Test func `a mail of a kind goes out once in five minutes`() throws {
        let first = try #require(MailPause.sending(SignInCount(), at: Self.start))
        #expect(MailPause.sending(first, at: Self.start.advanced(by: .seconds(299))) == nil)
        #expect(MailPause.sending(first, at: Self.start.advanced(by: .seconds(300))) != nil)
    }
}

@Suite struct AddressPrefixTests {
    @Test(arguments: [
        ("192.0.2.7", "192.0.2.0/24"), ("192.0.2.255", "192.0.2.0/24"),
        ("::ffff:192.0.2.7", "192.0.2.0/24"), ("::ffff:c000:207", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("2001:DB8::1", "2001:db8:0:0::/64"),
        ("::1", "0:0:0:0::/64"), ("::", "0:0:0:0::/64"), ("fe80::1%eth0", "fe80:0:0:0::/64"),
        ("64:ff9b::192.0.2.1", "64:ff9b:0:0::/64"), ("1:2:3:4:5:6:7::", "1:2:3:4::/64"),
    ])
    func `is the line of a provider`(address: String, prefix: String) {
        #expect(AddressPrefix(address).description == prefix)
    }

    @Test(arguments: [
        "", "localhost", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.+4", "1:2:3", ":::", "1::2::3",
        "1:2:3:4:5:6:7:8:9", "g::1", "12345::", "1.2.3.4:80", "::1.2.3", "٣.١.١.١",
    ])
    func `is unknown for what is no address`(address: String) {
        #expect(AddressPrefix(address).description == "unknown")
        #expect(AddressPrefix(nil).description == "unknown")
    }

    @Test func `two addresses of one network have one prefix, of two networks two`() {
        for _ in 0..<200 {
            let net = (0..<4).map { _ in String(UInt16.random(in: 0 ... .max), radix: 16) }
            let host = (0..<4).map { _ in String(UInt16.random(in: 1 ... .max), radix: 16) }
            let other = (0..<4).map { _ in String(UInt16.random(in: 1 ... .max), radix: 16) }
            let one = AddressPrefix((net + host).joined(separator: ":"))
            #expect(one == AddressPrefix((net + other).joined(separator: ":")))
        }
        #expect(AddressPrefix("10.0.1.1") != AddressPrefix("10.0.2.1"))
    }
}
