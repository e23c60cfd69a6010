import Domain
import Terminal
import Testing

@testable import Console

/// What the lines around a screen tell: where one is, what else there is, and which keys work.
struct PlaceTests {
    private func inAcme(_ size: Size = Size(columns: 120, rows: 40)) throws -> Operator {
        var ada = try Operator(size: size)
        try ada.signIn()
        try ada.enterAcme()
        ada.clearToasts()
        return ada
    }

    @Test func `the parts of a tenant stand below the header, each with its key`() throws {
        let ada = try inAcme()
        #expect(
            ada.lines[1].hasPrefix(
                " ─ 1 summary  2 members  3 artifacts  4 AI  5 audit  6 API keys  7 personal data"
                    + "  8 legal holds  9 consents  0 support"
            )
        )
        #expect(ada.lines.last?.contains("parts") == false)
    }

    @Test func `a narrow screen names the first parts and the one that is shown`() throws {
        var ada = try inAcme(Size(columns: 80, rows: 24))
        try ada.press("0")
        ada.answerAll()
        let line = ada.lines[1]
        #expect(line.contains("1 summary 2 members"))
        #expect(line.contains(" 7 8 9 0 support "))
    }

    @Test(arguments: [("members", ["R"]), ("artifacts", ["enter"]), ("AI", ["c"])])
    func `what belongs to a part is shown as that part`(label: String, keys: [String]) throws {
        var ada = try inAcme()
        let part = ["members": "2", "artifacts": "3", "AI": "4"]
        try ada.press(try #require(part[label]))
        ada.answerAll()
        for key in keys { try ada.press(key) }
        ada.answerAll()
        let frame = ada.frame
        let line = FrameText(frame).lines[1]
        let range = try #require(line.firstRange(of: label))
        let x = line.distance(from: line.startIndex, to: range.lowerBound)
        let style = frame[x, 1].style
        #expect(style == ada.console.surroundings.styles[.selection])
    }

    @Test func `a low screen has no line for the parts, and names their keys in the footer`() throws
    {
        let ada = try inAcme(Size(columns: 80, rows: 11))
        #expect(ada.lines.last?.contains("0-9 parts") == true)
    }

    @Test func `on screens of the platform the header names the tenant that one is in`() throws {
        var ada = try inAcme()
        #expect(ada.lines[0].contains("support ro 15:00"))
        try ada.press("T")
        ada.answerAll()
        #expect(ada.lines[0].contains("support acme ro 15:00"))
    }

    @Test func `a part without a slug is that of the tenant one is in, from any screen`() throws {
        var ada = try inAcme()
        try ada.press("T")
        ada.answerAll()
        ada.run(":members")
        ada.answerAll()
        #expect(ada.kind == .members)
        #expect(ada.console.trail.current?.content.tenant?.slug == "acme")
    }

    @Test func `a part that the session may not see is refused from any screen`() throws {
        var ada = try inAcme()
        try ada.press("T")
        ada.answerAll()
        for part in ["invitations", "requests"] {
            ada.clearToasts()
            ada.run(":\(part)")
            #expect(ada.toasts.count == 1)
            #expect(ada.toasts.allSatisfy { $0.contains("lacks") || $0.contains("read-only") })
            #expect(ada.kind == .tenants)
        }
    }

    @Test func `the person gives way to a long name of where one is`() throws {
        var ada = try inAcme()
        #expect(ada.lines[0].contains("ada@ghostworks.example"))
        try ada.press("3")
        ada.answerAll()
        try ada.press("enter")
        ada.answerAll()
        let title = try #require(ada.console.trail.current?.content.title)
        #expect(ada.lines[0].contains(title))
    }

    @Test func `a key that means nothing says so and names the help`() throws {
        var ada = try Operator()
        try ada.signIn()
        try ada.press("z")
        #expect(ada.toasts == ["z means nothing here. ? shows the keys."])
        ada.clearToasts()
        try ada.press("left", "tab")
        #expect(ada.toasts.isEmpty)
    }

    @Test func `a key of lists says so where there is no list`() throws {
        var ada = try Operator()
        try ada.signIn()
        try ada.press("g")
        #expect(ada.toasts == ["g means nothing here. ? shows the keys."])
    }

    @Test func `a part of a tenant needs no slug of who has only one`() throws {
        var omar = try Operator()
        try omar.signIn(nil, World.omar)
        omar.type(":audit outcome:denied")
        try omar.press("enter")
        #expect(omar.toasts.last == "No tenant is open. Write its slug behind the command.")
        omar.console.standing.workspaces = Array(World.workspaces.prefix(1))
        omar.type(":audit outcome:denied")
        try omar.press("enter")
        #expect(omar.kind == .audit)
        #expect(omar.console.trail.current?.content.filterText == "outcome:denied")
    }

    @Test(arguments: ["?", "f1"])
    func `help opens by the keys that people try`(key: String) throws {
        var ada = try Operator()
        try ada.signIn()
        try ada.press(key)
        guard case .help = ada.console.overlay else {
            Issue.record("no help")
            return
        }
    }

    @Test func `help scrolls to its end and not beyond`() throws {
        var ada = try Operator()
        try ada.signIn()
        try ada.press("?", "G", "ctrl-d", "j")
        #expect(ada.lines.contains { $0.contains("Any other key closes this.") })
        try ada.press("k")
        #expect(!ada.lines.contains { $0.contains("Any other key closes this.") })
        try ada.press("g")
        #expect(ada.lines.contains { $0.contains("On this screen and everywhere") })
    }

    @Test func `what is forbidden offers the way back, and not another try`() throws {
        var ada = try inAcme()
        try ada.press("2")
        try ada.answer(.failure(DomainError(.forbidden, .permissionDenied, "You may not.")))
        #expect(ada.lines.contains { $0.contains("esc goes back.") })
        #expect(!ada.lines.contains { $0.contains("tries again") })
    }

    @Test func `half a page is half of what is seen`() throws {
        var table = Table<Int>(columns: [TableColumn(id: "a", title: "A", span: .fixed(4))])
        table.replace((0..<100).map { TableRow(id: $0, cells: ["x"]) })
        _ = table.handle(try KeyEvent(parsing: "ctrl-d"), visible: 20)
        #expect(table.selection == 10)
        _ = table.handle(try KeyEvent(parsing: "ctrl-d"), visible: 20)
        _ = table.handle(try KeyEvent(parsing: "ctrl-u"), visible: 20)
        #expect(table.selection == 10)
    }
}
