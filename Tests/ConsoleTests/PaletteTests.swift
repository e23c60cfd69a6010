import Domain
import Foundation
import Terminal
import Testing

@testable import Console

/// The lines behind `:` and `/`: completion, history, and where errors point.
struct PaletteTests {
    private func signedIn(memory: Memory = Memory()) throws -> Operator {
        var ada = try Operator(memory: memory)
        try ada.signIn()
        return ada
    }

    private func proposals(_ ada: Operator) -> [String] {
        switch ada.console.overlay {
        case .command(let line): line.proposals.items.map(\.text)
        case .filter(let line): line.proposals.items.map(\.text)
        default: []
        }
    }

    private func field(_ ada: Operator) -> String? {
        switch ada.console.overlay {
        case .command(let line): line.field.text
        case .filter(let line): line.field.text
        default: nil
        }
    }

    @Test(
        arguments: [
            (":tnts", "tenants"), (":theme pap", "paper"), (":audit acme out", "outcome:"),
            (":audit acme outcome:den", "denied"), (":audit acme outcome:denied,f", "failed"),
            (":tenants pl", "plan:"), (":tenants plan:", "free"), (":audit -act", "actor:"),
            (":t stat", "status:"), (":elevate ", "10m"), (":users status:dis", "disabled"),
        ])
    func `what may stand at the cursor is proposed`(typed: String, proposal: String) throws {
        var ada = try signedIn()
        ada.type(typed)
        #expect(proposals(ada).first == proposal || proposals(ada).contains(proposal))
    }

    @Test func `the slugs of seen tenants complete a command`() throws {
        var ada = try signedIn()
        try ada.press("T")
        ada.answerAll()
        ada.type(":artifacts ac")
        #expect(proposals(ada).contains("acme"))
    }

    @Test func `a chosen key is taken over and waits for its value`() throws {
        var ada = try signedIn()
        ada.type(":tenants stat")
        try ada.press("tab", "enter")
        #expect(field(ada) == "tenants status:")
        try ada.press("tab")
        ada.type(" ")
        #expect(field(ada)?.hasPrefix("tenants status:") == true)
        try ada.press("enter")
        #expect(ada.kind == .tenants)
    }

    @Test func `completion works inside of a line`() throws {
        var ada = try signedIn()
        ada.type(":tenants sta plan:pro")
        for _ in 0..<9 { try ada.press("left") }
        try ada.press("tab", "enter")
        #expect(field(ada) == "tenants status: plan:pro")
    }

    @Test func `a wrong filter keeps the line, with a caret under the place`() throws {
        var ada = try signedIn()
        ada.run(":audit acme outcome:maybe since:7d")
        #expect(field(ada) == "audit acme outcome:maybe since:7d")
        let status = try #require(ada.lines.firstIndex { $0.contains(":audit acme outcome:maybe") })
        #expect(ada.lines[status - 1].contains("There is no outcome \"maybe\"."))
        let place = try #require(ada.lines[status].range(of: "maybe"))
        let caret = try #require(ada.lines[status + 1].firstIndex(of: "^"))
        #expect(
            ada.lines[status].distance(from: ada.lines[status].startIndex, to: place.lowerBound)
                == ada.lines[status + 1].distance(
                    from: ada.lines[status + 1].startIndex,
                    to: caret
                )
        )
        // Typing goes on at the place.
        try ada.press("ctrl-k")
        ada.type("denied")
        try ada.press("enter")
        ada.answerAll()
        guard case .form? = ada.console.overlay else {
            Issue.record("the command was not run")
            return
        }
    }

    @Test func `the filter line completes and points in the same way`() throws {
        var ada = try signedIn()
        try ada.press("T")
        ada.answerAll()
        ada.type("/pla")
        #expect(proposals(ada) == ["plan:"])
        try ada.press("tab", "enter")
        ada.type("gold")
        try ada.press("enter")
        let line = try #require(ada.lines.firstIndex { $0.contains("/plan:gold") })
        #expect(ada.lines[line - 1].contains("There is no plan \"gold\"."))
        #expect(ada.lines[line + 1].contains("^"))
        try ada.press("ctrl-u", "ctrl-k")
        ada.type("-plan:free")
        try ada.press("enter")
        let screen = try ada.screen(TenantsScreen.self)
        #expect(screen.query.plans == Among(none: [.free]))
    }

    @Test func `an empty filter field proposes the keys on tab`() throws {
        var ada = try signedIn()
        try ada.press("T")
        ada.answerAll()
        try ada.press("/", "tab")
        #expect(proposals(ada) == ["status:", "plan:", "since:", "before:"])
    }

    @Test func `what was run comes back with up, and is searched with ctrl-r`() throws {
        var ada = try signedIn()
        for line in [":tenants plan:pro", ":users status:active", ":theme paper"] { ada.run(line) }
        ada.answerAll()
        ada.type(":")
        try ada.press("up", "up")
        #expect(field(ada) == "users status:active")
        try ada.press("down", "down")
        #expect(field(ada) == "")
        ada.type("ten")
        try ada.press("up")
        #expect(field(ada) == "tenants plan:pro")
        try ada.press("esc")
        ada.type(":")
        try ada.press("ctrl-r")
        ada.type("stact")
        #expect(proposals(ada) == ["users status:active"])
        try ada.press("enter")
        #expect(ada.kind == .users)
    }

    @Test func `history keeps neither reasons, addresses nor what could not be read`() throws {
        var ada = try signedIn()
        ada.run(":elevate 10m a secret reason")
        ada.answerAll()
        ada.run(":attempts someone@example.org")
        ada.run(":hunter2 is my password")
        ada.run(":tenants colour:red")
        try ada.press("esc")
        #expect(ada.console.surroundings.memory.commands == ["attempts", "elevate 10m"])
    }

    @Test func `history outlives the console, and is each operator's own`() throws {
        var ada = try signedIn()
        ada.run(":tenants plan:pro")
        ada.answerAll()
        let file = try #require(ada.console.surroundings.memory.encoded)
        let memory = try #require(Memory(decoding: file))
        let again = try signedIn(memory: memory)
        #expect(again.console.surroundings.memory.commands == ["tenants plan:pro"])
        var other = memory
        other.belong(to: "somebody else")
        #expect(other.commands == nil && other.filters.isEmpty)
        other.belong(to: World.ada.id.description)
        #expect(other.commands == ["tenants plan:pro"])
        #expect(other.filters["tenants"] == "plan:pro")
    }

    @Test func `history has an end, and no line twice`() {
        var memory = Memory()
        for number in 0..<300 { memory.keep(command: "tenants n\(number)") }
        memory.keep(command: "tenants n250")
        #expect(memory.commands?.count == Memory.mostCommands)
        #expect(memory.commands?.prefix(2) == ["tenants n250", "tenants n299"])
    }

    @Test func `a memory of before is read, and hostile lines are drawn harmless`() throws {
        let old = #"{"filters":{"tenants":"plan:pro"},"orders":{},"screen":"tenants"}"#
        let memory = try #require(Memory(decoding: .init(old.utf8)))
        #expect(memory.filters == ["tenants": "plan:pro"])
        var hostile = Memory()
        hostile.keep(command: "tenants \u{1B}[2J\u{202E}")
        var ada = try signedIn(memory: hostile)
        ada.type(":")
        try ada.press("ctrl-r")
        #expect(!ada.lines.contains { $0.contains("\u{1B}") || $0.contains("\u{202E}") })
    }

    @Test func `a long line and any cut of it do no harm`() throws {
        let whole = Array(":audit acme actor:\"a b\" -outcome:denied,x since:7d")
        for length in 1...whole.count {
            var ada = try signedIn()
            ada.type(String(whole[..<length]))
            try ada.press("tab", "up", "down", "ctrl-r", "left", "tab", "esc")
            #expect(ada.lines.count == 40)
        }
        var ada = try signedIn()
        ada.type(":")
        ada.send(.pasted(String(repeating: "actor:x ", count: 2_000)))
        try ada.press("enter")
        #expect(ada.kind == .overview)
    }
}
