import Domain
import Fixtures
import FoundationEssentials
import Operations
import Postgres
import Testing

@Suite struct PriceTests {
    private static let model = "offline/search"

    /// The price that the migration wrote, with another input.
    private static func price(_ input: Int64 = 150_000) throws -> PriceAmounts {
        try PriceAmounts(
            input: input,
            output: 600_000,
            cached: 75_000,
            cacheWrite: 150_000,
            reasoning: 600_000
        )
    }

    @Test func `a price holds from its moment on and is recorded`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let set = SetPrice(fixture.environment)
            let outcome = try await set(Self.model, Self.price(300_000), from: nil, by: root)
            guard case .published(let version) = outcome else { return #expect(Bool(false)) }
            #expect(version.price.input == 300_000)
            #expect(version.createdBy == root.user)
            let models = try await ListModels(fixture.environment)(by: root)
            #expect(models.first { $0.id == Self.model }?.price == version.price)
            let list = ListPrices(fixture.environment)
            let page = try await list(of: Self.model, page: PageRequest(limit: 1), by: root)
            #expect(page.items == [version])
            let next = try PageRequest(limit: 1, after: page.next)
            let older = try await list(of: Self.model, page: next, by: root)
            #expect(older.items.map(\.price.input) == [150_000])
            #expect(older.next == nil)
            #expect(try await fixture.platformActions("ai.price") == ["ai.price_published"])
            let verdict = try await VerifyPlatformChain(fixture.environment)(by: root)
            #expect(verdict.fault == nil)
        }
    }

    @Test func `planned steps do not add up to a leap`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let set = SetPrice(fixture.environment)
            let now = try #require(Instant(rfc3339: "2030-01-01T00:00:00Z"))
            let soon = now.advanced(by: .seconds(86_400))
            let later = now.advanced(by: .seconds(3 * 86_400))
            let first = try await set(Self.model, Self.price(1_350_000), from: soon, by: root)
            guard case .published = first else { return #expect(Bool(false)) }
            let second = try await set(Self.model, Self.price(12_150_000), from: later, by: root)
            guard case .proposed = second else { return #expect(Bool(false)) }
        }
    }

    @Test func `more than ten times takes two operators`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let second = try await fixture.makeOperator("second@ghostworks.test")
            let outcome = try await SetPrice(fixture.environment)(
                Self.model,
                Self.price(1_500_001),
                from: nil,
                by: root
            )
            guard case .proposed(let proposal) = outcome else { return #expect(Bool(false)) }
            let prices = ListPrices(fixture.environment)
            #expect(
                try await prices(of: Self.model, page: PageRequest(), by: root).items.count == 1
            )
            let decide = DecidePrice(fixture.environment)
            let own = await #expect(throws: DomainError.self) {
                try await decide(proposal.id, approves: true, by: root)
            }
            #expect(own?.code == .permissionDenied)
            let decided = try await decide(proposal.id, approves: true, by: second)
            #expect(decided.decidedBy == second.user)
            let newest = try await prices(of: Self.model, page: PageRequest(), by: root).items[0]
            #expect(newest.price.input == 1_500_001)
            #expect(newest.createdBy == root.user)
            #expect(newest.approvedBy == second.user)
            let again = await #expect(throws: DomainError.self) {
                try await decide(proposal.id, approves: false, by: second)
            }
            #expect(again?.code == .notPending)
            #expect(
                try await fixture.platformActions("ai.price")
                    == ["ai.price_proposed", "ai.price_published"]
            )
        }
    }

    /// Two steps of nine times each would be eighty-one times.
    @Test func `small steps within a day do not add up to a large one`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let set = SetPrice(fixture.environment)
            _ = try await set(Self.model, Self.price(1_350_000), from: nil, by: root)
            let second = try await set(Self.model, Self.price(12_150_000), from: nil, by: root)
            guard case .proposed(let proposal) = second else { return #expect(Bool(false)) }
            let decide = DecidePrice(fixture.environment)
            let rejected = try await decide(proposal.id, approves: false, by: root)
            #expect(rejected.status == .rejected)
            let list = ListPriceProposals(fixture.environment)
            #expect(try await list(decidedToo: false, page: PageRequest(), by: root).items.isEmpty)
            let all = try await list(decidedToo: true, page: PageRequest(), by: root).items
            #expect(all == [rejected])
        }
    }

    @Test func `the past stays as it was`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let set = SetPrice(fixture.environment)
            let past = await #expect(throws: DomainError.self) {
                try await set(
                    Self.model,
                    Self.price(),
                    from: Instant(rfc3339: "2026-01-01"),
                    by: root
                )
            }
            #expect(past?.code == .validationError)
            let moment = try #require(Instant(rfc3339: "2099-01-01"))
            _ = try await set(Self.model, Self.price(200_000), from: moment, by: root)
            let taken = await #expect(throws: DomainError.self) {
                try await set(Self.model, Self.price(210_000), from: moment, by: root)
            }
            #expect(taken?.code == .versionExists)
            let models = try await ListModels(fixture.environment)(by: root)
            #expect(models.first { $0.id == Self.model }?.price?.input == 150_000)
        }
    }

    @Test func `models are added, disabled and named by members while active`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let environment = fixture.environment
            _ = try await AddProvider(environment)(
                id: "acme-ai",
                name: nil,
                kind: .openai,
                by: root
            )
            let new = try NewModel(
                id: "acme-ai/large",
                provider: "acme-ai",
                name: "Large",
                contextTokens: 100,
                maxOutputTokens: 50
            )
            let added = try await AddModel(environment)(new, by: root)
            #expect(added.price == nil)
            #expect(try await ListModels(environment)(by: acme.owner).contains(added))
            let twice = await #expect(throws: DomainError.self) {
                try await AddModel(environment)(new, by: root)
            }
            #expect(twice?.code == .versionExists)
            let set = SetModelStatus(environment)
            #expect(try await set(new.id, .disabled, by: root).status == .disabled)
            #expect(try await set(new.id, .disabled, by: root).status == .disabled)
            #expect(try await !ListModels(environment)(by: acme.owner).contains { $0.id == new.id })
            let missing = await #expect(throws: DomainError.self) {
                try await set("none/such", .active, by: root)
            }
            #expect(missing?.code == .notFound)
            let setProvider = SetProviderStatus(environment)
            for _ in 1...2 {
                #expect(
                    try await setProvider("acme-ai", .disabled, by: root).status == .disabled
                )
            }
            // Its models are out of use, too, and keep their own status for later.
            #expect(try await set(new.id, .active, by: root).status == .disabled)
            #expect(try await setProvider("acme-ai", .active, by: root).status == .active)
            #expect(try await ListModels(environment)(by: acme.owner).contains { $0.id == new.id })
            let unknown = await #expect(throws: DomainError.self) {
                try await setProvider("none", .active, by: root)
            }
            #expect(unknown?.code == .notFound)
            #expect(
                try await fixture.platformActions("ai.")
                    == [
                        "ai.provider_added", "ai.model_added", "ai.model_disabled",
                        "ai.provider_disabled", "ai.model_active", "ai.provider_active",
                    ]
            )
        }
    }

    @Test func `support and members publish nothing`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let support = try await fixture.makeOperator("s@ghostworks.test", role: .support)
            for caller in [support, acme.owner.caller] {
                let error = await #expect(throws: DomainError.self) {
                    try await SetPrice(fixture.environment)(
                        Self.model,
                        Self.price(),
                        from: nil,
                        by: caller
                    )
                }
                #expect(error?.code == .permissionDenied)
            }
        }
    }

    /// What the functions refuse, the tables refuse as well.
    @Test(arguments: [
        "UPDATE ai_price_versions SET input_pico = 10000000001",
        """
        INSERT INTO ai_price_versions (model_id, effective_from, input_pico, output_pico,
            cached_pico, cache_write_pico, reasoning_pico, created_by, approved_by)
        VALUES ('offline/search', '2030-01-01', 1, 1, 1, 1, 1,
            '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000001')
        """,
    ])
    func `a price beyond the bounds cannot be stored`(statement: String) async throws {
        try await Fixture.with { fixture in
            await #expect(throws: PostgresError.self) {
                try await fixture.migrated.admin("\(unsafe: statement)")
            }
        }
    }
}
