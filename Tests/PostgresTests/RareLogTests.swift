import Testing

@testable import Postgres

@Suite struct RareLogTests {
    @Test func `a thousand failures in a second are one line`() {
        let log = Log()
        let start = ContinuousClock.now
        let lines = (0..<1_000).compactMap { log.admit(at: start + .milliseconds($0)) }
        #expect(lines == [0])
    }

    @Test func `the next line says how many were held back`() {
        let log = Log()
        let start = ContinuousClock.now
        #expect(log.admit(at: start) == 0)
        #expect(log.admit(at: start + .seconds(1)) == nil)
        #expect(log.admit(at: start + .seconds(4)) == nil)
        #expect(log.admit(at: start + .seconds(5)) == 2)
        #expect(log.admit(at: start + .seconds(11)) == 0)
    }
}

/// A log that assertions can write to.
private final class Log {
    private var log = RareLog()

    func admit(at now: ContinuousClock.Instant) -> Int? { log.admit(at: now) }
}
