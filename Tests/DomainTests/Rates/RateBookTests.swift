import Domain
import FoundationEssentials
import Testing

@Suite struct RateBookTests {
    private static let second: Int64 = 1_000_000_000

    private static func check(_ bucket: RateBucket, _ count: Int = 4) throws -> RateCheck {
        try #require(RateCheck(bucket, RateLimit(count: count, window: .seconds(4))))
    }

    @Test func `clients do not share a bucket`() throws {
        let book = Book()
        let ada = try Self.check(.address("192.0.2.1"))
        let bob = try Self.check(.address("192.0.2.2"))
        for _ in 0..<4 { #expect(book.take([ada], now: 0)?.decision.isAllowed == true) }
        #expect(book.take([ada], now: 0)?.decision.isAllowed == false)
        #expect(book.take([bob], now: 0)?.decision.isAllowed == true)
    }

    @Test func `one full bucket refuses, and nothing is taken from the others`() throws {
        let book = Book()
        let person = try Self.check(.user(UUID()), 100)
        let tenant = try Self.check(.tenant(UUID()), 1)
        #expect(book.take([person, tenant], now: 0)?.decision.isAllowed == true)
        let refused = try #require(book.take([person, tenant], now: 0))
        #expect(!refused.decision.isAllowed)
        #expect(refused.check.bucket.name == "tenant")
        #expect(book.take([person], now: 0)?.decision.remaining == 98)
    }

    @Test func `many are taken at once, and what was not needed is given back`() throws {
        let book = Book()
        let limit = RateLimit(count: 100, window: .seconds(4))
        let most = try #require(RateCheck(.modelTokens("ada"), limit, amount: 80))
        #expect(book.take([most], now: 0)?.decision.remaining == 20)
        #expect(book.take([most], now: 0)?.decision.isAllowed == false)
        book.refund(most, amount: 70, now: 0)
        #expect(book.take([most], now: 0)?.decision.remaining == 10)
        // Nobody gets back more than was taken.
        book.refund(most, amount: 1_000, now: 0)
        #expect(book.take([try Self.one(limit)], now: 0)?.decision.remaining == 89)
        // More than the whole count is the whole count.
        let all = try #require(RateCheck(.modelTokens("bob"), limit, amount: 1_000))
        #expect(book.take([all], now: 0)?.decision.remaining == 0)
    }

    private static func one(_ limit: RateLimit?) throws -> RateCheck {
        try #require(RateCheck(.modelTokens("ada"), limit))
    }

    /// A flood of addresses costs no more than the bound, and does not let go of who is refused.
    @Test func `memory is bounded and the busy stay known`() throws {
        let book = Book(limit: 100)
        let busy = try Self.check(.address("busy"), 1_000_000)
        for number in 0..<10_000 {
            let stranger = try Self.check(.address("stranger \(number)"))
            _ = book.take([stranger], now: 0)
            _ = book.take([busy], now: 0)
            #expect(book.count <= 101)
        }
        let left = try #require(book.take([busy], now: 0)?.decision.remaining)
        #expect(left == 1_000_000 - 10_001)
    }

    @Test func `only what is filling up is told, and only once`() throws {
        let book = Book()
        let quiet = try Self.check(.address("quiet"), 100)
        let loud = try Self.check(.address("loud"))
        _ = book.take([quiet], now: 0)
        for _ in 0..<2 { _ = book.take([loud], now: 0) }
        #expect(book.unsent(atMost: 10) == [.address("loud"): 2 * Self.second])
        #expect(book.unsent(atMost: 10).isEmpty)
        book.giveBack([.address("loud"): 2 * Self.second])
        #expect(book.unsent(atMost: 10) == [.address("loud"): 2 * Self.second])
    }

    @Test func `what others took counts here`() throws {
        let book = Book()
        let shared = try Self.check(.address("shared"))
        _ = book.take([shared], now: 0)
        _ = book.unsent(atMost: 10)
        book.learn([.address("shared"): 4 * Self.second], now: 0)
        #expect(book.take([shared], now: 0)?.decision.isAllowed == false)
        #expect(book.take([shared], now: Self.second)?.decision.isAllowed == true)
    }

    @Test func `the strictest verdict is the one that is told`() throws {
        let book = Book()
        let wide = try Self.check(.tenant(UUID()), 100)
        let narrow = try Self.check(.user(UUID()), 2)
        let verdict = try #require(book.take([wide, narrow], now: 0))
        #expect(verdict.check.bucket.name == "user")
        #expect(verdict.decision.remaining == 1)
        #expect(book.take([], now: 0) == nil)
    }
}

/// A book that assertions can write in.
private final class Book {
    private var book: RateBook

    init(limit: Int = 100_000) {
        book = RateBook(limit: limit)
    }

    var count: Int { book.count }

    func take(_ checks: [RateCheck], now: Int64) -> RateVerdict? { book.take(checks, now: now) }
    func unsent(atMost limit: Int) -> [RateBucket: Int64] { book.unsent(atMost: limit) }
    func giveBack(_ unsent: [RateBucket: Int64]) { book.giveBack(unsent) }
    func refund(_ check: RateCheck, amount: Int, now: Int64) {
        book.refund(check, amount: amount, now: now)
    }
    func learn(_ levels: [RateBucket: Int64], now: Int64) { book.learn(levels, now: now) }
}
