import Domain
import Fixtures
import Operations
import Postgres
import Testing

/// What budgets let through, and what they do about the rest.
@Suite(.withinOneDay) struct LimitTests {
    @Test func `what does not fit is refused, noted, and holds nothing`() async throws {
        try await LedgerHouse.with { house in
            let wide = try await house.budget(.tokens, hard: 10_000)
            let narrow = try await house.budget(.cost, hard: 449_999)
            let error = await #expect(throws: DomainError.self) {
                try await ReserveCall(house.environment)(house.draft(key: "k"))
            }
            #expect(error?.code == .aiBudgetExceeded)
            #expect(error?.kind == .limited(retryAfter: nil))
            #expect(
                error?.message
                    == "The AI budget for costs of the workspace has no room for what this call "
                    + "may take (0.000449999 USD left)."
            )
            #expect(error?.hint?.hasPrefix("It starts anew on 2") == true)
            #expect(try await house.books(wide) == .init(used: 0, held: 0))
            #expect(try await house.books(narrow) == .init(used: 0, held: 0))
            #expect(
                try await house.number(
                    """
                    SELECT count(*) AS n FROM ai_requests AS r
                    JOIN ai_usage_log AS u ON u.request_id = r.id AND u.kind = 'rejected'
                    WHERE r.state = 'rejected' AND r.refused_by = \(narrow.uuid)
                    """
                ) == 1
            )
            // A larger budget lets the same key through.
            try await house.admin("UPDATE ai_budgets SET hard = 450000 WHERE metric = 'cost'")
            #expect(try await house.hold(house.draft(key: "k")) != nil)
            #expect(try await house.differences() == [])
        }
    }

    @Test func `what is left is said to those alone who may look at the budget`() async throws {
        try await LedgerHouse.with { house in
            _ = try await house.budget(.tokens, hard: 1_400)
            let member = try await house.fixture.makeMember(
                "m@acme.test",
                role: .member,
                in: house.tenant
            )
            for (caller, words) in [
                (house.tenant.owner, "what this call may take (1400 tokens left)."),
                (member, "what this call may take."),
            ] {
                let draft = house.draft(by: caller)
                let error = await #expect(throws: DomainError.self) {
                    try await house.reserve(draft)
                }
                #expect(error?.message.hasSuffix(words) == true, "\(error?.message ?? "")")
                #expect(error?.call == draft.id)
            }
        }
    }

    @Test(arguments: Budget.Metric.allCases)
    func `a budget of zero lets nothing through, and says that it is zero`(
        metric: Budget.Metric
    ) async throws {
        try await LedgerHouse.with { house in
            _ = try await house.budget(metric, hard: 0)
            let draft = house.draft(input: 1, output: 1)
            // The same once more, as whoever learns of no outcome asks.
            for _ in 1...2 {
                let error = await #expect(throws: DomainError.self) {
                    try await house.reserve(draft)
                }
                #expect(error?.code == .aiBudgetExceeded)
                let words = metric == .cost ? "costs" : metric.rawValue
                #expect(
                    error?.message
                        == "The AI budget for \(words) of the workspace is 0, "
                        + "so no call is let through."
                )
                #expect(error?.hint == "Somebody who manages budgets can raise it.")
            }
        }
    }

    @Test func `a call falls under the budgets of its scopes and under no other`() async throws {
        try await LedgerHouse.with { house in
            let owner = house.tenant.owner.caller.user.description
            let user = try await house.budget(.requests, hard: 9, scope: .user, of: owner)
            let purpose = try await house.budget(.requests, hard: 9, scope: .purpose, of: "answer")
            let other = try await house.budget(.requests, hard: 0, scope: .purpose, of: "other")
            let search = try await house.budget(
                .requests,
                hard: 9,
                scope: .model,
                of: "offline/search"
            )
            let writer = try await house.budget(
                .requests,
                hard: 9,
                scope: .model,
                of: "offline/writer"
            )
            let both = [LedgerHouse.search, LedgerHouse.writer]
            let ticket = try #require(try await house.hold(house.draft(both)))
            for budget in [user, purpose, search, writer] {
                #expect(try await house.books(budget).held == 1)
            }
            _ = try await SettleCall(house.environment)(
                ticket,
                house.outcome(by: LedgerHouse.writer)
            )
            #expect(try await house.books(search) == .init(used: 0, held: 0))
            for budget in [user, purpose, writer] {
                #expect(try await house.books(budget) == .init(used: 1, held: 0))
            }
            #expect(try await house.books(other) == .init(used: 0, held: 0))
            #expect(try await house.differences() == [])
        }
    }

    @Test func `the dearest of a call's models decides what is held`() async throws {
        try await LedgerHouse.with { house in
            let cost = try await house.budget(.cost, hard: 100_000_000)
            let both = [LedgerHouse.search, LedgerHouse.writer]
            let ticket = try #require(try await house.hold(house.draft(both)))
            #expect(try await house.books(cost).held == 1_000 * 2_500 + 500 * 10_000)
            let estimate = CallEstimate(prices: Array(ticket.prices.values))
            #expect(estimate.ceiling(input: 1_000, output: 500) == 7_500_000)
        }
    }

    @Test func `a budget past its soft limit has the cheapest model answer`() async throws {
        try await LedgerHouse.with { house in
            let cost = try await house.budget(
                .cost,
                hard: 100_000_000,
                soft: 1,
                onSoft: "degrade_model"
            )
            let both = [LedgerHouse.writer, LedgerHouse.search]
            let first = try #require(try await house.hold(house.draft(both)))
            #expect(!first.isDegraded)
            #expect(first.targets == both)
            let second = try #require(try await house.hold(house.draft(both)))
            #expect(second.isDegraded)
            #expect(second.targets == [LedgerHouse.search])
            #expect(try await house.books(cost).held == 7_500_000 + 450_000)
        }
    }

    @Test func `a budget that only the cheapest model fits has it answer`() async throws {
        try await LedgerHouse.with { house in
            _ = try await house.budget(.cost, hard: 450_000, onSoft: "degrade_model")
            let both = [LedgerHouse.writer, LedgerHouse.search]
            let ticket = try #require(try await house.hold(house.draft(both)))
            #expect(ticket.targets == [LedgerHouse.search])
        }
    }

    @Test func `a budget past its soft limit has answers be short`() async throws {
        try await LedgerHouse.with { house in
            _ = try await house.budget(.tokens, hard: 10_000, soft: 1, onSoft: "shorten")
            let first = try #require(try await house.hold(house.draft(output: 800)))
            #expect(first.outputCap == 800)
            let second = try #require(try await house.hold(house.draft(output: 800)))
            #expect(second.isShortened)
            #expect(second.outputCap == 200)
            let third = try #require(try await house.hold(house.draft(output: 100)))
            #expect(third.outputCap == 64)
        }
    }

    @Test(arguments: [(1_200, 200), (1_064, 64), (1_063, nil)] as [(Int64, Int64?)])
    func `a budget that shortens lets through what fits`(
        hard: Int64,
        granted: Int64?
    ) async throws {
        try await LedgerHouse.with { house in
            _ = try await house.budget(.tokens, hard: hard, onSoft: "shorten")
            #expect(try await house.hold(house.draft())?.outputCap == granted)
        }
    }

    @Test func `money that is left decides how short an answer is`() async throws {
        try await LedgerHouse.with { house in
            let cost = try await house.budget(.cost, hard: 210_599, onSoft: "shorten")
            let ticket = try #require(try await house.hold(house.draft()))
            #expect(ticket.outputCap == 100)
            #expect(try await house.books(cost).held == 210_000)
        }
    }

    @Test func `an allowance lets calls pass the hard limit so far and no further`() async throws {
        try await LedgerHouse.with { house in
            _ = try await house.budget(.requests, hard: 2, allowance: 1)
            for _ in 1...3 { #expect(try await house.hold(house.draft()) != nil) }
            #expect(try await house.hold(house.draft()) == nil)
        }
    }

    @Test func `a model without a price is refused where a budget counts money`() async throws {
        try await LedgerHouse.with { house in
            try await house.admin(
                """
                INSERT INTO ai_models (id, provider_id, name, context_tokens, max_output_tokens)
                VALUES ('offline/free', 'offline', 'Free', 4000, 1000)
                """
            )
            let free = CallTarget(provider: "offline", model: "offline/free")
            let tokens = try await house.budget(.tokens, hard: 10_000)
            let ticket = try #require(try await house.hold(house.draft([free])))
            #expect(ticket.prices.isEmpty)
            let receipt = try await SettleCall(house.environment)(
                ticket,
                house.outcome(by: free)
            )
            #expect(receipt.chargeNano == 0)
            #expect(try await house.books(tokens).used == 1_100)
            _ = try await house.budget(.cost, hard: 10_000_000)
            let error = await #expect(throws: DomainError.self) {
                try await ReserveCall(house.environment)(house.draft([free]))
            }
            #expect(error?.code == .unpricedModel)
            // Beside one with a price it is left out.
            let rest = try await house.hold(house.draft([free, LedgerHouse.search]))
            #expect(rest?.targets == [LedgerHouse.search])
        }
    }

    @Test func `what no model can take is refused before anything is held`() async throws {
        try await LedgerHouse.with { house in
            let tokens = try await house.budget(.tokens, hard: 100_000_000)
            let reserve = ReserveCall(house.environment)
            let unknown = CallTarget(provider: "offline", model: "offline/none")
            let cases: [(CallDraft, DomainError.Code)] = [
                (house.draft([unknown]), .modelNotAllowed),
                (house.draft([]), .modelNotAllowed),
                (house.draft(input: 32_768), .contextTooLong),
                (house.draft(input: 0), .validationError),
                (house.draft(input: -5), .validationError),
                (house.draft(output: 0), .validationError),
                (house.draft(output: -1), .validationError),
                (house.draft(input: .max), .validationError),
                (house.draft(output: .max), .validationError),
                (house.draft(purpose: ""), .validationError),
                (house.draft(key: ""), .validationError),
                (house.draft(key: "ключ"), .validationError),
            ]
            for (draft, code) in cases {
                let error = await #expect(throws: DomainError.self) { try await reserve(draft) }
                #expect(error?.code == code, "\(draft)")
            }
            #expect(try await house.books(tokens).held == 0)
            // Room for one token is room.
            let last = try await house.hold(house.draft(input: 32_767))
            #expect(last?.outputCap == 1)
        }
    }

    @Test func `a budget that somebody keeps locked lets nothing through`() async throws {
        try await LedgerHouse.with { house in
            _ = try await house.budget(.requests, hard: 10)
            let ticket = try #require(try await house.hold(house.draft(output: 2_000)))
            let lock = Task {
                try await house.fixture.migrated.admin([
                    "SELECT used FROM ai_budget_periods FOR UPDATE", "SELECT pg_sleep(600)",
                ])
            }
            while try await house.number(
                """
                SELECT count(*) AS n FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event = 'PgSleep'
                """
            ) == 0 {}
            let refused = await #expect(throws: DomainError.self) {
                try await ReserveCall(house.environment)(house.draft())
            }
            let unextended = await #expect(throws: DomainError.self) {
                try await ExtendHold(house.environment)(ticket, streamed: 800)
            }
            for error in [refused, unextended] {
                #expect(error?.code == .budgetUnavailable)
                #expect(error?.kind == .unavailable)
            }
            try await house.admin(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND query LIKE 'SELECT pg_sleep%'
                """
            )
            _ = try? await lock.value
        }
    }

    @Test func `amounts that cannot be counted are refused`() async throws {
        try await LedgerHouse.with { house in
            _ = try await house.budget(.cost, hard: .max)
            // No price that the table takes is so high: this is what stands behind its check.
            try await house.admin(
                "ALTER TABLE ai_price_versions DROP CONSTRAINT ai_price_versions_sanity"
            )
            try await house.admin(
                """
                INSERT INTO ai_price_versions (model_id, effective_from, input_pico, output_pico,
                    cached_pico, cache_write_pico, reasoning_pico)
                VALUES ('offline/search', now(), 9000000000000000000, 1, 1, 1, 1)
                """
            )
            let error = await #expect(throws: DomainError.self) {
                try await ReserveCall(house.environment)(house.draft())
            }
            #expect(error?.code == .validationError)
            let other = try #require(try await house.hold(house.draft([LedgerHouse.writer])))
            let usage = await #expect(throws: DomainError.self) {
                try await SettleCall(house.environment)(other, house.outcome(-1, 5))
            }
            #expect(usage?.code == .validationError)
        }
    }

    @Test func `a visitor needs an open storefront and falls under its budget`() async throws {
        try await LedgerHouse.with { house in
            let budget = try await house.budget(.requests, hard: 1, scope: .storefront, of: "acme")
            var draft = house.draft()
            draft.principal = .visitor(tenant: house.tenant.id, visitor: "f00d")
            draft.channel = .public
            draft.origin = CallOrigin(storefront: "acme")
            let closed = await #expect(throws: DomainError.self) {
                try await ReserveCall(house.environment)(draft)
            }
            #expect(closed?.kind == .notFound)
            try await house.admin("UPDATE tenant_directory SET storefront_enabled = true")
            let ticket = try #require(try await house.hold(draft))
            _ = try await SettleCall(house.environment)(ticket, house.outcome())
            #expect(try await house.books(budget).used == 1)
            draft.id = house.draft().id
            #expect(try await house.hold(draft) == nil)
        }
    }

    @Test func `who may not use AI holds nothing`() async throws {
        try await LedgerHouse.with { house in
            let viewer = try await house.fixture.makeMember(
                "v@acme.test",
                role: .viewer,
                in: house.tenant
            )
            let error = await #expect(throws: DomainError.self) {
                try await ReserveCall(house.environment)(house.draft(by: viewer))
            }
            #expect(error?.code == .permissionDenied)
            #expect(try await house.number("SELECT count(*) AS n FROM ai_requests") == 0)
        }
    }
}
