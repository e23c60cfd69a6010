import Domain
import Fixtures
import Operations
import Postgres
import Storage
import Support
import Testing

/// Holds and settlements whose outcome nobody learns.
@Suite struct LostHoldTests {
    @Test func `a hold that nobody heard of is given back with a later sign of life`()
        async throws
    {
        try await LedgerHouse.with { house in
            let tokens = try await house.budget(.tokens, hard: 100_000)
            try await house.throughProxy { environment, proxy in
                // The connection is open and knows the statements.
                guard case .held(let warm) = try await ReserveCall(environment)(house.draft())
                else {
                    Issue.record("nothing was held")
                    return
                }
                try await ReleaseCall(environment)(warm)
                proxy.cutNextAnswer()
                let draft = house.draft(key: "k")
                let lost = await #expect(throws: DomainError.self) {
                    _ = try await ReserveCall(environment)(draft)
                }
                #expect(lost?.code == .budgetUnavailable)
                // It was committed all the same.
                #expect(try await house.books(tokens).held == 1_500)
                #expect(environment.calls.ids == [draft.id])

                proxy.heal()
                try await BeatHeart(environment)()
                #expect(try await house.books(tokens) == .init(used: 0, held: 0))
                #expect(environment.calls.ids == [])
                // The key is free again.
                guard case .held = try await ReserveCall(environment)(house.draft(key: "k")) else {
                    Issue.record("the key stands for a call that was never made")
                    return
                }
                #expect(try await house.differences() == [])
            }
        }
    }

    @Test func `a settlement that nobody heard of charges once`() async throws {
        try await LedgerHouse.with { house in
            let cost = try await house.budget(.cost, hard: 10_000_000)
            try await house.throughProxy { environment, proxy in
                // The connection is open and knows the statements.
                guard case .held(let warm) = try await ReserveCall(environment)(house.draft()),
                    case .held(let ticket) = try await ReserveCall(environment)(
                        house.draft(key: "k")
                    )
                else {
                    Issue.record("nothing was held")
                    return
                }
                _ = try await SettleCall(environment)(warm, house.outcome())
                proxy.cutNextAnswer()
                await #expect(throws: DomainError.self) {
                    _ = try await SettleCall(environment)(ticket, house.outcome())
                }
                // It was committed all the same, by the first of its tries.
                #expect(try await house.books(cost) == .init(used: 420_000, held: 0))
                #expect(environment.calls.ids == [ticket.id])

                proxy.heal()
                try await BeatHeart(environment)()
                #expect(try await house.books(cost) == .init(used: 420_000, held: 0))
                #expect(environment.calls.ids == [])
                #expect(environment.calls.takeRestored().isEmpty)
                #expect(try await house.number("SELECT count(*) AS n FROM ai_usage_log") == 2)
                #expect(try await house.differences() == [])
            }
        }
    }
}

extension LedgerHouse {
    /// Does something with a process that has one connection, which a proxy can cut.
    fileprivate func throughProxy(
        _ work: (Operations.Environment, FaultProxy) async throws -> Void
    ) async throws {
        let proxy = try FaultProxy(to: fixture.migrated.cluster.settings)
        defer { proxy.stop() }
        let database = Service.database(
            fixture.migrated,
            through: proxy,
            pool: .init(maximum: 1, acquireTimeout: .seconds(5), deadline: .seconds(5))
        )
        try await work(environment.with(database), proxy)
        await database.writer.close()
        await database.reader.close()
    }
}

extension FaultProxy {
    /// The server does what it is asked next, and nobody hears of it.
    fileprivate func cutNextAnswer() {
        var fault = Fault()
        fault.cutAtReadyForQuery = 1
        set(fault)
    }
}
