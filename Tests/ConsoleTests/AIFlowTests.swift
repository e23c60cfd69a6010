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

    @Test func `calls in flight are looked at again, and one is opened and ended`() throws {
        var omar = try atQuotas()
        let first = request(try omar.press("c"))
        guard case .calls(let filter, _) = first else {
            Issue.record("no calls were asked for")
            return
        }
        #expect(filter.state == .inFlight)
        omar.answerAll()
        #expect(omar.kind == .calls)
        #expect(omar.console.wake(after: World.now) != nil)
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
