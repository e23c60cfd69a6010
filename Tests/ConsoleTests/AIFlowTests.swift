import Domain
import Terminal
import Testing

@testable import Console

/// Budgets, alerts and calls in the console.
struct AIFlowTests {
    /// Omar, the owner of Acme, in front of its AI quotas and allowed to write.
    private func atQuotas(size: Size = Size(columns: 120, rows: 40)) throws -> Operator {
        var omar = try Operator(size: size)
        try omar.signIn(nil, World.omar)
        omar.elevate()
        try omar.press("enter")
        omar.answerAll()
        try omar.press("4")
        omar.answerAll()
        #expect(omar.kind == .ai)
        return omar
    }

    private func request(_ effects: [Effect]) -> AIRequest? {
        for case .tenant(.ai(let request), let caller) in loads(effects) {
            #expect(caller.tenant == World.tenant.id)
            return request
        }
        return nil
    }

    private func replace(_ omar: inout Operator, _ text: String) throws {
        for _ in 0..<30 { try omar.press("backspace") }
        omar.type(text)
    }

    @Test func `the selected budget is changed at the version that was seen`() throws {
        var omar = try atQuotas()
        try omar.press("j", "e")
        #expect(omar.lines.contains { $0.contains("A hard limit of 0 blocks every call") })
        try replace(&omar, "$30")
        try omar.press("tab")
        omar.type("$25")
        let edit = BudgetEdit(
            hard: try BudgetAmount("$30", field: "hard"),
            soft: .at(try BudgetAmount("$25", field: "soft")),
            onLost: .estimate,
            enabled: true
        )
        let asked = request(try omar.press("ctrl-s"))
        #expect(asked == .change(World.budgets[1].id, edit, version: 1))
        omar.answerAll()
        #expect(omar.console.overlay == nil)
    }

    @Test(arguments: [
        ("2M tokens", "is in tokens, but the budget counts USD; write $25 or 25 USD"),
        ("30", "must say its unit: write $25 or 25 USD"),
        ("", "must be an amount such as $25, 25 USD or 2M tokens"),
        ("$0.0000000001", "must have at most nine decimals and fit"),
        ("$100000001", "must be at most 100000000000000000"),
    ])
    func `another unit is said at the field, and nothing is asked for`(
        text: String,
        problem: String
    ) throws {
        var omar = try atQuotas()
        try omar.press("j", "e")
        try replace(&omar, text)
        #expect(try omar.press("ctrl-s") == [])
        guard case .form(let form)? = omar.console.overlay else {
            Issue.record("the form is gone")
            return
        }
        #expect(form.form.fields.first { $0.id == "hard" }?.error?.string == problem)
    }

    @Test func `a budget is made for what its form says`() throws {
        var omar = try atQuotas()
        try omar.press("n")
        #expect(omar.lines.contains { $0.contains("Adds 1 budget") })
        try omar.press("right", "tab")
        omar.type("huda@acme.example")
        try omar.press("tab", "right", "tab")
        omar.type("$5")
        try omar.press("tab")
        omar.type("4 USD")
        try omar.press("tab", "right", "right")
        let asked = request(try omar.press("ctrl-s"))
        var draft = BudgetDraft(
            scope: .user,
            holder: "huda@acme.example",
            metric: .cost,
            period: .day,
            limits: BudgetLimits(soft: 4_000_000_000, hard: 5_000_000_000, overageAllowance: 0)
        )
        draft.onLost = .refundUnsent
        #expect(asked == .create(draft))
        omar.answerAll()
        #expect(omar.console.overlay == nil)
        #expect(omar.toasts.contains { $0.contains("Made the budget") })
    }

    @Test(arguments: [
        ("", "25", "hard", "must say its unit: $25, 2M tokens or 500 requests"),
        ("", "a lot", "hard", "must be an amount such as $25, 25 USD or 2M tokens"),
        ("somebody", "$5", "scope_id", "must be left out: the budget is the whole workspace's"),
    ])
    func `a new budget's fields are checked before anything is asked for`(
        holder: String,
        hard: String,
        field: String,
        problem: String
    ) throws {
        var omar = try atQuotas()
        try omar.press("n", "tab")
        omar.type(holder)
        try omar.press("tab", "tab")
        omar.type(hard)
        #expect(try omar.press("ctrl-s") == [])
        guard case .form(let form)? = omar.console.overlay else {
            Issue.record("the form is gone")
            return
        }
        #expect(form.form.fields.first { $0.id == field }?.error?.string == problem)
    }

    @Test(arguments: [
        ("$5", "4 requests", "is in requests, but the budget counts USD; write $25 or 25 USD"),
        ("5 requests", "$4", "is in USD, but the budget counts requests; write 500 requests"),
        ("5 tokens", "4.5", "must be a whole number that fits"),
    ])
    func `a new budget's soft limit is in the unit of the hard one`(
        hard: String,
        soft: String,
        problem: String
    ) throws {
        var omar = try atQuotas()
        try omar.press("n", "tab", "tab", "tab")
        omar.type(hard)
        try omar.press("tab")
        omar.type(soft)
        #expect(try omar.press("ctrl-s") == [])
        guard case .form(let form)? = omar.console.overlay else {
            Issue.record("the form is gone")
            return
        }
        #expect(form.form.fields.first { $0.id == "soft" }?.error?.string == problem)
    }

    @Test func `a period starts over after the slug and a reason, but never the plan's`() throws {
        var omar = try atQuotas()
        try omar.press("Z")
        #expect(omar.toasts.contains { $0.contains("plan's own budget cannot be reset") })
        try omar.press("j", "Z")
        omar.type("acme")
        try omar.press("tab")
        omar.type("a mistake of ours")
        let asked = request(try omar.press("ctrl-s"))
        #expect(asked == .reset(World.budgets[1].id, reason: "a mistake of ours"))
        omar.answerAll()
        #expect(omar.console.overlay == nil)
    }

    @Test func `an alert is seen to after a question`() throws {
        var omar = try atQuotas()
        try omar.press("a")
        omar.answerAll()
        #expect(omar.kind == .alerts)
        try omar.press("a")
        let asked = request(try omar.press("y"))
        #expect(asked == .acknowledge(World.alerts[0].id))
        omar.answerAll()
        #expect(omar.console.overlay == nil)
    }

    @Test func `calls in flight and ended are shown, and one is opened and ended`() throws {
        var omar = try atQuotas()
        let first = request(try omar.press("c"))
        guard case .calls(let filter, _) = first else {
            Issue.record("no calls were asked for")
            return
        }
        #expect(filter.state == .inFlight)
        omar.answerAll()
        #expect(omar.kind == .calls)
        let all = request(try omar.press("v"))
        guard case .calls(let every, _) = all else {
            Issue.record("no calls were asked for")
            return
        }
        #expect(every.state == nil)
        omar.answerAll()
        try omar.press("D")
        #expect(request(try omar.press("y")) == .cancel(World.calls[0].id))
        omar.answerAll()
        #expect(request(try omar.press("enter")) == .call(World.calls[0].id))
        omar.answerAll()
        #expect(omar.kind == .call)
    }
}
