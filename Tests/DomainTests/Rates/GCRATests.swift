import Domain
import Testing

@Suite struct GCRATests {
    private static func limit(_ count: Int, _ seconds: Int) throws -> RateLimit {
        try #require(RateLimit(count: count, window: .seconds(seconds)))
    }

    /// How many of the given moments (in nanoseconds) are let through.
    private static func allowed(_ moments: [Int64], by limit: RateLimit) -> [Int64] {
        var emptyAt: Int64 = 0
        return moments.filter { now in
            let decision = limit.decide(emptyAt: emptyAt, now: now)
            emptyAt = decision.emptyAt
            return decision.isAllowed
        }
    }

    @Test func `of two limits neither is widened by the other`() throws {
        let usual = try Self.limit(600, 60)
        #expect(try Self.limit(60_000, 60).narrowed(to: usual) == usual)
        #expect(try Self.limit(5, 60).narrowed(to: usual) == Self.limit(5, 60))
        // Fewer at once, but faster in the long run: the slower pace holds.
        let slow = try Self.limit(10, 1_000)
        #expect(try Self.limit(5, 1).narrowed(to: slow) == Self.limit(5, 500))
        #expect(slow.narrowed(to: try Self.limit(5, 1)) == (try Self.limit(5, 500)))
    }

    @Test func `the count is let through at once, and then one at a time`() throws {
        let limit = try Self.limit(10, 10)
        let moments =
            [Int64](repeating: 0, count: 25) + [999_999_999, 1_000_000_000, 1_000_000_000]
        let through = Self.allowed(moments, by: limit)
        #expect(through.count == 11)
        #expect(through.last == 1_000_000_000)
    }

    @Test func `what is left, when to try again and when all is back are said`() throws {
        let limit = try Self.limit(2, 10)
        let first = limit.decide(emptyAt: 0, now: 0)
        #expect(first.isAllowed && first.remaining == 1 && first.resetAfter == .seconds(5))
        let second = limit.decide(emptyAt: first.emptyAt, now: 0)
        #expect(second.isAllowed && second.remaining == 0 && second.resetAfter == .seconds(10))
        let third = limit.decide(emptyAt: second.emptyAt, now: 1_000_000_000)
        #expect(!third.isAllowed && third.retryAfter == .seconds(4))
        #expect(third.emptyAt == second.emptyAt)
        #expect(limit.decide(emptyAt: third.emptyAt, now: 5_000_000_000).isAllowed)
    }

    /// The property that makes it a limit, over random limits and random arrivals: in no span of
    /// time more than the count and what ran out meanwhile.
    @Test(arguments: 0..<40)
    func `never more than the count and the rate times the time`(seed: UInt64) throws {
        var random = Sequence64(state: seed &* 0x9E37_79B9_7F4A_7C15 &+ 1)
        let count = Int.random(in: 1...50, using: &random)
        let seconds = Int.random(in: 1...60, using: &random)
        let limit = try Self.limit(count, seconds)
        var now: Int64 = 0
        let moments = (0..<600).map { _ in
            let pace: Int64 = Bool.random(using: &random) ? 1_000_000 : 2_000_000_000
            now += Int64.random(in: 0...pace, using: &random)
            return now
        }
        let through = Self.allowed(moments, by: limit)
        for (index, begin) in through.enumerated() {
            for last in index..<through.count {
                let time = Double(through[last] - begin) / 1e9
                let bound = Double(count) + time * Double(count) / Double(seconds) + 1e-6
                #expect(Double(last - index + 1) <= bound)
            }
        }
        #expect(through.count >= min(count, moments.count))
    }

    @Test(arguments: [(0, 10), (-1, 10), (10, 0), (10, 100_000)])
    func `a limit that makes no sense is none`(count: Int, seconds: Int) {
        #expect(RateLimit(count: count, window: .seconds(seconds)) == nil)
    }
}

/// A small generator, so that a failure can be repeated.
struct Sequence64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
