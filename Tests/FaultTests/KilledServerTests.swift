import Domain
import Fixtures
import Operations
import Postgres
import Support
import Synchronization
import Testing

/// F1, and what else a killed database server must not do.
@Suite(.serialized) struct KilledServerTests {
    /// Not the shared server: others would die with it.
    private static let cluster = Task { try await TestCluster.start() }

    @Test func `nothing acknowledged is lost when the server is killed`() async throws {
        let cluster = try await Self.cluster.value
        try await Fixture.with(on: cluster) { fixture in
            let acme = try await fixture.makeTenant(by: fixture.makeOperator())
            try await Service.run(fixture) { service in
                let client = try await service.signIn("owner@acme.test", workspace: "acme")
                var acknowledged: Set<String> = []
                for cycle in 1...FaultScale.choose(2, full: 5) {
                    let writers = Writers(client: client, count: 6, cycle: cycle)
                    let (made, broken) = try await writers.run { cluster.kill9() }
                    acknowledged.formUnion(made)
                    #expect(broken.count == writers.count)
                    for (_, outcome) in broken {
                        guard case .reply(let reply) = outcome else {
                            Issue.record("\(outcome)")
                            continue
                        }
                        #expect(reply.isUnavailable, "\(reply)")
                    }
                    #expect(try await client.get("/readyz").status == 503)
                    try await WaitingThreads.run { try cluster.restart() }
                    try await eventually { try await client.get("/readyz").status == 200 }

                    let stored = Set(try await fixture.migrated.storedNames())
                    #expect(acknowledged.subtracting(stored) == [])
                    let surplus = stored.subtracting(acknowledged)
                    #expect(surplus.isSubset(of: broken.map(\.key)))

                    for (key, _) in broken {
                        let first = try await client.send(client.creation(key, key: key))
                        let second = try await client.send(client.creation(key, key: key))
                        #expect(first.status == 201, "\(first)")
                        #expect(try first.text("id") == second.text("id"))
                        acknowledged.insert(key)
                    }
                    #expect(try await fixture.migrated.storedNames().count == acknowledged.count)
                }
                #expect(try await service.checkPools(of: 4))
            }
            #expect(try await VerifyChain(fixture.environment)(by: acme.owner).fault == nil)
            #expect(try await fixture.migrated.misrecorded() == 0)
        }
    }

    @Test func `a change that the server dies in never happened`() async throws {
        let cluster = try await Self.cluster.value
        try await Fixture.with(on: cluster) { fixture in
            let acme = try await fixture.makeTenant(by: fixture.makeOperator())
            // The change must not be given up before the server dies.
            let pool = ConnectionPool.Settings(maximum: 4, deadline: .seconds(60))
            try await Service.run(fixture, pool: pool) { service in
                let client = try await service.signIn("owner@acme.test", workspace: "acme")
                let made = try await client.send(client.creation("before", key: "made"))
                let path = "/api/v1/artifacts/\(try made.text("id"))"
                let change = client.ask(
                    "PATCH",
                    path,
                    headers: ["If-Match": "\"v1\""],
                    body: #"{"name":"after"}"#
                )
                // The change is sent and waits for the head of the trail, before its COMMIT.
                let blocker = try await PostgresConnection.connect(
                    cluster.settings(database: fixture.migrated.name)
                )
                try await blocker.execute(script: "BEGIN; SELECT FROM tenant_heads FOR UPDATE")
                async let outcome = client.outcome(change)
                try await eventually {
                    try await !fixture.migrated.admin(
                        """
                        SELECT FROM pg_stat_activity WHERE datname = current_database()
                            AND usename = 'ghostworks_app' AND wait_event_type = 'Lock'
                        """
                    ).isEmpty
                }
                cluster.kill9()
                let broken = await outcome
                #expect(broken.status == 503, "\(broken)")
                try await WaitingThreads.run { try cluster.restart() }
                try await eventually { try await client.get("/readyz").status == 200 }

                let still = try await client.get(path)
                #expect(try still.text("name") == "before")
                #expect(still.headers["etag"] == "\"v1\"")
                #expect(try await client.send(change).status == 200)
                await blocker.close()
            }
            #expect(try await VerifyChain(fixture.environment)(by: acme.owner).fault == nil)
        }
    }
}

/// Clients that make artifacts until they get an answer that is none.
private struct Writers: Sendable {
    typealias Broken = (key: String, outcome: HTTPOutcome)

    let client: Client
    let count: Int
    let cycle: Int

    /// How many acknowledgements there are before the fault.
    private let enough = 60

    /// Writes, makes the fault happen under the load, and waits until every writer has met it.
    ///
    /// - Returns: the keys acknowledged, and each writer's last request with what became of it.
    func run(_ fault: () -> Void) async throws -> (made: [String], broken: [Broken]) {
        let tally = Tally()
        return try await withThrowingTaskGroup(of: ([String], Broken).self) { group in
            for number in 1...count {
                group.addTask { await onThread { write(number, tally) } }
            }
            // The fault is also what ends the writers.
            do {
                try await eventually { tally.count >= enough }
            } catch {
                fault()
                throw error
            }
            fault()
            return try await group.reduce(into: ([], [])) { sums, next in
                sums.0 += next.0
                sums.1.append(next.1)
            }
        }
    }

    private func write(_ number: Int, _ tally: Tally) -> ([String], Broken) {
        var made: [String] = []
        var connection = client.connect()
        while true {
            let key = "c\(cycle)-w\(number)-\(made.count)"
            let outcome = connection?.ask(client.creation(key, key: key)) ?? .refused
            guard outcome.status == 201 else { return (made, (key, outcome)) }
            made.append(key)
            tally.add()
            if made.count % 50 == 0 { connection = client.connect() }
        }
    }
}

/// A count that several threads add to.
final class Tally: Sendable {
    private let value = Atomic(0)

    var count: Int { value.load(ordering: .acquiring) }

    func add() {
        value.add(1, ordering: .acquiringAndReleasing)
    }
}
