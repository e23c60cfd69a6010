import NIOCore
import Testing

@testable import HTTPAPI

struct `A connection's clock` {
    private static let bounds = ConnectionBounds(
        head: .seconds(10),
        body: .seconds(30),
        response: .seconds(20)
    )

    private static func at(_ seconds: Int64) -> NIODeadline {
        .uptimeNanoseconds(1_000_000_000) + .seconds(seconds)
    }

    @Test func `lets a body come that comes fast enough`() {
        var clock = ConnectionClock(bounds: Self.bounds)
        clock.requestBegan(hasBody: true, at: Self.at(0))
        clock.received(10_240)
        #expect(clock.verdict(at: Self.at(10)) == .fine)
        #expect(clock.verdict(at: Self.at(11)) == .slowBody)
    }

    @Test func `refuses a body once`() {
        var clock = ConnectionClock(bounds: Self.bounds)
        clock.requestBegan(hasBody: true, at: Self.at(0))
        #expect(clock.verdict(at: Self.at(4)) == .fine)
        #expect(clock.verdict(at: Self.at(6)) == .slowBody)
        #expect(clock.verdict(at: Self.at(7)) == .fine)
    }

    @Test func `refuses a body that takes too long at any rate`() {
        var clock = ConnectionClock(bounds: Self.bounds)
        clock.requestBegan(hasBody: true, at: Self.at(0))
        clock.received(10_000_000)
        #expect(clock.verdict(at: Self.at(30)) == .fine)
        #expect(clock.verdict(at: Self.at(31)) == .slowBody)
    }

    @Test func `counts a head from its first byte, however slowly it comes`() {
        var clock = ConnectionClock(bounds: Self.bounds)
        #expect(!clock.isRunning)
        for second: Int64 in 0...10 {
            clock.bytesArrived(at: Self.at(second))
            #expect(clock.isRunning)
            #expect(clock.verdict(at: Self.at(second)) == .fine)
        }
        #expect(clock.verdict(at: Self.at(11)) == .slowHead)
    }

    @Test func `counts a second head behind the answer to the first`() {
        var clock = ConnectionClock(bounds: Self.bounds)
        clock.bytesArrived(at: Self.at(0))
        clock.requestBegan(hasBody: false, at: Self.at(0))
        clock.requestEnded()
        clock.bytesArrived(at: Self.at(1))
        #expect(clock.verdict(at: Self.at(12)) == .fine)
        clock.responseBegan(at: Self.at(12))
        clock.responseEnded(isTaken: true, at: Self.at(12))
        #expect(clock.verdict(at: Self.at(22)) == .fine)
        #expect(clock.verdict(at: Self.at(23)) == .slowHead)
        clock.requestBegan(hasBody: false, at: Self.at(23))
        #expect(clock.verdict(at: Self.at(40)) == .fine)
    }

    @Test func `rests between requests`() {
        var clock = ConnectionClock(bounds: Self.bounds)
        clock.requestBegan(hasBody: true, at: Self.at(0))
        clock.requestEnded()
        clock.responseBegan(at: Self.at(1))
        clock.responseEnded(isTaken: true, at: Self.at(1))
        #expect(!clock.isRunning)
        #expect(clock.verdict(at: Self.at(1_000)) == .fine)
    }

    @Test func `lets a stream of events take its time, but not its client`() {
        var clock = ConnectionClock(bounds: Self.bounds)
        clock.requestBegan(hasBody: false, at: Self.at(0))
        for second: Int64 in stride(from: 1, to: 200, by: 5) {
            clock.streamWrote(isTaken: true, at: Self.at(second))
            #expect(clock.verdict(at: Self.at(second)) == .fine)
        }
        for second: Int64 in stride(from: 200, to: 220, by: 5) {
            clock.streamWrote(isTaken: false, at: Self.at(second))
            #expect(clock.verdict(at: Self.at(second)) == .fine)
        }
        #expect(clock.verdict(at: Self.at(221)) == .slowResponse)
    }

    @Test func `gives up a client that does not take its answer`() {
        var clock = ConnectionClock(bounds: Self.bounds)
        clock.requestBegan(hasBody: false, at: Self.at(0))
        clock.responseBegan(at: Self.at(0))
        clock.responseEnded(isTaken: false, at: Self.at(0))
        #expect(clock.verdict(at: Self.at(21)) == .slowResponse)
        clock.responseTaken()
        #expect(clock.verdict(at: Self.at(22)) == .fine)
    }

    @Test func `reads an unwanted body for a while only`() {
        var clock = ConnectionClock(bounds: Self.bounds)
        clock.requestBegan(hasBody: true, at: Self.at(0))
        clock.responseBegan(at: Self.at(0))
        clock.responseEnded(isTaken: true, at: Self.at(0))
        clock.received(1_000)
        #expect(clock.verdict(at: Self.at(5)) == .fine)
        #expect(clock.verdict(at: Self.at(6)) == .lingeredTooLong)
        clock.received(5_000_000)
        #expect(clock.verdict(at: Self.at(1)) == .lingeredTooLong)
    }
}
