import Domain
import Terminal
import Testing

@testable import Console

/// Which columns a list shows.
struct ColumnTests {
    private func atTenants(_ memory: Memory = Memory()) throws -> Operator {
        var ada = try Operator(memory: memory)
        try ada.signIn()
        try ada.press("T")
        ada.answerAll()
        return ada
    }

    private func heads(_ ada: Operator) throws -> [String] {
        let table = try ada.screen(TenantsScreen.self).list.table
        return table.arranged.map { table.columns[$0].id }
    }

    @Test func `a column is hidden and another moved, and the list says so at once`() throws {
        var ada = try atTenants()
        let all = try heads(ada)
        let before = ada.lines[2]
        try ada.press("=", "down", "space", "down", "K")
        let effects = try ada.press("enter")
        let wanted = [all[0], all[2]] + all.dropFirst(3)
        #expect(try heads(ada) == wanted)
        #expect(ada.console.overlay == nil)
        #expect(ada.lines[2] != before)
        guard case .remember(let memory)? = effects.first else {
            Issue.record("nothing is remembered")
            return
        }
        #expect(memory.columns == ["tenants": wanted])
        #expect(memory.columns == Memory(decoding: try #require(memory.encoded))?.columns)
    }

    @Test func `what was chosen holds at the next start, and unknown names are passed over`() throws
    {
        var memory = Memory()
        memory.belong(to: World.ada.id.description)
        memory.columns = ["tenants": ["gone", "name"]]
        let ada = try atTenants(memory)
        #expect(try heads(ada) == ["name"])
        memory.columns = ["tenants": ["gone"]]
        #expect(try heads(atTenants(memory)).count > 3)
    }

    @Test func `all as they come is remembered as nothing`() throws {
        var ada = try atTenants()
        try ada.press("=", "space", "enter", "=", "a")
        let effects = try ada.press("enter")
        guard case .remember(let memory)? = effects.first else {
            Issue.record("nothing is remembered")
            return
        }
        #expect(memory.columns == nil)
    }

    @Test func `the last column stays, and leaving changes nothing`() throws {
        var memory = Memory()
        memory.belong(to: World.ada.id.description)
        memory.columns = ["tenants": ["name"]]
        var ada = try atTenants(memory)
        try ada.press("=", "space")
        #expect(ada.toasts.contains("One column has to be shown."))
        try ada.press("down", "space", "esc")
        #expect(ada.console.overlay == nil)
        #expect(try heads(ada) == ["name"])
    }

    @Test func `a chosen key of keys.yaml works here as well`() throws {
        let keymap = Keymap(KeysFile(yaml: "keys:\n  columns: f13", name: "keys.yaml"))
        var ada = try Operator(keymap: keymap)
        try ada.signIn()
        try ada.press("T")
        ada.answerAll()
        try ada.press("=")
        #expect(ada.console.overlay == nil)
        try ada.press("f13")
        guard case .columns? = ada.console.overlay else {
            Issue.record("the columns are not asked for")
            return
        }
    }

    @Test func `a screen without a list says why`() throws {
        var ada = try Operator()
        try ada.signIn()
        ada.run(":columns")
        #expect(ada.console.overlay == nil)
        #expect(!ada.toasts.isEmpty)
    }

    @Test func `two consoles keep what each has chosen`() {
        var base = Memory()
        base.columns = ["tenants": ["name"]]
        var mine = base
        mine.columns?["jobs"] = ["state"]
        var theirs = base
        theirs.columns?["tenants"] = ["slug"]
        let merged = mine.merged(since: base, with: theirs)
        #expect(merged.columns == ["tenants": ["slug"], "jobs": ["state"]])
    }
}
