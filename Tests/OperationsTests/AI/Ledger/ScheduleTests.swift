import Domain
import Fixtures
import Operations
import Postgres
import Testing

/// Random schedules against a model in memory.
@Suite(.withinOneDay) struct ScheduleTests {
    @Test(arguments: 1...6)
    func `whatever happens in whatever order, the books are those of the model`(
        seed: UInt64
    ) async throws {
        try await LedgerHouse.with { house in
            var schedule = try await Schedule(house, seed: seed)
            for step in 1...60 {
                let event = try await schedule.step()
                let books = try await schedule.stored()
                try #require(books == schedule.expected, "seed \(seed), step \(step): \(event)")
            }
            #expect(try await house.differences() == [])
        }
    }
}

/// One run of random events on both sides.
private struct Schedule {
    let house: LedgerHouse
    let budgets: [BudgetID]
    var model: BookModel
    var tickets: [CallTicket] = []
    var random: SeededRandom

    private static let lines = [
        BookModel.Line(metric: .tokens, purpose: nil, isDaily: false, hard: 12_000),
        BookModel.Line(metric: .cost, purpose: nil, isDaily: true, hard: 4_000_000),
        BookModel.Line(metric: .requests, purpose: nil, isDaily: true, hard: 8),
        BookModel.Line(metric: .tokens, purpose: "a", isDaily: true, hard: 5_000),
    ]

    init(_ house: LedgerHouse, seed: UInt64) async throws {
        self.house = house
        random = SeededRandom(seed: seed)
        model = BookModel(Self.lines)
        var made: [BudgetID] = []
        for line in Self.lines {
            made.append(
                try await house.budget(
                    line.metric,
                    hard: line.hard,
                    scope: line.purpose == nil ? .tenant : .purpose,
                    of: line.purpose ?? "",
                    period: line.isDaily ? .day : .month
                )
            )
        }
        budgets = made
    }

    /// Does the same to both.
    mutating func step() async throws -> String {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<35: try await reserve()
        case 35..<50: try await extend()
        case 50..<75: try await settle()
        case 75..<85: try await release()
        case 85..<90: try await lose()
        case 90..<96: try await edit()
        default: try await endDay()
        }
    }

    private mutating func reserve() async throws -> String {
        let input = Int64.random(in: 1...1_200, using: &random)
        let output = Int64.random(in: 1...2_048, using: &random)
        let purpose = Bool.random(using: &random) ? "a" : "b"
        let ticket = try await house.hold(
            house.draft(input: input, output: output, purpose: purpose)
        )
        let passes = model.reserve(input, output, purpose)
        #expect((ticket != nil) == passes, "reserve \(input) \(output) \(purpose)")
        if let ticket, passes { tickets.append(ticket) }
        return "reserve \(input) \(output) \(purpose): \(passes)"
    }

    private mutating func extend() async throws -> String {
        guard let index = pick(), model.calls[index].state == .inFlight else { return "none" }
        let streamed = Int64.random(in: 0...model.calls[index].output, using: &random)
        let answer = try await ExtendHold(house.environment)(tickets[index], streamed: streamed)
        let passes = model.extend(index, streamed: streamed)
        if case .held(let ticket) = answer { tickets[index] = ticket }
        #expect((answer != .refused) == passes)
        return "extend \(index): \(answer)"
    }

    private mutating func settle() async throws -> String {
        guard let index = pick() else { return "none" }
        // Sometimes a provider bills more than was held.
        let most = model.calls[index].output * 5 / 4
        let read = model.calls[index].input + Int64.random(in: 0...20, using: &random)
        let written = Int64.random(in: 0...most, using: &random)
        let receipt = try await SettleCall(house.environment)(
            tickets[index],
            house.outcome(read, written)
        )
        model.settle(index, read, written)
        #expect(receipt.state == model.calls[index].state)
        #expect(receipt.chargeNano == model.calls[index].chargeNano)
        return "settle \(index) \(read) \(written)"
    }

    private mutating func release() async throws -> String {
        guard let index = pick() else { return "none" }
        let receipt = try await ReleaseCall(house.environment)(tickets[index])
        model.release(index)
        #expect(receipt.state == model.calls[index].state)
        return "release \(index)"
    }

    private mutating func lose() async throws -> String {
        try await house.loseCalls()
        while try await SweepCalls(house.environment)() > 0 {}
        model.expire()
        return "lose"
    }

    private mutating func edit() async throws -> String {
        let line = Int.random(in: 0..<budgets.count, using: &random)
        let hard = Self.lines[line].hard * Int64.random(in: 5...30, using: &random) / 10
        try await house.admin(
            "UPDATE ai_budgets SET hard = \(hard) WHERE id = \(budgets[line].uuid)"
        )
        model.edit(line, hard: hard)
        return "edit \(line): \(hard)"
    }

    /// What was today moves to a day of its own in the past.
    private mutating func endDay() async throws -> String {
        let days = Int64(1_000 - model.day)
        _ = try await house.fixture.migrated.admin([
            "SET LOCAL session_replication_role = replica",
            """
            UPDATE ai_holds AS h SET period_start = h.period_start - \(days) * interval '1 day'
            FROM ai_budgets AS b
            WHERE b.id = h.budget_id AND b.period = 'day'
              AND h.period_start > now() - interval '2 days'
            """,
            """
            UPDATE ai_alerts AS a SET period_start = a.period_start - \(days) * interval '1 day'
            FROM ai_budgets AS b
            WHERE b.id = a.budget_id AND b.period = 'day'
              AND a.period_start > now() - interval '2 days'
            """,
            """
            UPDATE ai_budget_periods AS p
            SET period_start = p.period_start - \(days) * interval '1 day'
            FROM ai_budgets AS b
            WHERE b.id = p.budget_id AND b.period = 'day'
              AND p.period_start > now() - interval '2 days'
            """,
        ])
        model.endDay()
        return "end of day"
    }

    private mutating func pick() -> Int? {
        tickets.isEmpty ? nil : Int.random(in: 0..<tickets.count, using: &random)
    }

    /// Used and held of every period that was touched, by budget, the oldest first.
    func stored() async throws -> [[BookModel.Sums]] {
        var all: [[BookModel.Sums]] = []
        for budget in budgets {
            let rows = try await house.fixture.migrated.admin(
                """
                SELECT used, held FROM ai_budget_periods
                WHERE budget_id = \(budget.uuid) AND (used <> 0 OR held <> 0)
                ORDER BY period_start
                """
            )
            all.append(
                try rows.map {
                    BookModel.Sums(used: try $0.decode("used"), held: try $0.decode("held"))
                }
            )
        }
        return all
    }

    var expected: [[BookModel.Sums]] {
        budgets.indices.map { line in
            model.sums.filter { $0.key.line == line && $0.value != BookModel.Sums() }
                .sorted { $0.key.day < $1.key.day }
                .map(\.value)
        }
    }
}

/// SplitMix64: the same seed gives the same schedule.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
