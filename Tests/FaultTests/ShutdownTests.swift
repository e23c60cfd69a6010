import Fixtures
import HTTPAPI
import ServiceLifecycle
import Support
import Testing

/// F25: the service is told to stop while many use it.
@Suite struct ShutdownTests {
    /// Each connection of one client sends one request behind the other.
    private struct Load: Sendable {
        var acknowledged: [String] = []
        /// Answers that are neither right nor absent.
        var failures: [String] = []
    }

    /// So long that its end would be seen.
    private static let drain = Duration.seconds(120)

    @Test func `no accepted request fails when the service stops`() async throws {
        try await Fixture.with { fixture in
            _ = try await fixture.makeTenant(by: fixture.makeOperator())
            var deadlines = APIDeadlines.patient
            deadlines.drain = Self.drain
            var loads: [Load] = []
            var told = ContinuousClock.now
            try await Service.run(fixture, deadlines: deadlines) { service in
                let client = try await service.signIn("owner@acme.test", workspace: "acme")
                let tally = Tally()
                loads = try await withThrowingTaskGroup(of: Load.self) { group in
                    for number in 1...8 {
                        group.addTask { await onThread { Self.load(client, number, tally) } }
                    }
                    let enough = FaultScale.choose(100, full: 5_000)
                    // Only the end of the service ends the load.
                    await #expect(throws: Never.self) {
                        try await eventually(within: .seconds(60)) { tally.count >= enough }
                    }
                    told = .now
                    await service.group.triggerGracefulShutdown()
                    return try await group.reduce(into: []) { $0.append($1) }
                }
            }
            #expect(ContinuousClock.now - told < Self.drain)
            #expect(loads.flatMap(\.failures) == [])
            // What was done was also answered: nobody's request fell between.
            let stored = try await fixture.migrated.storedNames()
            #expect(stored.sorted() == loads.flatMap(\.acknowledged).sorted())
            #expect(try await fixture.migrated.misrecorded() == 0)
        }
    }

    /// Makes artifacts until nobody listens any more.
    private static func load(_ client: Client, _ number: Int, _ tally: Tally) -> Load {
        var load = Load()
        var count = 0
        while let connection = client.connect() {
            var isOpen = true
            while isOpen {
                count += 1
                let name = "load-\(number)-\(count)"
                switch connection.ask(client.creation(name, key: name)) {
                case .reply(let reply) where reply.status == 201:
                    load.acknowledged.append(name)
                    tally.add()
                    isOpen = reply.headers["connection"] != "close"
                case .refused, .unanswered:
                    isOpen = false
                case let outcome:
                    load.failures.append("\(outcome)")
                    isOpen = false
                }
            }
        }
        return load
    }
}
