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

    @Test func `the selected budget is changed at the version that was seen, after its plan`()
        throws
    {
        var omar = try atQuotas()
        try omar.press("j", "e")
        #expect(omar.lines.contains { $0.contains("A hard limit of 0 blocks every call") })
        try replace(&omar, "$30")
        try omar.press("tab")
        omar.type("$25")
        #expect(try omar.press("ctrl-s") == [])
        #expect(omar.lines.contains { $0.contains("Hard limit: $20.00 → $30.00") })
        #expect(omar.lines.contains { $0.contains("Soft limit: – → $25.00") })
        #expect(omar.lines.contains { $0.contains("Used in this period: $20.50") })
        #expect(!omar.lines.contains { $0.contains("calls stop at once") })
        let edit = BudgetEdit(
            hard: try BudgetAmount("$30", field: "hard"),
            soft: .at(try BudgetAmount("$25", field: "soft")),
            overageAllowance: try BudgetAmount("$0.00", field: "overage_allowance"),
            thresholds: [80, 100],
            onSoft: .alert,
            onHard: .block,
            onLost: .estimate,
            enabled: true
        )
        let asked = request(try omar.press("y"))
        #expect(asked == .change(World.budgets[1].id, edit, version: 1))
        omar.answerAll()
        #expect(omar.console.overlay == nil)
        #expect(omar.toasts.contains { $0.contains("The limit is $30.00 now.") })
    }

    @Test(arguments: [
        ("$0", "A hard limit of 0 blocks every call that it is about."),
        ("$20.50", "That is as much as the new limit, or more: calls stop at once."),
    ])
    func `a limit at which calls stop says so, and backing out keeps what was typed`(
        typed: String,
        sentence: String
    ) throws {
        var omar = try atQuotas()
        try omar.press("j", "e")
        try replace(&omar, typed)
        #expect(try omar.press("ctrl-s") == [])
        #expect(omar.lines.contains { $0.contains(sentence) })
        #expect(try omar.press("enter") == [])
        #expect(omar.lines.contains { $0.contains(sentence) })
        #expect(try omar.press("esc") == [])
        guard case .form(let form)? = omar.console.overlay else {
            Issue.record("the form is gone")
            return
        }
        #expect(form.form.values["hard"] == typed)
        try omar.press("ctrl-s")
        #expect(request(try omar.press("y")) != nil)
    }

    @Test func `what was refused leads back to the form`() throws {
        var omar = try atQuotas()
        try omar.press("j", "e")
        try replace(&omar, "$30")
        try omar.press("ctrl-s", "y")
        try omar.answer(.failure(.invalid("hard", "must not exceed the plan")))
        guard case .form(let form)? = omar.console.overlay else {
            Issue.record("the form is gone")
            return
        }
        #expect(form.form.values["hard"] == "$30")
        #expect(form.form.fields.first?.error?.string == "must not exceed the plan")
    }

    @Test func `a budget that is off says that it limits nothing`() throws {
        var omar = try atQuotas()
        try omar.press("j", "j", "e")
        try replace(&omar, "500 requests")
        try omar.press("tab", "ctrl-u", "ctrl-s")
        #expect(omar.lines.contains { $0.contains("Hard limit: 1000 requests → 500 requests") })
        #expect(omar.lines.contains { $0.contains("it limits nothing until Measuring is on") })
    }

    @Test func `a form that changes nothing asks for nothing`() throws {
        var omar = try atQuotas()
        try omar.press("j", "e")
        #expect(try omar.press("ctrl-s") == [])
        guard case .form(let form)? = omar.console.overlay else {
            Issue.record("the form is gone")
            return
        }
        #expect(form.form.fields.first?.error?.string == "is what it was, and so is all the rest")
    }

    @Test(arguments: [
        (80, "held"), (120, "held"), (200, "held"),
    ])
    func `a key's budget shows its name, what it counts and what is held`(
        columns: Int,
        held: String
    ) throws {
        let omar = try atQuotas(size: Size(columns: columns, rows: columns == 80 ? 24 : 40))
        let line = try #require(omar.lines.first { $0.contains("key Nightly export") })
        #expect(line.contains("tokens a month"))
        #expect(line.contains("640k of 2.0M, 12.0k \(held)"))
        #expect(
            omar.lines.contains {
                $0.contains("BUDGETS") && $0.contains("! 3 alerts to see to: a")
            }
        )
    }

    @Test func `use by key has the names of the keys`() throws {
        var omar = try atQuotas()
        try omar.press("tab", "tab", "tab")
        #expect(omar.lines.contains { $0.hasPrefix(" CI  ") })
    }

    @Test func `an open call that goes on says so`() throws {
        var omar = try atQuotas(size: Size(columns: 80, rows: 24))
        try omar.press("c")
        omar.answerAll()
        try omar.press("v")
        omar.answerAll()
        try omar.press("enter")
        omar.answerAll()
        #expect(omar.lines.contains { $0.contains("lines more") })
        try omar.press("G")
        #expect(!omar.lines.contains { $0.contains("lines more") })
        #expect(omar.lines.contains { $0.contains("HELD AND CHARGED") })
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

    @Test func `a budget is made for what its form says, after its plan`() throws {
        var omar = try atQuotas()
        try omar.press("n")
        #expect(omar.lines.contains { $0.contains("Adds 1 budget") })
        try omar.press("right", "tab")
        #expect(omar.lines.contains { $0.contains("the member's mail address or id") })
        omar.type("huda@acme.example")
        try omar.press("tab", "right", "tab")
        omar.type("$5")
        try omar.press("tab")
        omar.type("4 USD")
        try omar.press("tab", "right", "tab", "right", "tab")
        omar.type("$1")
        try omar.press("tab", "ctrl-u")
        omar.type("50, 90")
        try omar.press("tab", "right", "right")
        #expect(try omar.press("ctrl-s") == [])
        for words in [
            "user huda@acme.example, cost a day", "Hard limit: – → $5.00",
            "Soft limit: – → $4.00", "At the soft: an alert only → a cheaper model",
            "At the hard: they are refused → they go on within the allowance",
            "Allowance: – → $1.00", "Alerts at %: 80, 100 → 50, 90",
            "Lost calls: its input and what came → nothing if never sent",
        ] {
            #expect(omar.lines.contains { $0.contains(words) }, "\(words)")
        }
        let asked = request(try omar.press("y"))
        var draft = BudgetDraft(
            scope: .user,
            holder: "huda@acme.example",
            metric: .cost,
            period: .day,
            limits: BudgetLimits(
                soft: 4_000_000_000,
                hard: 5_000_000_000,
                overageAllowance: 1_000_000_000
            )
        )
        draft.policy = BudgetPolicy(
            thresholds: [50, 90],
            onSoft: .degradeModel,
            onHard: .allowance,
            onLost: .refundUnsent
        )
        #expect(asked == .create(draft))
        omar.answerAll()
        #expect(omar.console.overlay == nil)
        #expect(omar.toasts.contains { $0.contains("Made the budget") })
    }

    @Test(arguments: [
        (1, "Member", "must be the mail address or id of a member"),
        (2, "API key", "must be the name or id of an API key"),
        (3, "Storefront", "must be the slug of a storefront"),
        (4, "Purpose", "must be a purpose that calls name, such as chat"),
        (5, "Model", "must be the id of a model"),
    ])
    func `the field asks for what the scope needs`(
        steps: Int,
        label: String,
        problem: String
    ) throws {
        var omar = try atQuotas()
        try omar.press("n")
        for _ in 0..<steps { try omar.press("right") }
        try omar.press("tab", "tab", "tab")
        omar.type("$5")
        #expect(try omar.press("ctrl-s") == [])
        guard case .form(let form)? = omar.console.overlay else {
            Issue.record("the form is gone")
            return
        }
        let field = try #require(form.form.fields.first { $0.id == "scope_id" })
        #expect(field.label.string == label)
        #expect(field.error?.string == problem)
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
