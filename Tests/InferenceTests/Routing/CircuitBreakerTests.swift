import Domain
import Inference
import Testing

@Suite struct CircuitBreakerTests {
    private let start = ContinuousClock.now

    private func at(_ seconds: Int) -> ContinuousClock.Instant { start + .seconds(seconds) }

    @Test func `five failures within thirty seconds open it`() {
        var breaker = CircuitBreaker()
        for second in 0..<4 { breaker.failed(at: at(second)) }
        #expect(breaker.admit(at: at(4)) == .pass)
        breaker.failed(at: at(5))
        #expect(breaker.admit(at: at(6)) == .refused(until: at(35)))
    }

    @Test func `failures that are far apart do not open it`() {
        var breaker = CircuitBreaker()
        for second in stride(from: 0, to: 100, by: 8) { breaker.failed(at: at(second)) }
        #expect(breaker.admit(at: at(100)) == .pass)
    }

    @Test func `an answer that came to its end forgets what failed before`() {
        var breaker = CircuitBreaker()
        for second in 0..<4 { breaker.failed(at: at(second)) }
        breaker.succeeded()
        breaker.failed(at: at(5))
        #expect(breaker.admit(at: at(6)) == .pass)
    }

    @Test func `an answer that only began does not`() {
        var breaker = CircuitBreaker()
        for second in 0..<4 { breaker.failed(at: at(second)) }
        breaker.began()
        breaker.failed(at: at(5))
        #expect(breaker.admit(at: at(6)) == .refused(until: at(35)))
    }

    private func opened() -> CircuitBreaker {
        var breaker = CircuitBreaker()
        for _ in 0..<5 { breaker.failed(at: at(0)) }
        return breaker
    }

    @Test func `after its rest one probe goes out alone`() {
        var breaker = opened()
        #expect(breaker.admit(at: at(30)) == .probe)
        #expect(breaker.admit(at: at(31)) == .refused(until: at(60)))
        breaker.began()
        #expect(breaker.admit(at: at(32)) == .pass)
    }

    @Test func `a probe that fails opens it again`() {
        var breaker = opened()
        #expect(breaker.admit(at: at(30)) == .probe)
        breaker.failed(at: at(31))
        #expect(breaker.admit(at: at(60)) == .refused(until: at(61)))
        #expect(breaker.admit(at: at(61)) == .probe)
    }

    @Test func `a probe that tells nothing leaves the next one its turn`() {
        var breaker = opened()
        #expect(breaker.admit(at: at(30)) == .probe)
        breaker.abandoned(at: at(31))
        #expect(breaker.admit(at: at(31)) == .probe)
    }

    @Test func `a probe of which nobody reports is forgotten`() {
        var breaker = opened()
        #expect(breaker.admit(at: at(30)) == .probe)
        #expect(breaker.admit(at: at(60)) == .probe)
    }

    @Test func `an answer to a call from before does not close it`() {
        var breaker = opened()
        breaker.succeeded()
        #expect(breaker.admit(at: at(1)) == .refused(until: at(30)))
    }

    private let line = CircuitBreakers.Line(provider: "p", model: "m", key: "k")
    private let other = CircuitBreakers.Line(provider: "p", model: "n", key: "k")

    private func failure(
        _ reason: ProviderFailure.Reason,
        retryAfter: Duration? = nil
    ) -> ProviderFailure {
        ProviderFailure(.notSent, reason, retryAfter: retryAfter, message: "x")
    }

    @Test func `a refused key is left alone for all models, then probed once`() {
        let breakers = CircuitBreakers()
        #expect(breakers.admit(line, at: at(0)) == .pass)
        breakers.failed(line, failure(.unauthorized), at: at(0))
        #expect(breakers.admit(other, at: at(299)) == .refused(until: at(300)))
        #expect(breakers.admit(line, at: at(300)) == .probe)
        #expect(breakers.admit(other, at: at(301)) == .refused(until: at(330)))
        breakers.began(line)
        #expect(breakers.admit(other, at: at(302)) == .pass)
    }

    @Test func `a refused key is told of once for each time that it is left alone`() {
        let breakers = CircuitBreakers()
        var refusal = failure(.unauthorized)
        refusal.status = 402
        for _ in 1...2 { _ = breakers.admit(line, at: at(0)) }
        // Two calls were on their way.
        for _ in 1...2 { breakers.failed(line, refusal, at: at(0)) }
        let told = breakers.takeRefusals()
        #expect(told.map(\.status) == [402])
        #expect(told.map(\.provider) == [line.provider] && told.map(\.model) == [line.model])
        #expect(breakers.takeRefusals().isEmpty)
        #expect(breakers.closedUntil(other, at: at(1)) == at(300))
        #expect(breakers.admit(line, at: at(300)) == .probe)
        breakers.failed(line, refusal, at: at(301))
        #expect(breakers.takeRefusals().count == 1)
        #expect(breakers.closedUntil(line, at: at(302)) == at(601))
        #expect(breakers.closedUntil(line, at: at(601)) == nil)
    }

    @Test func `failures of one model leave the others open`() {
        let breakers = CircuitBreakers()
        for _ in 0..<5 {
            _ = breakers.admit(line, at: at(0))
            breakers.failed(line, failure(.broken), at: at(0))
        }
        #expect(breakers.admit(line, at: at(1)) == .refused(until: at(30)))
        #expect(breakers.admit(other, at: at(1)) == .pass)
        #expect(breakers.closed(at: at(1)) == [line])
    }

    @Test func `a rate limit closes a line as long as the provider wishes, within reason`() {
        let breakers = CircuitBreakers()
        _ = breakers.admit(line, at: at(0))
        breakers.failed(line, failure(.rateLimited, retryAfter: .seconds(7)), at: at(0))
        #expect(breakers.admit(line, at: at(6)) == .refused(until: at(7)))
        #expect(breakers.admit(line, at: at(7)) == .probe)
        breakers.failed(line, failure(.rateLimited, retryAfter: .seconds(9_000)), at: at(7))
        #expect(breakers.admit(line, at: at(8)) == .refused(until: at(67)))
    }

    @Test(arguments: [ProviderFailure.Reason.badRequest, .unknownModel, .tooLong, .cancelled])
    func `what is the caller's own fault opens nothing`(reason: ProviderFailure.Reason) {
        let breakers = CircuitBreakers()
        for _ in 0..<9 {
            _ = breakers.admit(line, at: at(0))
            breakers.failed(line, failure(reason), at: at(0))
        }
        #expect(breakers.admit(line, at: at(1)) == .pass)
    }
}
