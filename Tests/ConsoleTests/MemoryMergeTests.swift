import Domain
import Terminal
import Testing

@testable import Console

/// Two consoles that remember into one file.
struct MemoryMergeTests {
    private func memory(_ person: String, _ change: (inout Memory) -> Void) -> Memory {
        var memory = Memory()
        memory.person = person
        change(&memory)
        return memory
    }

    @Test func `what another console wrote meanwhile stays`() {
        let base = memory("ada") {
            $0.theme = "ghost"
            $0.orders = ["tenants": "name"]
            $0.commands = ["tenants"]
        }
        var mine = base
        mine.filters["tenants"] = "status:active"
        mine.keep(command: "users")
        var theirs = base
        theirs.theme = "paper"
        theirs.orders["artifacts"] = "newest"
        theirs.saved = ["audit": ["denied": "outcome:denied"]]
        theirs.keep(command: "visits")
        let merged = mine.merged(since: base, with: theirs)
        #expect(merged.theme == "paper")
        #expect(merged.orders == ["tenants": "name", "artifacts": "newest"])
        #expect(merged.filters == ["tenants": "status:active"])
        #expect(merged.saved == ["audit": ["denied": "outcome:denied"]])
        #expect(merged.commands == ["users", "visits", "tenants"])
    }

    @Test func `what was taken away here is not brought back by the file`() {
        let base = memory("ada") {
            $0.filters = ["tenants": "acme"]
            $0.saved = ["audit": ["denied": "outcome:denied", "mine": "actor:me"]]
        }
        var mine = base
        mine.filters = [:]
        mine.saved?["audit"]?["denied"] = nil
        let merged = mine.merged(since: base, with: base)
        #expect(merged.filters.isEmpty)
        #expect(merged.saved == ["audit": ["mine": "actor:me"]])
    }

    @Test func `two people at two consoles each keep their own`() throws {
        let start = Memory()
        let ada = memory("ada") { $0.tenant = "acme" }
        let first = ada.merged(since: start, with: Memory())
        let omar = memory("omar") { $0.tenant = "beacon" }
        let both = omar.merged(since: start, with: first)
        #expect(both.person == "omar" && both.tenant == "beacon")
        #expect(both.others?["ada"]?.tenant == "acme")
        var again = both
        again.belong(to: "ada")
        #expect(again.tenant == "acme")
        let read = try #require(both.encoded.flatMap { Memory(decoding: $0) })
        #expect(read == both)
    }

    @Test func `filters with a name are each operator's own`() throws {
        var ada = try Operator()
        try ada.signIn()
        ada.console.surroundings.memory.saved = ["tenants": ["mine": "status:active"]]
        var omar = try Operator(memory: ada.console.surroundings.memory)
        try omar.signIn(.superAdmin, World.omar)
        #expect(omar.console.surroundings.memory.saved == nil)
        #expect(!omar.console.hasKeptFilters)
    }

    @Test func `neither history nor filters keep a mail address`() throws {
        var ada = try Operator()
        try ada.signIn()
        ada.run(":users omar@acme.example status:active")
        ada.answerAll()
        let memory = ada.console.surroundings.memory
        #expect(memory.commands == ["users status:active"])
        #expect(memory.filters["users"] == "status:active")
        #expect(ada.console.trail.current?.content.filterText?.contains("@") == true)
        #expect("audit actor:\"a b@c\" since:7d".withoutAddresses == "audit since:7d")
        #expect("audit  since:7d".withoutAddresses == "audit  since:7d")
    }
}
