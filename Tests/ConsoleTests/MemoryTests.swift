import Domain
import Terminal
import Testing

@testable import Console

/// What the console remembers between two starts.
struct MemoryTests {
    @Test func `a member comes back to the screen and the filter of the last time`() throws {
        var omar = try Operator()
        try omar.signIn(nil, World.omar)
        try omar.press("enter")
        omar.answerAll()
        try omar.press("3")
        omar.answerAll()
        omar.run("/tag:zakat")
        omar.answerAll()
        try omar.press("s")
        omar.answerAll()
        let order = try omar.screen(ArtifactsScreen.self).order
        let memory = omar.console.surroundings.memory
        var again = try Operator(memory: memory)
        try again.signIn(nil, World.omar)
        #expect(again.kind == .artifacts)
        let screen = try again.screen(ArtifactsScreen.self)
        #expect(screen.filterText == "tag:zakat")
        #expect(screen.query.filter?.tags == ["zakat"])
        #expect(screen.order == order && order != ArtifactOrder.newest.rawValue)
        try again.press("esc")
        #expect(again.kind == .tenant)
    }

    @Test func `an operator comes back to the list and the filter of the last time`() throws {
        for (name, kind) in [
            ("users", ScreenKind.users), ("visits", .visits), ("tenants", .tenants),
        ] {
            var ada = try Operator()
            try ada.signIn()
            let filter = name == "visits" ? "live:yes" : "status:active"
            ada.run(":\(name) \(filter)")
            ada.answerAll()
            var again = try Operator(memory: ada.console.surroundings.memory)
            try again.signIn()
            #expect(again.kind == kind)
            #expect(again.console.trail.current?.content.filterText == filter)
        }
    }

    @Test func `who may not see a list any more begins at the overview`() throws {
        var memory = Memory()
        memory.screen = "users"
        var helper = try Operator(memory: memory)
        try helper.signIn(.support)
        #expect(helper.kind == .overview)
    }

    @Test func `a remembered filter that is none any more is said and left out`() throws {
        var memory = Memory()
        memory.screen = "tenants"
        memory.filters["tenants"] = "colour:red"
        var ada = try Operator(memory: memory)
        try ada.signIn()
        #expect(ada.kind == .tenants)
        #expect(ada.toasts.first?.hasPrefix("There is no filter \"colour:\".") == true)
        #expect(try ada.screen(TenantsScreen.self).query == TenantFilter())
    }

    @Test func `two operators at one console each have their own`() throws {
        var ada = try Operator()
        try ada.signIn()
        ada.run(":tenants plan:pro")
        ada.answerAll()
        var omar = try Operator(memory: ada.console.surroundings.memory)
        try omar.signIn(.superAdmin, World.omar)
        #expect(omar.kind == .overview)
        #expect(omar.console.surroundings.memory.commands == nil)
        omar.run(":users status:active")
        omar.answerAll()
        var again = try Operator(memory: omar.console.surroundings.memory)
        try again.signIn()
        #expect(again.kind == .tenants)
        #expect(again.console.surroundings.memory.commands == ["tenants plan:pro"])
    }
}
