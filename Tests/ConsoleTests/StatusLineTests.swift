import Domain
import Terminal
import Testing

@testable import Console

/// The line below the screen: messages stand there, and commands and filters are typed there.
struct StatusLineTests {
    private static let sizes = [
        Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 20, rows: 5),
    ]

    private func line(_ ada: Operator) -> String {
        let lines = ada.lines
        return lines[Chrome(size: ada.console.size).status.y]
    }

    @Test(arguments: sizes)
    func `what is typed is seen, whatever was said before`(size: Size) throws {
        var ada = try Operator(size: size)
        try ada.signIn()
        ada.console.toast("9 means nothing here", .hint)
        ada.console.toast("The tenant was suspended.", .success)
        ada.console.toast("The database does not answer.", .failure)
        ada.type(":sor")
        #expect(line(ada).contains(":sor"))
        try ada.press("esc")
        #expect(!line(ada).contains(":sor"))
        ada.run(":tenants")
        ada.answerAll()
        ada.type("/pla")
        #expect(line(ada).contains("/pla"))
    }

    @Test func `a failure is still told while somebody types, above the proposals`() throws {
        var ada = try Operator(size: Size(columns: 80, rows: 24))
        try ada.signIn()
        ada.type(":")
        ada.console.toast("9 means nothing here", .hint)
        ada.console.toast("The database does not answer.", .failure)
        let lines = ada.lines
        let place = Chrome(size: ada.console.size).content.y
        #expect(lines[place].contains("✗ The database does not answer."))
        #expect(!lines.contains { $0.contains("9 means nothing here") })
        try ada.press("esc")
        #expect(ada.lines.contains { $0.contains("9 means nothing here") })
    }

    @Test func `what was said stands above each other, the newest at the foot`() throws {
        var ada = try Operator(size: Size(columns: 80, rows: 24))
        try ada.signIn()
        ada.console.toast("The tenant was suspended.", .success)
        ada.console.toast("The database does not answer.", .failure)
        ada.console.toast("9 means nothing here", .hint)
        let status = Chrome(size: ada.console.size).status.y
        let said = ada.lines[status - 2...status].map { $0.dropFirst().prefix(20) }
        #expect(said == [" ✓ The tenant was su", " ✗ The database does", " • 9 means nothing h"])
    }

    @Test func `a long failure leaves the header, and beside a typed line the proposals`() throws {
        var ada = try Operator(size: Chrome.least)
        try ada.signIn()
        ada.console.toast("alpha beta gamma delta epsilon zeta eta theta iota", .failure)
        let header = ada.lines[0]
        let rest = ["✗ gamma delta", "✗ epsilon zeta", "✗ eta theta iota"]
        #expect(ada.lines[1...3].map(\.trimmed) == rest)
        ada.type(":")
        #expect(ada.lines[0] == header)
        #expect(ada.lines[1].contains(" ✗ alpha beta"))
        #expect(!ada.lines[2].contains("✗"))
        #expect(ada.lines[3].contains(":"))
    }

    @Test(arguments: [
        ("xyzzy", "There is no command \"xyzzy\"."), ("elevate 999m for a test", "For how long?"),
        ("tenant a b", "Which tenant?"), ("tenants plan:nope", "plan"),
    ])
    func `a wrong command stays to be put right`(command: String, sentence: String) throws {
        var ada = try Operator(size: Size(columns: 80, rows: 24))
        try ada.signIn()
        ada.run(":\(command)")
        #expect(line(ada).contains(":\(command)"))
        let above = ada.lines[Chrome(size: ada.console.size).status.y - 1]
        #expect(above.contains(sentence))
        #expect(ada.toasts == [])
        try ada.press("esc")
        #expect(ada.kind == .overview)
        #expect(!ada.lines.contains { $0.contains(sentence) })
    }

    @Test func `what was put right runs`() throws {
        var ada = try Operator()
        try ada.signIn()
        ada.run(":tenantz")
        try ada.press("backspace")
        ada.type("s")
        try ada.press("enter")
        #expect(ada.kind == .tenants)
    }
}
