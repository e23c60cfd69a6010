import Fixtures
import Operations
import Postgres
import Storage
import Support
import Testing

/// F3 and F4: the line between the API and its database.
@Suite struct BrokenLineTests {
    enum Line: CaseIterable {
        case slow, trickling, cut, dead

        var fault: FaultProxy.Fault {
            var fault = FaultProxy.Fault()
            switch self {
            case .slow: fault.delay = .milliseconds(200)
            case .trickling: fault.bytesPerSecond = 1_000
            case .cut: fault.cutAfterBytes = 10
            case .dead: fault.isBlackHole = true
            }
            return fault
        }

        /// The product's, but where the deadline is sure to pass, the short form does not wait, and
        /// where none may pass the machine may be slow as well.
        var deadline: Duration {
            self == .slow ? .seconds(30) : FaultScale.isFull ? .seconds(5) : .milliseconds(700)
        }
    }

    @Test(arguments: Line.allCases)
    func `a bad line is answered in time and forgotten when it heals`(line: Line) async throws {
        try await Self.run(deadline: line.deadline) { fixture, service, proxy in
            let client = try await service.signIn("owner@acme.test", workspace: "acme")
            let large = String(repeating: "x", count: 30_000)
            let made = try await client.send(
                client.creation("large", key: "large", description: large)
            )
            let read = client.ask("GET", "/api/v1/artifacts/\(try made.text("id"))")
            #expect(try await service.checkPools(of: 2))
            _ = try await client.send(read)

            proxy.set(line.fault)
            let start = ContinuousClock.now
            async let reading = client.send(read)
            async let writing = client.send(client.creation("under fault", key: "fault"))
            let (first, second) = try await (reading, writing)
            // Nobody else's deadline: the API's own is two minutes here.
            #expect(ContinuousClock.now - start < line.deadline + .seconds(60))
            switch line {
            case .slow:
                #expect(first.status == 200)
                #expect(second.status == 201)
            case .trickling:
                // The small answer to a write may arrive.
                #expect(first.isUnavailable, "\(first)")
                #expect(second.status == 201 || second.isUnavailable, "\(second)")
            case .cut, .dead:
                #expect(first.isUnavailable, "\(first)")
                #expect(second.isUnavailable, "\(second)")
            }
            #expect(first.problem != "outcome_unknown", "a read has no outcome to know")

            proxy.heal()
            #expect(try await client.send(read).status == 200)
            let again = try await client.send(client.creation("under fault", key: "fault"))
            #expect(again.status == 201, "\(again)")
            #expect(try await fixture.migrated.storedNames().sorted() == ["large", "under fault"])
            #expect(try await fixture.migrated.misrecorded() == 0)
            #expect(try await service.checkPools(of: 2))
            let lost = await service.database.reader.metrics().discarded
            #expect(line == .slow ? lost == 0 : lost > 0)
        }
    }

    @Test func `connections that were reset while nobody used them are replaced unseen`()
        async throws
    {
        try await Self.run(deadline: .seconds(5)) { fixture, service, proxy in
            let client = try await service.signIn("owner@acme.test", workspace: "acme")
            let made = try await client.send(client.creation("one", key: "one"))
            #expect(try await service.checkPools(of: 2))
            proxy.reset()
            // The proxy resets the client's end before the server's.
            try await eventually {
                try await fixture.migrated.admin(
                    """
                    SELECT FROM pg_stat_activity WHERE datname = current_database()
                        AND application_name = \(Service.applicationName)
                    """
                ).isEmpty
            }
            let read = try await client.get("/api/v1/artifacts/\(made.text("id"))")
            #expect(read.status == 200, "\(read)")
            #expect(try await client.send(client.creation("two", key: "two")).status == 201)
            #expect(try await service.checkPools(of: 2))
        }
    }

    /// The key's claim is the first round trip, the artifact with its COMMIT is the second.
    @Test(arguments: [(1, "unavailable", 0), (2, "outcome_unknown", 1)])
    func `an answer lost at COMMIT is found again under its key`(
        cut: Int,
        problem: String,
        stored: Int
    ) async throws {
        try await Self.run(deadline: .seconds(5)) { fixture, service, proxy in
            let client = try await service.signIn("owner@acme.test", workspace: "acme")
            // Both connections of the writer are open and know the statements.
            _ = try await client.send(client.creation("warm", key: "warm"))
            let creation = client.creation("canary", key: "key")
            var fault = FaultProxy.Fault()
            fault.cutAtReadyForQuery = cut
            proxy.set(fault)
            let lost = try await client.send(creation)
            proxy.heal()
            #expect(lost.status == 503)
            #expect(lost.problem == problem)
            let names = try await fixture.migrated.storedNames()
            #expect(names.filter { $0 == "canary" }.count == stored)

            let again = try await client.send(creation)
            let third = try await client.send(creation)
            #expect(again.status == 201, "\(again)")
            #expect(try again.text("id") == third.text("id"))
            #expect(try again.text("name") == "canary")
            let after = try await fixture.migrated.storedNames()
            #expect(after.filter { $0 == "canary" }.count == 1)
            #expect(try await fixture.migrated.misrecorded() == 0)
        }
    }

    /// Runs a body with a tenant `acme` and a service that reaches its database over a proxy.
    private static func run(
        deadline: Duration,
        _ body: (Fixture, Service, FaultProxy) async throws -> Void
    ) async throws {
        try await Fixture.with { fixture in
            _ = try await fixture.makeTenant(by: fixture.makeOperator())
            let proxy = try FaultProxy(to: fixture.migrated.cluster.settings)
            defer { proxy.stop() }
            let pool = ConnectionPool.Settings(maximum: 2, deadline: deadline)
            try await Service.run(fixture, through: proxy, pool: pool) { service in
                try await body(fixture, service, proxy)
            }
        }
    }
}
