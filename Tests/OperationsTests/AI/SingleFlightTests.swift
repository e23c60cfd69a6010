import Testing

@testable import Operations

/// Equal questions that wait for the first of them.
@Suite struct SingleFlightTests {
    @Test func `who goes while waiting leaves the flight`() async throws {
        let flights = SingleFlight()
        let first = try await flights.board([1])
        #expect(first.isFirst)
        let second = Task { try await flights.board([1]) }
        while flights.waiting == 0 { await Task.yield() }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        #expect(flights.waiting == 0)
        let late = Task { try await flights.board([1]) }
        late.cancel()
        await #expect(throws: CancellationError.self) { try await late.value }
        #expect(flights.waiting == 0)
        first.land()
        #expect(try await flights.board([1]).isFirst)
    }

    @Test func `who has waited waits no more, and ends nobody's flight`() async throws {
        let flights = SingleFlight()
        let first = try await flights.board([1])
        let others = (1...3).map { _ in Task { try await flights.board([1]) } }
        while flights.waiting < 3 { await Task.yield() }
        #expect(try await flights.board([2]).isFirst)
        first.land()
        var waited: [SingleFlight.Seat] = []
        for other in others { waited.append(try await other.value) }
        #expect(waited.map(\.isFirst) == [false, false, false])
        #expect(try await flights.board([1]).isFirst)
        for seat in waited { seat.land() }
        let next = Task { try await flights.board([1]) }
        while flights.waiting == 0 { await Task.yield() }
        next.cancel()
        await #expect(throws: CancellationError.self) { try await next.value }
    }
}
