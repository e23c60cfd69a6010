import Domain
import Support
import Terminal
import Testing

@testable import Console

/// Screens in the states that are seldom seen, as text files in Screens/.
struct ScreenStateTests {
    private static let size = Size(columns: 80, rows: 24)

    private func check(_ operator: Operator, _ name: String) throws {
        let difference = try RecordedScreen.difference(
            of: `operator`.frame,
            named: "state-\(name)",
            styles: `operator`.console.surroundings.styles
        )
        #expect(difference == nil)
    }

    private func signedIn(_ size: Size = Self.size) throws -> Operator {
        var ada = try Operator(size: size)
        try ada.signIn()
        return ada
    }

    @Test func `a list that is being loaded says so and for how long`() throws {
        var ada = try signedIn()
        try ada.press("enter")
        ada.send(.woke, after: .milliseconds(1_300))
        try check(ada, "loading")
    }

    @Test func `an empty list says what to do`() throws {
        var ada = try signedIn()
        try ada.press("enter")
        try ada.answer(.success(.tenants(World.page([]))))
        try check(ada, "empty")
    }

    @Test func `a failed list shows the sentence and the hint`() throws {
        var ada = try signedIn()
        try ada.press("enter")
        try ada.answer(
            .failure(
                DomainError(
                    .limited(retryAfter: nil),
                    .rateLimited,
                    "Too many requests were made.",
                    hint: "Wait a minute."
                )
            )
        )
        try check(ada, "error")
    }

    @Test func `a lost connection keeps the screen`() throws {
        var ada = try signedIn()
        try ada.press("enter")
        ada.answerAll()
        ada.send(.connectionLost)
        try check(ada, "reconnecting")
    }

    @Test func `a console that may write has a red frame and a countdown`() throws {
        var ada = try signedIn()
        ada.elevate()
        try ada.press("T")
        ada.answerAll()
        ada.send(.woke, after: .seconds(19))
        try check(ada, "read-write")
    }

    @Test func `a dangerous question names what to type`() throws {
        var ada = try signedIn()
        ada.elevate()
        try ada.press("T")
        ada.answerAll()
        try ada.press("S")
        ada.type("acm")
        try check(ada, "suspend")
    }

    @Test func `a form shows its plan and its errors`() throws {
        var ada = try signedIn()
        ada.elevate()
        try ada.press("T")
        ada.answerAll()
        try ada.press("n")
        ada.type("Acme")
        try ada.press("tab")
        ada.type("Not A Slug")
        try ada.press("ctrl-s")
        try check(ada, "provision")
    }

    @Test func `the way into a tenant asks for a reason`() throws {
        var ada = try signedIn()
        try ada.press("T")
        ada.answerAll()
        try ada.press("enter")
        try check(ada, "support")
    }

    @Test func `a tenant without a session shows its figures and nothing of its data`() throws {
        var ada = try signedIn()
        try ada.press("T")
        ada.answerAll()
        try ada.press("i")
        ada.answerAll()
        try check(ada, "inspect")
    }

    @Test func `help tells why an action cannot be used`() throws {
        var ada = try signedIn()
        try ada.press("T")
        ada.answerAll()
        try ada.press("?")
        try check(ada, "help")
    }

    @Test func `the command line proposes what fits`() throws {
        var ada = try signedIn()
        try ada.press("T")
        ada.answerAll()
        ada.type(":acme")
        try ada.press("tab")
        try check(ada, "command")
    }

    @Test func `a wrong filter says what is wrong beside the line`() throws {
        var ada = try signedIn()
        try ada.press("T")
        ada.answerAll()
        ada.type("/colour:red")
        try ada.press("enter")
        try check(ada, "filter")
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
