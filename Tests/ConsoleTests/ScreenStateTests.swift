import Domain
import Support
import Terminal
import Testing

@testable import Console

/// Terminals that are small, and another theme, as text files in Screens/.
struct ScreenStateTests {
    private static let size = Size(columns: 80, rows: 24)

    private func check(_ operator: Operator, _ name: String) throws {
        let difference = try RecordedScreen.difference(
            of: `operator`.frame,
            named: name,
            styles: `operator`.console.surroundings.styles
        )
        #expect(difference == nil)
    }

    private func signedIn(_ size: Size = Self.size) throws -> Operator {
        var ada = try Operator(size: size)
        try ada.signIn()
        return ada
    }

    @Test(arguments: [Size(columns: 40, rows: 12), Size(columns: 20, rows: 5)])
    func `a small terminal shows the list`(size: Size) throws {
        var ada = try signedIn(size)
        try ada.press("T")
        ada.answerAll()
        ada.clearToasts()
        try check(ada, "small-\(size.columns)x\(size.rows)")
    }

    @Test func `a terminal that is too small gets one sentence`() throws {
        let ada = try signedIn(Size(columns: 19, rows: 4))
        #expect(ada.lines.first == "Ghostworks needs 2…")
    }

    @Test func `the theme paper looks as recorded`() throws {
        var ada = try signedIn()
        ada.run(":theme paper")
        try check(ada, "paper")
    }
}
