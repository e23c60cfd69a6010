import Domain
import Terminal
import Testing

@testable import Console

/// Lists in another order: by `s`, and by name behind `:sort`.
struct OrderTests {
    private func atTenants() throws -> Operator {
        var ada = try Operator()
        try ada.signIn()
        try ada.press("T")
        ada.answerAll()
        return ada
    }

    private func order(_ effects: [ConsoleRequest]) -> TenantFilter.Order? {
        for case .platform(.tenants(let filter, _), _) in effects { return filter.order }
        return nil
    }

    @Test func `s goes through every order and comes back to the first`() throws {
        var ada = try atTenants()
        for wanted in TenantFilter.Order.allCases.dropFirst() + [.newest] {
            let asked = loads(try ada.press("s"))
            #expect(order(asked) == wanted)
            ada.answerAll()
        }
    }

    @Test(arguments: [
        ("members", "members", "most members first"), ("tokens", "ai", "most AI tokens first"),
        ("cost", "cost", "highest AI cost first"), ("storage", "storage", "most storage first"),
        ("artifacts", "artifacts", "most artifacts first"), ("name", "name", "sorted by name"),
    ])
    func `sort with a name asks for that order, and the column and the line below say so`(
        name: String,
        column: String,
        words: String
    ) throws {
        var ada = try atTenants()
        ada.run(":sort \(name)")
        #expect(order(ada.open.map(\.request)) == TenantFilter.Order(rawValue: name))
        ada.answerAll()
        #expect(try ada.screen(TenantsScreen.self).list.table.sort?.column == column)
        #expect(ada.lines.contains { $0.contains(" · \(words)") })
        #expect(ada.console.surroundings.memory.orders["tenants"] == name)
    }

    @Test func `an order that does not exist is refused with those that do`() throws {
        var ada = try atTenants()
        ada.run(":sort colour")
        #expect(
            ada.toasts == [
                "No order named \"colour\" exists. There are newest, name, members, tokens, cost, "
                    + "artifacts and storage."
            ]
        )
        #expect(ada.open.isEmpty)
    }

    @Test func `a screen with one order says so`() throws {
        var ada = try Operator()
        try ada.signIn()
        ada.run(":jobs")
        ada.answerAll()
        ada.run(":sort cost")
        #expect(ada.toasts == ["This screen has one order only."])
    }
}
