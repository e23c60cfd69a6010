import Testing

@testable import Observability

@Suite struct RequestWindowTests {
    @Test func `a window without requests has no times`() {
        #expect(RequestWindow().figures(second: 0) == RequestFigures())
    }

    @Test func `requests are counted for a minute and then forgotten`() {
        var window = RequestWindow()
        for second in [0, 9, 10, 59] {
            window.record(status: 200, duration: .milliseconds(1), second: second)
        }
        window.record(status: 503, duration: .milliseconds(1), second: 59)
        window.record(status: 404, duration: .milliseconds(1), second: 59)
        #expect(window.figures(second: 59).requests == 6)
        #expect(window.figures(second: 59).errors == 1)
        #expect(window.figures(second: 60).requests == 4)
        #expect(window.figures(second: 119).requests == 0)
        #expect(window.figures(second: 119).errors == 0)
        window.record(status: 200, duration: .milliseconds(1), second: 600)
        #expect(window.figures(second: 600).requests == 1)
    }

    @Test func `percentiles are never low and at most an eighth high`() throws {
        var window = RequestWindow()
        for milliseconds in 1...100 {
            window.record(status: 200, duration: .milliseconds(milliseconds), second: 0)
        }
        let figures = window.figures(second: 1)
        let median = try #require(figures.median)
        let slowest = try #require(figures.slowest)
        #expect(median >= .milliseconds(50) && median <= .microseconds(56_300))
        #expect(slowest >= .milliseconds(99) && slowest <= .microseconds(111_400))
    }

    @Test(arguments: [Duration.zero, .nanoseconds(1), .seconds(100_000), .seconds(-1)])
    func `every time has a class`(duration: Duration) {
        var window = RequestWindow()
        window.record(status: 200, duration: duration, second: 5)
        #expect(window.figures(second: 5).requests == 1)
    }
}
