import Testing

@testable import Domain

@Suite struct RetryPolicyTests {
    private let policy = RetryPolicy(attempts: 5, first: .seconds(30), longest: .seconds(100))

    @Test func `waits double up to the longest, and the last try ends it`() {
        let waits = (1...6).map { policy.delay(after: $0, chance: 1) }
        #expect(waits == [.seconds(30), .seconds(60), .seconds(100), .seconds(100), nil, nil])
    }

    @Test func `chance spreads the tries over half of the wait`() {
        #expect(policy.delay(after: 1, chance: 0) == .seconds(15))
        #expect(policy.delay(after: 1, chance: 0.5) == .seconds(22.5))
        #expect(policy.delay(after: 1, chance: 7) == .seconds(30))
        #expect(policy.delay(after: 1, chance: -7) == .seconds(15))
    }

    @Test func `no number of tries overflows`() {
        let endless = RetryPolicy(attempts: .max, first: .seconds(30), longest: .seconds(3_600))
        #expect(endless.delay(after: 1_000_000, chance: 1) == .seconds(3_600))
    }
}
