import Domain
import Terminal
import Testing

@testable import Console

/// The footer names the keys that work now: those of what lies over the screen.
struct OverlayKeysTests {
    private func footer(_ ada: Operator) -> String { ada.lines.last ?? "" }

    @Test func `behind a form its own keys stand in the footer, and once`() throws {
        var ada = try Operator()
        try ada.signIn()
        #expect(footer(ada).contains("a acknowledge"))
        ada.run(":tenant acme")
        ada.answerAll()
        #expect(footer(ada).contains("ctrl-s send"))
        #expect(!footer(ada).contains("acknowledge"))
        #expect(ada.lines.count { $0.contains("ctrl-s send") } == 1)
        try ada.press("f1")
        #expect(footer(ada).contains("F1 shows the plan again"))
        try ada.press("f1")
        ada.type("why")
        try ada.press("esc")
        #expect(!footer(ada).contains("send"))
        #expect(ada.lines.contains { $0.contains("Throw away what you typed?") })
    }

    @Test func `a form that leaves no footer names its keys in its box`() throws {
        var ada = try Operator(size: Size(columns: 60, rows: 12))
        try ada.signIn()
        ada.run(":tenant acme")
        ada.answerAll()
        let keys = ada.lines.filter { $0.contains("tab next") }
        #expect(keys.count == 1)
        #expect(keys[0].contains("│"))
    }

    @Test func `lines, help and questions do not show the keys of the screen`() throws {
        var ada = try Operator()
        try ada.signIn()
        try ada.press(":")
        #expect(footer(ada).contains("ctrl-r search"))
        try ada.press("esc", "?")
        #expect(footer(ada).contains("any other key closes"))
        try ada.press("esc", "T")
        ada.answerAll()
        try ada.press("/")
        #expect(footer(ada).contains("⏎ filter"))
        try ada.press("esc")
        ada.elevate()
        try ada.press("S")
        #expect(!footer(ada).contains("suspend"))
        #expect(ada.lines.contains { $0.contains("Suspend   esc Cancel") })
    }
}
