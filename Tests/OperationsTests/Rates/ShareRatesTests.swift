import Domain
import Fixtures
import FoundationEssentials
import Postgres
import Storage
import Support
import Synchronization
import Testing

@testable import Operations

@Suite struct ShareRatesTests {
    private static let second: Int64 = 1_000_000_000

    private static func limits(signIn: Int = 2) -> RateLimits {
        RateLimits(
            address: RateLimit(count: 100, window: .seconds(1_000)),
            signIn: RateLimit(count: signIn, window: .seconds(1_000))
        )
    }

    private static func take(_ gate: RateGate, _ times: Int = 1) -> Int {
        (0..<times).count { _ in
            let check = RateCheck(.address("192.0.2.1"), gate.limits.address)
            return gate.take([check])?.decision.isAllowed == true
        }
    }

    @Test func `a process learns what another let through, and refuses with it`() async throws {
        try await Fixture.with { fixture in
            let share = ShareRates(fixture.environment)
            let gates = (0..<2).map { _ in RateGate(Self.limits()) { 0 } }
            #expect(Self.take(gates[0], 60) == 60)
            #expect(Self.take(gates[1], 60) == 60)
            for gate in gates { _ = try await share(gate) }
            #expect(Self.take(gates[1]) == 0)
            // The first one told before the second did: it learns when it has something to tell.
            #expect(Self.take(gates[0]) == 1)
            _ = try await share(gates[0])
            #expect(Self.take(gates[0]) == 0)
        }
    }

    @Test func `what fills no bucket by a quarter is not told`() async throws {
        try await Fixture.with { fixture in
            let share = ShareRates(fixture.environment)
            let gate = RateGate(Self.limits()) { 0 }
            #expect(Self.take(gate, 24) == 24)
            #expect(try await share(gate) == 0)
            #expect(Self.take(gate) == 1)
            #expect(try await share(gate) == 1)
            let rows = try await fixture.migrated.admin("SELECT bucket::text FROM rate_limits")
            #expect(rows.count == 1)
        }
    }

    @Test func `what is empty again is forgotten`() async throws {
        try await Fixture.with { fixture in
            let gate = RateGate(Self.limits())
            _ = Self.take(gate, 50)
            _ = try await ShareRates(fixture.environment)(gate)
            try await ForgetRates(fixture.environment)()
            #expect(try await fixture.migrated.admin("SELECT FROM rate_limits").count == 1)
            _ = try await fixture.migrated.admin("UPDATE rate_limits SET empty_at = 'epoch'")
            try await ForgetRates(fixture.environment)()
            #expect(try await fixture.migrated.admin("SELECT FROM rate_limits").isEmpty)
        }
    }

    @Test func `sign-in is limited across processes, with no second's grace`() async throws {
        try await Fixture.with { fixture in
            let admit = AdmitSignIn(fixture.environment)
            let gates = (0..<4).map { _ in RateGate(Self.limits(signIn: 2)) }
            _ = try await admit("192.0.2.1", gates[0])
            _ = try await admit("192.0.2.1", gates[1])
            for gate in gates {
                let decision = try await admit("192.0.2.1", gate)?.decision
                #expect(decision?.isAllowed == false && decision?.remaining == 0)
                #expect(try #require(decision).retryAfter > .zero)
            }
            _ = try await admit("192.0.2.2", gates[0])
        }
    }

    @Test func `a try counts once, however often processes tell each other`() async throws {
        try await Fixture.with { fixture in
            let admit = AdmitSignIn(fixture.environment)
            let gate = RateGate(Self.limits(signIn: 8))
            for _ in 0..<8 {
                #expect(try await admit("192.0.2.1", gate)?.decision.isAllowed == true)
                _ = try await ShareRates(fixture.environment)(gate)
            }
            #expect(try await admit("192.0.2.1", gate)?.decision.isAllowed == false)
        }
    }

    /// Many at once get exactly as many places as there are: the table decides.
    @Test func `a race for five tries has five winners`() async throws {
        try await Fixture.with { fixture in
            let admit = AdmitSignIn(fixture.environment)
            let won = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<30 {
                    group.addTask {
                        let gate = RateGate(Self.limits(signIn: 5))
                        return (try? await admit("192.0.2.1", gate))?.decision.isAllowed == true
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(won == 5)
        }
    }

    @Test func `without the database reads go on and nobody signs in`() async throws {
        try await Fixture.with { fixture in
            let gate = RateGate(Self.limits())
            await fixture.environment.database.writer.close()
            let error = await #expect(throws: DomainError.self) {
                try await AdmitSignIn(fixture.environment)("192.0.2.1", gate)
            }
            #expect(error?.code == .unavailable)
            #expect(Self.take(gate, 50) == 50)
            let share = ShareRates(fixture.environment)
            await #expect(throws: DomainError.self) { try await share(gate) }
            // What could not be told is told later.
            #expect(gate.unsent(atMost: 10).values.first == 500 * Self.second)
        }
    }

    @Test func `time lets more through, by the gate's own clock`() {
        let clock = Mutex(Int64(0))
        let gate = RateGate(Self.limits()) { clock.withLock { $0 } }
        #expect(Self.take(gate, 101) == 100)
        clock.withLock { $0 = 10 * Self.second }
        #expect(Self.take(gate, 3) == 1)
    }
}
