import Fixtures
import Postgres
import Support
import Synchronization
import Testing

/// F5: backends that die under the reads of two tenants.
@Suite struct TerminationStormTests {
    private static let kills = FaultScale.choose(40, full: 600)
    private static let least = Duration.seconds(FaultScale.choose(0, full: 60))
    private static let size = 4

    @Test func `a storm of terminations shows nobody anything of another tenant`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            _ = try await fixture.makeTenant("acme", by: root)
            _ = try await fixture.makeTenant("bold", by: root)
            let pool = ConnectionPool.Settings(maximum: Self.size)
            try await Service.run(fixture, pool: pool) { service in
                let acme = try await Reader(service, own: "acme", foreign: "bold")
                let bold = try await Reader(service, own: "bold", foreign: "acme")
                let storm = Storm()
                let mistakes = try await withThrowingTaskGroup(of: [String].self) { group in
                    for number in 0..<6 {
                        let reader = number.isMultiple(of: 2) ? acme : bold
                        let foreign = number.isMultiple(of: 2) ? bold.item : acme.item
                        group.addTask {
                            await onThread { reader.read(until: storm, foreign: foreign) }
                        }
                    }
                    defer { storm.end() }
                    try await Self.kill(fixture.migrated, storm)
                    storm.end()
                    return try await group.reduce(into: []) { $0 += $1 }
                }
                #expect(mistakes == [])
                #expect(storm.unavailable.count > 0, "no kill hit a request")
                // The whole pool comes back.
                #expect(try await service.checkPools(of: Self.size))
            }
        }
    }

    /// Kills one backend of the service after the other; each time some answers are right again.
    private static func kill(_ database: MigratedDatabase, _ storm: Storm) async throws {
        let killer = try await PostgresConnection.connect(
            database.cluster.settings(database: database.name)
        )
        let start = ContinuousClock.now
        var killed = 0
        while killed < kills || ContinuousClock.now - start < least {
            let rows = try await killer.query(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database()
                    AND application_name = \(Service.applicationName)
                ORDER BY state = 'active' DESC, random() LIMIT 1
                """
            )
            killed += rows.count
            let before = storm.answered.count
            try await eventually { storm.answered.count >= before + 4 }
        }
        await killer.close()
    }
}

/// What the readers and the killer know of each other.
private final class Storm: Sendable {
    /// Answers with rows.
    let answered = Tally()
    let unavailable = Tally()
    private let isOver = Atomic(false)

    var goesOn: Bool { !isOver.load(ordering: .acquiring) }

    func end() {
        isOver.store(true, ordering: .releasing)
    }
}

/// One tenant's client and what it must and must not see.
private struct Reader: Sendable {
    let client: Client
    let own: String
    let foreign: String
    /// The address of an artifact of its own.
    let item: String

    init(_ service: Service, own: String, foreign: String) async throws {
        client = try await service.signIn("owner@\(own).test", workspace: own)
        self.own = "canary-of-\(own)"
        self.foreign = "canary-of-\(foreign)"
        let made = try await client.send(client.creation(self.own, key: "canary"))
        item = "/api/v1/artifacts/\(try made.text("id"))"
    }

    /// Reads until the storm is over.
    ///
    /// - Returns: the answers that should not have been.
    func read(until storm: Storm, foreign address: String) -> [String] {
        var mistakes: [String] = []
        var connection = client.connect()
        let questions = ["/api/v1/artifacts", item, address, "/api/v1/artifacts/search?q=canary"]
        while storm.goesOn, mistakes.count < 5 {
            for path in questions {
                let outcome = connection?.ask(client.ask("GET", path)) ?? .refused
                guard case .reply(let reply) = outcome else {
                    mistakes.append("\(outcome)")
                    connection = client.connect()
                    continue
                }
                if reply.isUnavailable {
                    storm.unavailable.add()
                } else if isRight(reply, missing: path == address) {
                    storm.answered.add()
                } else {
                    mistakes.append("\(path): \(reply)")
                }
            }
        }
        return mistakes
    }

    private func isRight(_ reply: HTTPReply, missing: Bool) -> Bool {
        guard !reply.text.contains(foreign) else { return false }
        return missing ? reply.status == 404 : reply.status == 200 && reply.text.contains(own)
    }
}
