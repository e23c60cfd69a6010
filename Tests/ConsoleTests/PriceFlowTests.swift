import Domain
import Terminal
import Testing

@testable import Console

/// What models cost, in the console.
struct PriceFlowTests {
    /// Ada in front of the prices, allowed to write.
    private func atPrices() throws -> Operator {
        var ada = try Operator()
        try ada.signIn()
        ada.elevate()
        try ada.press("M")
        ada.answerAll()
        #expect(ada.kind == .prices)
        return ada
    }

    private func request(_ effects: [Effect]) -> PriceRequest? {
        for case .load(_, .platform(.prices(let request), _)) in effects { return request }
        return nil
    }

    private func select(_ ada: inout Operator, _ id: PriceRow.ID) throws {
        try ada.press("g")
        for _ in 0..<10 {
            if try ada.screen(PricesScreen.self).list.selected?.id == id { break }
            try ada.press("j")
        }
        #expect(try ada.screen(PricesScreen.self).list.selected?.id == id)
    }

    @Test func `each model stands above what is to come`() throws {
        let ada = try atPrices()
        let ids = try ada.screen(PricesScreen.self).list.ordered.map(\.id)
        #expect(
            ids.suffix(5) == [
                .model("acme-ai/large"), .proposal(World.proposal(1, by: World.omar.id).id),
                .proposal(World.proposal(2, by: World.ada.id).id), .model("acme-ai/small"),
                .planned("acme-ai/small", World.ago(-3_000)),
            ]
        )
        #expect(
            ada.lines.contains { $0.contains("! 2 for a second operator · 1 with an overhead") }
        )
    }

    @Test func `an overhead is forgotten after its plan, where there is one`() throws {
        var ada = try atPrices()
        try select(&ada, .model("acme-ai/small"))
        #expect(try ada.press("Z") == [])
        #expect(ada.toasts.contains { $0.contains("No model with an overhead is selected.") })
        try select(&ada, .model("acme-ai/large"))
        try ada.press("Z")
        #expect(ada.lines.contains { $0.contains("was seen to bill 1,200 tokens beyond") })
        #expect(request(try ada.press("y")) == .resetOverhead(model: "acme-ai/large"))
        ada.answerAll()
        #expect(ada.toasts.contains { $0.contains("is forgotten") })
    }

    @Test func `the next price is asked for with its units, after its plan`() throws {
        var ada = try atPrices()
        try select(&ada, .model("acme-ai/small"))
        try ada.press("e")
        #expect(ada.lines.contains { $0.contains("Adds 1 version") })
        for _ in 0..<30 { try ada.press("backspace") }
        ada.type("$0.2/M")
        #expect(try ada.press("ctrl-s") == [])
        #expect(ada.lines.contains { $0.contains("Publish the price of acme-ai/small") })
        #expect(ada.lines.contains { $0.contains("Read: $0.15/M → $0.20/M") })
        #expect(ada.lines.contains { $0.contains("Each request: $0.00, as before") })
        #expect(ada.lines.contains { $0.contains("It never changes.") })
        try ada.press("esc")
        #expect(try form(ada).values["input"] == "$0.2/M")
        try ada.press("ctrl-s")
        let asked = request(try ada.press("y"))
        let amounts = try PriceAmounts(
            input: 200_000,
            output: 600_000,
            cached: 150_000,
            cacheWrite: 150_000,
            reasoning: 600_000
        )
        #expect(asked == .set(model: "acme-ai/small", amounts))
        ada.answerAll()
        #expect(ada.console.overlay == nil)
        #expect(ada.toasts.contains { $0.contains("holds from now on") })
    }

    @Test(arguments: [
        ("0.2", "must say its unit, such as $0.15/M: USD for a million tokens"),
        ("$20000/M", "must be 0 to 10000 USD for a million tokens; check the unit"),
        ("", "must say its unit, such as $0.15/M: USD for a million tokens"),
    ])
    func `a wrong unit is said at the field, and nothing is asked for`(
        text: String,
        problem: String
    ) throws {
        var ada = try atPrices()
        try select(&ada, .model("acme-ai/small"))
        try ada.press("e")
        for _ in 0..<30 { try ada.press("backspace") }
        ada.type(text)
        #expect(try ada.press("ctrl-s") == [])
        #expect(try error("input", ada) == problem)
    }

    private func form(_ ada: Operator) throws -> Form {
        guard case .form(let form)? = ada.console.overlay else { throw CancellationError() }
        return form.form
    }

    private func error(_ field: String, _ ada: Operator) throws -> String? {
        try form(ada).fields.first { $0.id == field }?.error?.string
    }

    @Test func `the next price begins with the tiers of the one before`() throws {
        var ada = try atPrices()
        try select(&ada, .model("acme-ai/large"))
        try ada.press("e", "ctrl-s")
        #expect(
            ada.lines.contains {
                $0.contains("Above 200,000 tokens read: $5.00/M:$15.00/M:$1.25/M, as before")
            }
        )
        let asked = request(try ada.press("y"))
        let amounts = World.amounts(2_500_000, 10_000_000, [World.tier])
        #expect(asked == .set(model: "acme-ai/large", amounts))
    }

    @Test func `tiers are written a line each, and checked as they are typed`() throws {
        var ada = try atPrices()
        try select(&ada, .model("acme-ai/small"))
        try ada.press("e")
        for _ in 0..<6 { try ada.press("tab") }
        ada.type("200000:$0.3/M:$1.2/M:$0.05/M")
        #expect(try error("tier1", ada) == nil)
        try ada.press("tab")
        ada.type("200000:$0.6/M")
        #expect(try error("tier2", ada)?.hasPrefix("must be such as 200000:$6/M") == true)
        ada.type(":$2/M")
        #expect(
            try error("tier2", ada)
                == "must begin at another number of tokens than the tiers before"
        )
        #expect(try ada.press("ctrl-s") == [])
        try ada.press("ctrl-u")
        ada.type("100000:$0.2/M:$1/M")
        #expect(try error("tier2", ada) == nil)
        #expect(try ada.press("ctrl-s") == [])
        #expect(
            ada.lines.contains {
                $0.contains("Above 100,000 tokens read: – → $0.20/M:$1.00/M")
            }
        )
        let asked = request(try ada.press("y"))
        let tiers = [
            try PriceTier(above: 100_000, input: 200_000, output: 1_000_000),
            try PriceTier(above: 200_000, input: 300_000, output: 1_200_000, cached: 50_000),
        ]
        #expect(asked == .set(model: "acme-ai/small", World.amounts(150_000, 600_000, tiers)))
    }

    @Test(arguments: [
        ("200k:$6/M:$9/M", "must be such as 200000"),
        ("0:$6/M:$9/M", "must be 1 to 100000000 tokens"),
        ("200000:6:9", "must say its unit"),
        ("200000:$6/M:$90000/M", "must be 0 to 10000 USD"),
        ("200000:$6/M:$9/M:$1/M:$1/M:$1/M:$1/M", "must be such as 200000"),
    ])
    func `a tier that is none is said at its line, and nothing is asked for`(
        text: String,
        problem: String
    ) throws {
        var ada = try atPrices()
        try select(&ada, .model("acme-ai/small"))
        try ada.press("e")
        for _ in 0..<10 { try ada.press("tab") }
        ada.type(text)
        #expect(try error("tier5", ada)?.hasPrefix(problem) == true, "\(text)")
        #expect(try error("tier1", ada) == nil)
        #expect(try ada.press("ctrl-s") == [])
        try ada.press("esc")
        #expect(ada.lines.contains { $0.contains("Throw away what you typed?") })
    }

    @Test func `a form that is taller than the screen keeps its plan in sight`() throws {
        var ada = try Operator(size: Size(columns: 80, rows: 24))
        try ada.signIn()
        ada.elevate()
        try ada.press("M")
        ada.answerAll()
        try ada.press("j", "e")
        for _ in 0..<11 {
            #expect(ada.lines.contains { $0.contains("Adds 1 version") })
            let field = try #require(try form(ada).focusedField)
            #expect(ada.lines.contains { $0.contains(field.label.string) }, "\(field.id)")
            try ada.press("tab")
        }
        try ada.press("shift-tab", "f1")
        #expect(ada.lines.contains { $0.contains("Tier 5: A call that reads more tokens") })
    }

    @Test func `a price of another is approved after its model was typed`() throws {
        var ada = try atPrices()
        let proposal = World.proposal(1, by: World.omar.id)
        try select(&ada, .proposal(proposal.id))
        try ada.press("a")
        for words in [
            "Read: $2.50/M → $40.00/M", "Written: $10.00/M → $160.00/M",
            "Cached: $2.50/M → $40.00/M", "Kept in cache: $2.50/M → $90.00/M",
            "Thoughts: $10.00/M → $160.00/M", "Each request: $0.00 → $0.50",
            "Above 5,000 tokens read: – → $90.00/M:$600.00/M",
            "Above 200,000 tokens read: $5.00/M:$15.00/M:$1.25/M → –",
        ] {
            #expect(ada.lines.contains { $0.contains(words) }, "\(words)")
        }
        #expect(request(try ada.press("ctrl-s")) == nil)
        ada.type("acme-ai/large")
        #expect(request(try ada.press("ctrl-s")) == .decide(proposal.id, approves: true))
        ada.answerAll()
        #expect(ada.toasts.contains { $0.contains("was approved") })
    }

    @Test func `a leap is proposed, with the amount that leaps and what follows`() throws {
        var ada = try atPrices()
        try select(&ada, .model("acme-ai/small"))
        try ada.press("e")
        for _ in 0..<30 { try ada.press("backspace") }
        ada.type("$2/M")
        try ada.press("ctrl-s")
        #expect(ada.lines.contains { $0.contains("Propose a price of acme-ai/small") })
        #expect(
            ada.lines.contains {
                $0.contains("Read changes by more than ten times: $0.15/M → $2.00/M.")
            }
        )
        #expect(ada.lines.contains { $0.contains("waits until another operator approves it") })
        #expect(request(try ada.press("y")) != nil)
        ada.answerAll()
        #expect(
            ada.toasts.contains {
                $0.contains("Read changes by more than ten times, $0.15/M → $2.00/M")
            }
        )
    }

    @Test func `one's own price is not approved, but taken back`() throws {
        var ada = try atPrices()
        let own = World.proposal(2, by: World.ada.id)
        try select(&ada, .proposal(own.id))
        try ada.press("a")
        #expect(ada.console.overlay == nil)
        #expect(ada.toasts.contains { $0.contains("Who proposed a price cannot approve it") })
        try ada.press("D")
        #expect(request(try ada.press("y")) == .decide(own.id, approves: false))
    }

    @Test func `prices are for those who manage models`() throws {
        var ada = try Operator()
        try ada.signIn(.support)
        try ada.press("M")
        #expect(ada.kind == .overview)
        #expect(ada.toasts.contains { $0.contains("lacks") })
    }

    @Test func `without elevation nothing is changed`() throws {
        var ada = try Operator()
        try ada.signIn()
        try ada.press("M")
        ada.answerAll()
        try ada.press("e")
        #expect(ada.console.overlay == nil)
        #expect(ada.toasts.contains { $0.contains("read-only") })
    }
}

/// The overview's cards.
struct OverviewFlowTests {
    @Test(
        arguments: [
            ([], .tenants), (["right"], .prices), (["right", "right"], .users),
            (["down"], .processes), (["down", "right"], .processes),
            (["down", "right", "right"], .jobs), (["left", "up"], .tenants),
        ] as [([String], ScreenKind)]
    )
    func `each card opens its screen`(keys: [String], kind: ScreenKind) throws {
        var ada = try Operator()
        try ada.signIn()
        for key in keys { try ada.press(key) }
        try ada.press("enter")
        #expect(ada.kind == kind)
    }

    @Test func `what was measured is kept once for each report`() throws {
        var ada = try Operator()
        try ada.signIn()
        let watch = try #require(ada.console.watch)
        let before = try ada.screen(OverviewScreen.self).history.count
        for number in [1, 2, 2, 3] {
            ada.send(.fed(watch), after: .seconds(10))
            try ada.answer(.success(.overview(World.overview(number))))
        }
        #expect(try ada.screen(OverviewScreen.self).history.count == before + 3)
    }

    /// The least terminal there is: no colours, no UTF-8.
    @Test func `the dashboards have a stand-in for every cell in ASCII`() throws {
        for key in ["overview", "4"] {
            var ada = try Operator(size: Size(columns: 80, rows: 24))
            try ada.signIn()
            if key == "4" {
                try ada.enterAcme()
                try ada.press(key)
                ada.answerAll()
            }
            // Arrows, lines, blocks and braille; letters of other scripts have none.
            for cell in ada.frame.cells where (0x2190...0x28FF).contains(cell.glyph.base.value) {
                let stand = ASCIIFallback.cell(for: cell).glyph.base
                #expect(stand.isASCII && stand != "?", "\(cell.glyph.base)")
            }
        }
    }
}
