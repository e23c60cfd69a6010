import Domain
import Fixtures
import Operations
import Postgres
import Storage
import Support
import Synchronization
import Testing

/// How often a call asks the database before it asks a model.
@Suite struct CallRoundTripTests {
    private static let question = [ChatMessage(.user, "What is it?")]

    @Test(arguments: [(Duration.zero, 2), (.seconds(3_600), 1)])
    func `a model that was seen a moment ago is asked after the hold's own round trip`(
        memory: Duration,
        trips: Int
    ) async throws {
        try await Fixture.with { fixture in
            let proxy = try FaultProxy(to: fixture.migrated.cluster.settings)
            defer { proxy.stop() }
            let asked = Mutex(proxy.traffic)
            let script: ModelServer.Script = { _, _ in
                asked.withLock { $0 = proxy.traffic }
                return ModelServer.answer(["Hello"])
            }
            try await fixture.withModel(script: script) { fixture, _ in
                let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
                let database = Service.database(
                    fixture.migrated,
                    through: proxy,
                    pool: .init(maximum: 1)
                )
                let environment = fixture.environment
                    .with(ChatDesk(memory: memory))
                    .with(database)
                // The connections learn the statements by the first calls.
                var seen: [Int] = []
                for _ in 0..<4 {
                    let before = proxy.traffic
                    try await Self.ask(environment, acme)
                    seen.append((asked.withLock { $0 } - before).roundTrips)
                }
                #expect(seen.last == trips, "\(seen)")
                await database.writer.close()
                await database.reader.close()
            }
        }
    }

    private static func ask(_ environment: Environment, _ acme: TestTenant) async throws {
        let order = try ChatOrder(model: .named(Fixture.model), messages: question)
        let reply = try await CompleteChat(environment)(order, by: .member(acme.owner))
        _ = try await reply.answer()
    }
}
