import Domain
import Support
import Terminal
import Testing

@testable import Console

/// Marks, plans for several rows and fields with lists, as text files in Screens/.
struct FormScreenTests {
    static let sizes = [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40)]

    private func check(_ operator: Operator, _ name: String) throws {
        let size = `operator`.console.size
        let difference = try RecordedScreen.difference(
            of: `operator`.frame,
            named: "\(name)-\(size.columns)x\(size.rows)",
            styles: `operator`.console.surroundings.styles
        )
        #expect(difference == nil)
    }

    private func on(_ kind: ScreenKind, _ size: Size) throws -> Operator {
        var ada = try PlanTests.on(kind)
        ada.send(.resized(size))
        ada.answerAll()
        return ada
    }

    @Test(arguments: sizes)
    func `marked rows look as recorded`(size: Size) throws {
        var ada = try on(.members, size)
        try ada.press("space", "j", "space")
        try check(ada, "marks")
    }

    @Test(arguments: sizes)
    func `the plan for several rows looks as recorded`(size: Size) throws {
        var ada = try on(.tenants, size)
        try ada.press("space", "space", "space", "space", "S")
        try check(ada, "bulk-plan")
    }

    @Test(arguments: sizes)
    func `what came of several rows looks as recorded`(size: Size) throws {
        var ada = try on(.artifacts, size)
        try ada.press("space", "space", "space")
        ada.open = []
        try ada.press("d")
        ada.type("acme")
        try ada.press("tab")
        ada.type("twice there")
        try ada.press("ctrl-s")
        try check(ada, "bulk-running")
        try ada.answer(.success(.done))
        ada.open.removeAll { !$0.request.writes }
        try ada.answer(.failure(.forbidden(.permissionDenied, "You may not do this.")))
        ada.open.removeAll { !$0.request.writes }
        try ada.answer(.success(.done))
        ada.answerAll()
        try check(ada, "bulk-result")
    }

    @Test(arguments: sizes)
    func `an open list looks as recorded`(size: Size) throws {
        var ada = try on(.keys, size)
        try ada.press("n", "tab", "down", "down", "space")
        try check(ada, "form-list")
    }

    @Test(arguments: sizes)
    func `the question before typed work is thrown away looks as recorded`(size: Size) throws {
        var ada = try on(.tenants, size)
        try ada.press("n", "tab")
        ada.type("Not A Slug")
        try ada.press("esc")
        try check(ada, "form-leaving")
    }
}
