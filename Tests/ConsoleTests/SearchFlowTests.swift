import Domain
import Terminal
import Testing

@testable import Console

/// Words in the texts of the console: documents, changes, events, calls and help.
struct SearchFlowTests {
    private func atArtifact(
        _ text: String,
        _ size: Size = .init(columns: 120, rows: 40)
    ) throws
        -> Operator
    {
        var ada = try Operator(size: size)
        try ada.signIn()
        try ada.enterAcme()
        try ada.press("3")
        ada.answerAll()
        ada.wait()
        var artifact = World.artifacts[0]
        artifact.description = text
        try ada.press("enter")
        try ada.answer(.success(.artifact(artifact)))
        ada.answerAll()
        ada.clearToasts()
        return ada
    }

    private func find(_ words: String, _ ada: inout Operator) throws {
        try ada.press("/")
        ada.type(words)
        try ada.press("enter")
    }

    private func status(_ ada: Operator) -> String { ada.lines[ada.lines.count - 3] }

    private let long = (1...90).map { $0 % 30 == 0 ? "Gold \($0)" : "line \($0)" }
        .joined(separator: "\n")

    @Test func `a document is searched, n and N go on and back, and esc ends it`() throws {
        var ada = try atArtifact(long + "\nthe end")
        try find("gold", &ada)
        #expect(status(ada).contains("hit 1 of 5: gold · 1 of"))
        #expect(ada.lines.contains { $0.contains("Gold 30") })
        try ada.press("n")
        #expect(status(ada).contains("hit 2 of 5"))
        #expect(ada.lines.contains { $0.contains("Gold 60") })
        #expect(!ada.lines.contains { $0.contains("Gold 30") })
        try ada.press("N")
        #expect(ada.lines.contains { $0.contains("Gold 30") })
        try ada.press("N")
        // Before the first comes the last: what the version changed.
        #expect(status(ada).contains("hit 5 of 5"))
        try ada.press("esc")
        #expect(!status(ada).contains("hit"))
        #expect(ada.kind == .artifact)
    }

    @Test func `nothing found says so, and nothing typed goes on with the last search`() throws {
        var ada = try atArtifact(long)
        try find("silverware", &ada)
        #expect(ada.toasts == ["\"silverware\" is nowhere in this text."])
        #expect(!status(ada).contains("hit"))
        try ada.press("n")
        #expect(ada.toasts.last == "Nothing is searched for; / begins.")
        ada.clearToasts()
        try find("gold", &ada)
        try find("", &ada)
        #expect(status(ada).contains("hit 2 of"))
        ada.clearToasts()
        try find("\u{640}", &ada)
        #expect(ada.toasts == ["There is nothing to search for in that."])
    }

    @Test func `the footer names the next hit while there is a search`() throws {
        var ada = try atArtifact(long)
        #expect(ada.lines.last?.contains("/ search") == true)
        #expect(ada.lines.last?.contains("n next hit") == false)
        try find("gold", &ada)
        #expect(ada.lines.last?.contains("n next hit") == true)
    }

    @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 200, rows: 60)])
    func `a hit is in sight and marked at every size`(size: Size) throws {
        var ada = try atArtifact(long, size)
        try find("gold 60", &ada)
        let row = try #require(ada.lines.firstIndex { $0.contains("Gold 60") })
        let look = ada.console.surroundings.styles[.match]
        let marked = ada.frame.row(row).filter {
            $0.style.foreground == look.foreground && $0.style.background == look.background
                && $0.style.attributes.contains(.reverse) != look.attributes.contains(.reverse)
        }
        #expect(marked.count == 7)
    }

    @Test func `the changes of a version are searched, and scroll to the hit`() throws {
        var ada = try atArtifact("nothing here", Size(columns: 80, rows: 24))
        try find("savings", &ada)
        #expect(status(ada).contains("hit 1 of 1"))
        #expect(ada.lines.contains { $0.contains("+ 2. Cash and savings") })
    }

    @Test func `hostile text and arabic are searched as they are read`() throws {
        var ada = try atArtifact("دليل الزَّكاة\npay\u{202E}load\u{1B}[2J")
        try find("زكاه", &ada)
        #expect(status(ada).contains("hit 1 of 1"))
        try find("U+202E", &ada)
        #expect(status(ada).contains("hit 1 of 1"))
        #expect(!ada.lines.contains { $0.contains("\u{1B}") || $0.contains("\u{202E}") })
    }

    @Test func `an event opens its folds for a search, and the cursor goes to the hit`() throws {
        var ada = try Operator()
        try ada.signIn()
        try ada.enterAcme()
        ada.clearToasts()
        var event = World.events[0]
        event.entry.changes =
            #"{"settings":[{"a":"apple","b":"pear","c":1,"d":2},{"a":"apple","b":"pear","c":2,"d":2}]}"#
        _ = ada.console.open(.event(event, .tenant(World.place)))
        #expect(!ada.lines.contains { $0.contains("pear") })
        try find("pear", &ada)
        #expect(status(ada).contains("hit 1 of 1"))
        let row = try #require(ada.lines.firstIndex { $0.contains("pear") })
        #expect(ada.frame.cursor?.y == row)
        try find("no such", &ada)
        #expect(ada.toasts == ["\"no such\" is nowhere in this text."])
    }

    @Test func `help is searched inside itself, and esc leaves the search first`() throws {
        var ada = try Operator()
        try ada.signIn()
        try ada.press("?")
        #expect(ada.lines.last?.contains("/ search") == true)
        try ada.press("/")
        #expect(ada.lines.last?.contains("search") == true)
        ada.type("mouse")
        try ada.press("enter")
        #expect(ada.lines.contains { $0.contains("hit 1 of 1: mouse") })
        #expect(ada.lines.last?.contains("n next hit") == true)
        try ada.press("n")
        #expect(ada.lines.contains { $0.contains("hit 1 of 1: mouse") })
        try ada.press("esc")
        #expect(!ada.lines.contains { $0.contains("hit 1 of") })
        #expect(ada.console.overlay != nil)
        try ada.press("/")
        ada.type("nothing like it")
        try ada.press("enter")
        #expect(ada.lines.contains { $0.contains("\"nothing like it\" is nowhere in this text.") })
        try ada.press("esc")
        #expect(ada.console.overlay == nil)
    }

    @Test func `esc leaves the line, and pasted text goes into it`() throws {
        var ada = try atArtifact(long)
        try ada.press("/")
        try ada.press("esc")
        #expect(ada.console.overlay == nil)
        try ada.press("/")
        ada.send(.pasted("gold\n60"))
        try ada.press("enter")
        #expect(status(ada).contains("hit 1 of 1: gold 60"))
    }
}
