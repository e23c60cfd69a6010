import Testing

@testable import Worker

@Suite struct DailyMarkTests {
    @Test func `is due at once, a day after success and an hour after failure`() {
        let mark = DailyMark()
        let start = ContinuousClock.now
        #expect(mark.isDue(at: start))
        mark.note(isDone: false, at: start)
        #expect(!mark.isDue(at: start + .seconds(3_599)))
        #expect(mark.isDue(at: start + .seconds(3_600)))
        mark.note(isDone: true, at: start)
        #expect(!mark.isDue(at: start + .seconds(86_399)))
        #expect(mark.isDue(at: start + .seconds(86_400)))
    }
}
