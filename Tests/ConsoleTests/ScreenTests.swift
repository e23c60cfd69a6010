import Domain
import Support
import Terminal
import Testing

@testable import Console

/// Every screen in three sizes, as text files in Screens/.
struct ScreenTests {
    static let sizes = [
        Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 200, rows: 60),
    ]

    private func check(_ operator: Operator, _ name: String) throws {
        let size = `operator`.console.size
        let difference = try RecordedScreen.difference(
            of: `operator`.frame,
            named: "\(name)-\(size.columns)x\(size.rows)",
            styles: `operator`.console.surroundings.styles
        )
        #expect(difference == nil)
    }

    private func inAcme(_ size: Size, _ mode: AccessMode = .readOnly) throws -> Operator {
        var ada = try Operator(size: size)
        try ada.signIn()
        try ada.enterAcme(mode)
        ada.clearToasts()
        return ada
    }

    @Test(arguments: sizes)
    func `the sign-in looks as recorded`(size: Size) throws {
        var ada = try Operator(size: size, hasSession: false)
        ada.send(.started)
        ada.type("ada@ghostworks.example")
        try ada.press("tab")
        ada.type("wrong")
        try ada.press("enter")
        try ada.answer(
            .failure(
                DomainError(
                    .unauthenticated,
                    .invalidCredentials,
                    "Mail address or password is wrong."
                )
            )
        )
        try check(ada, "sign-in")
    }

    @Test(arguments: sizes)
    func `the question for a code looks as recorded`(size: Size) throws {
        var ada = try Operator(size: size, hasSession: false)
        try ada.askedForCode()
        ada.type("1234")
        try check(ada, "sign-in-code")
    }

    @Test(arguments: sizes)
    func `the overview looks as recorded`(size: Size) throws {
        var ada = try Operator(size: size)
        try ada.signIn()
        try check(ada, "overview")
    }

    @Test(arguments: sizes)
    func `the tenants look as recorded`(size: Size) throws {
        var ada = try Operator(size: size)
        try ada.signIn()
        try ada.press("enter")
        ada.answerAll()
        try ada.press("j", "j")
        try check(ada, "tenants")
    }

    @Test(arguments: sizes)
    func `a tenant looks as recorded`(size: Size) throws {
        try check(try inAcme(size), "tenant")
    }

    @Test(arguments: sizes)
    func `the users look as recorded`(size: Size) throws {
        var ada = try Operator(size: size)
        try ada.signIn()
        try ada.press("P")
        ada.answerAll()
        try ada.press("j")
        try check(ada, "users")
        try ada.press("enter")
        ada.answerAll()
        try check(ada, "user")
        try ada.press("I")
        ada.answerAll()
        try check(ada, "attempts")
    }

    @Test(arguments: sizes)
    func `the platform roles look as recorded`(size: Size) throws {
        var ada = try Operator(size: size)
        try ada.signIn()
        try ada.press("O")
        ada.answerAll()
        try check(ada, "operators")
    }

    @Test(arguments: sizes)
    func `the support sessions look as recorded`(size: Size) throws {
        var ada = try Operator(size: size)
        try ada.signIn()
        try ada.press("A")
        ada.answerAll()
        try check(ada, "visits")
    }

    @Test(arguments: sizes)
    func `what a tenant sees of support looks as recorded`(size: Size) throws {
        var ada = try inAcme(size)
        try ada.press("0")
        ada.answerAll()
        try check(ada, "stays")
        try ada.press("9")
        ada.answerAll()
        try check(ada, "consents")
    }

    @Test(arguments: sizes)
    func `the members look as recorded`(size: Size) throws {
        var ada = try inAcme(size)
        try ada.press("2")
        ada.answerAll()
        try check(ada, "members")
    }

    @Test(arguments: sizes)
    func `the roles look as recorded`(size: Size) throws {
        var ada = try inAcme(size)
        try ada.press("2")
        ada.answerAll()
        try ada.press("R")
        ada.answerAll()
        try ada.press("G")
        try check(ada, "roles")
    }

    @Test(arguments: sizes)
    func `the invitations look as recorded`(size: Size) throws {
        var ada = try inAcme(size, .readWrite)
        try ada.press("2")
        ada.answerAll()
        try ada.press("I")
        ada.answerAll()
        try check(ada, "invitations")
    }

    @Test(arguments: sizes)
    func `the grants of a member look as recorded`(size: Size) throws {
        var ada = try inAcme(size, .readWrite)
        try ada.press("2")
        ada.answerAll()
        try ada.press("j", "o")
        ada.answerAll()
        try check(ada, "grants")
    }

    @Test(arguments: sizes)
    func `the artifacts look as recorded`(size: Size) throws {
        var ada = try inAcme(size)
        try ada.press("3")
        ada.answerAll()
        ada.wait()
        try check(ada, "artifacts")
    }

    @Test(arguments: sizes)
    func `an artifact looks as recorded`(size: Size) throws {
        var ada = try inAcme(size)
        try ada.press("3")
        ada.answerAll()
        try ada.press("enter")
        ada.answerAll()
        try check(ada, "artifact")
    }

    @Test(arguments: sizes)
    func `the AI quotas look as recorded`(size: Size) throws {
        var ada = try inAcme(size)
        try ada.press("4")
        ada.answerAll()
        try check(ada, "ai")
        try ada.press("c")
        ada.answerAll()
        try check(ada, "ai-calls")
        try ada.press("v")
        ada.answerAll()
        try ada.press("j", "j", "j", "enter")
        ada.answerAll()
        try check(ada, "ai-call")
        try ada.press("4")
        ada.answerAll()
        try ada.press("a")
        ada.answerAll()
        try check(ada, "ai-alerts")
    }

    @Test(arguments: sizes)
    func `the prices look as recorded`(size: Size) throws {
        var ada = try Operator(size: size)
        try ada.signIn()
        try ada.press("M")
        ada.answerAll()
        try ada.press("j", "j")
        try check(ada, "prices")
    }

    @Test(arguments: sizes)
    func `the processes look as recorded`(size: Size) throws {
        var ada = try Operator(size: size)
        try ada.signIn()
        ada.run(":processes")
        ada.answerAll()
        try check(ada, "processes")
    }

    @Test(arguments: sizes)
    func `the overview with its history looks as recorded`(size: Size) throws {
        var ada = try Operator(size: size)
        try ada.signIn()
        let watch = try #require(ada.console.watch)
        for number in 1..<40 {
            ada.send(.fed(watch), after: .seconds(10))
            try ada.answer(.success(.overview(World.overview(number))))
        }
        try ada.press("right")
        try check(ada, "overview-history")
    }

    @Test(arguments: sizes)
    func `the form of a budget looks as recorded`(size: Size) throws {
        var omar = try Operator(size: size)
        try omar.signIn(nil, World.omar)
        omar.elevate()
        try omar.press("enter")
        omar.answerAll()
        try omar.press("4")
        omar.answerAll()
        try omar.press("j", "e")
        omar.clearToasts()
        try check(omar, "ai-budget-form")
    }

    @Test(arguments: sizes)
    func `the audit trail looks as recorded`(size: Size) throws {
        var ada = try inAcme(size)
        try ada.press("5")
        ada.answerAll()
        try ada.press("V")
        ada.answerAll()
        try check(ada, "audit")
    }

    @Test(arguments: sizes)
    func `an audit event looks as recorded`(size: Size) throws {
        var ada = try inAcme(size)
        try ada.press("5")
        ada.answerAll()
        try ada.press("enter")
        try check(ada, "event")
    }

    @Test(arguments: sizes)
    func `the API keys look as recorded`(size: Size) throws {
        var ada = try inAcme(size)
        try ada.press("6")
        ada.answerAll()
        try check(ada, "keys")
    }

    /// Omar, an owner of Acme.
    private func owner(_ size: Size) throws -> Operator {
        var omar = try Operator(size: size)
        try omar.signIn(nil, World.omar)
        var place = World.place
        place.membership = .owner
        for case .load(let id, let request) in omar.console.open(Destination(.summary, in: place)) {
            omar.open.append((id, request))
        }
        omar.answerAll()
        return omar
    }

    @Test(arguments: sizes)
    func `the personal data of a tenant looks as recorded`(size: Size) throws {
        var omar = try owner(size)
        try omar.press("7")
        omar.answerAll()
        try omar.press("j", "j")
        try check(omar, "requests")
        try omar.press("8")
        omar.answerAll()
        try check(omar, "holds")
    }

    @Test(arguments: sizes)
    func `the copies of a person's data look as recorded`(size: Size) throws {
        var ada = try Operator(size: size)
        try ada.signIn()
        try ada.press("P")
        ada.answerAll()
        try ada.press("j", "C")
        ada.answerAll()
        try check(ada, "copies")
    }

    @Test(arguments: sizes)
    func `the workspaces of a member look as recorded`(size: Size) throws {
        var omar = try Operator(size: size)
        try omar.signIn(nil, World.omar)
        try check(omar, "workspaces")
    }

    @Test(arguments: sizes)
    func `the sessions look as recorded`(size: Size) throws {
        var ada = try Operator(size: size)
        try ada.signIn()
        ada.run(":sessions")
        ada.answerAll()
        try ada.press("j")
        try check(ada, "sessions")
    }
}
