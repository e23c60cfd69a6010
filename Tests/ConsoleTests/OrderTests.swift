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

    private func isReversed(_ effects: [ConsoleRequest]) -> Bool? {
        for case .platform(.tenants(let filter, _), _) in effects { return filter.isReversed }
        return nil
    }

    @Test func `I turns the order round and back, and the next order runs its usual way`() throws {
        var ada = try atTenants()
        let asked = loads(try ada.press("I"))
        #expect(order(asked) == .newest)
        #expect(isReversed(asked) == true)
        ada.answerAll()
        #expect(ada.lines.contains { $0.contains("CREATED ▴") })
        #expect(ada.lines.contains { $0.contains(" · oldest first") })
        #expect(isReversed(loads(try ada.press("I"))) == false)
        ada.answerAll()
        #expect(ada.lines.contains { $0.contains("CREATED ▾") })
        try ada.press("I")
        ada.answerAll()
        #expect(isReversed(loads(try ada.press("s"))) == false)
    }

    @Test(arguments: [
        ("cost asc", true, "▴", "lowest AI cost first"),
        ("cost desc", false, "▾", "highest AI cost"),
        ("name asc", false, "▴", "sorted by name"), ("name DESC", true, "▾", "the last first"),
        ("newest asc", true, "▴", "oldest first"),
        ("members asc", true, "▴", "fewest members first"),
    ])
    func `sort takes a direction, and the head and the line below show it`(
        line: String,
        turned: Bool,
        sign: String,
        words: String
    ) throws {
        var ada = try atTenants()
        ada.run(":sort \(line)")
        #expect(isReversed(ada.open.map(\.request)) == turned)
        ada.answerAll()
        #expect(ada.lines.contains { $0.contains("NAME") && $0.contains(" \(sign)") })
        #expect(ada.lines.contains { $0.contains(words) })
    }

    @Test func `a direction that is none is refused, and both are proposed`() throws {
        var ada = try atTenants()
        ada.type(":sort cost up")
        try ada.press("enter")
        #expect(ada.lines.contains { $0.contains("An order is asc or desc.") })
        try ada.press("esc")
        ada.type(":sort cost d")
        let offered = ada.lines.suffix(6).joined(separator: "\n")
        #expect(offered.contains("desc") && offered.contains("greatest"), "\(offered)")
    }

    @Test func `the direction is remembered for the next start`() throws {
        var ada = try atTenants()
        ada.run(":sort cost asc")
        ada.answerAll()
        var again = try Operator(memory: ada.console.surroundings.memory)
        try again.signIn()
        let screen = try again.screen(TenantsScreen.self)
        #expect(screen.sorting == ListSorting(name: "cost", isReversed: true))
        #expect(screen.list.table.sort == TableSort(column: "cost", isAscending: true))
    }

    @Test(arguments: ["-updated_at", "updated", "updated reversed"])
    func `orders of artifacts that were kept are read, also as they were kept before`(
        kept: String
    ) throws {
        let screen = ArtifactsScreen(World.place, filter: nil, order: kept)
        #expect(screen.query.order == .recentlyUpdated)
        #expect(screen.query.isReversed == kept.hasSuffix("reversed"))
        #expect(screen.sorting.name == "updated")
    }

    @Test func `words of a filter bring the best first, and cannot be turned round`() throws {
        var ada = try Operator()
        try ada.signIn()
        try ada.enterAcme()
        try ada.press("3")
        ada.answerAll()
        ada.run("/zakat")
        ada.answerAll()
        #expect(loads(try ada.press("I")).isEmpty)
        #expect(ada.toasts.last == "Words of a filter bring what fits them best first.")
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
