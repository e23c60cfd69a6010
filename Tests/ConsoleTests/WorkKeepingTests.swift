import Domain
import Terminal
import Testing

@testable import Console

/// What was typed is kept when the right to send it ends, whatever form it is in.
struct WorkKeepingTests {
    /// Every form that changes a tenant's own data.
    static let forms: [FormOverlay] = [
        .addMember(World.place, roles: []),
        .role(of: World.members[1], in: World.place, roles: []),
        .newKey(World.place, .utc, now: World.now),
        .editKey(World.keys[0], in: World.place, .utc, now: World.now),
        .rotateKey(World.keys[0], in: World.place),
        .invite(World.place, roles: []),
        .give(to: World.members[1], in: World.place),
        .newRole(World.place),
        .editRole(World.roles[7], in: World.place),
        .giveConsent(World.place),
        .hold(World.place),
    ]

    /// Questions with something typed into them, or with a text from the editor behind them.
    static let questions: [DialogOverlay] = [
        .remove(World.members[1], from: World.place),
        .delete(World.artifacts[0], in: World.place),
        .revoke(World.keys[0], in: World.place),
        .erase(World.members[1], in: World.place),
        .lift(World.holds[0], of: nil, in: World.place),
        .approve(World.dataRequests[0], of: World.huda, in: World.place),
        .save(ArtifactWork(World.artifacts[0], in: World.place)),
        .conflict(ArtifactWork(World.artifacts[0], in: World.place)),
    ]

    /// Forms about a tenant or a person that are sent from outside any tenant.
    static let outside: [FormOverlay] = [
        .provision(key: "k"), .plan(World.place, current: .pro),
        .quota(World.place, quotas: World.detail.quotas), .rename(World.place),
        .account(World.accounts[1]), .grant(to: nil), .copy(of: World.accounts[1]),
    ]

    /// Ada in a support session in Acme that writes, and a console that goes on writing.
    private func inAcme(_ mode: AccessMode = .readWrite) throws -> Operator {
        var ada = try Operator()
        try ada.signIn()
        try ada.enterAcme(mode)
        ada.elevate()
        ada.console.standing.elevation?.until = ada.now.advanced(by: .seconds(7_200))
        return ada
    }

    private func intent(_ console: Console) -> FormOverlay.Intent? {
        guard case .form(let form)? = console.overlay else { return nil }
        return form.intent
    }

    @Test(arguments: forms)
    func `a form outlives the support session it belongs to`(form: FormOverlay) throws {
        var ada = try inAcme()
        ada.console.overlay = .form(form)
        ada.type("x")
        let before = ada.console.overlay
        ada.send(.woke, after: .seconds(15 * 60))
        #expect(ada.console.standing.support == nil)
        #expect(ada.console.parked?.overlay == before)
        guard case .support? = intent(ada.console) else {
            Issue.record("no new session is asked for")
            return
        }
        ada.type("going on with it")
        ada.answerAll()
        try ada.press("ctrl-s")
        var next = World.support(.readWrite)
        next.expiresAt = ada.now.advanced(by: .seconds(900))
        try ada.answer(.success(.supportSession(next)))
        ada.answerAll()
        #expect(ada.console.overlay == before)
    }

    @Test(arguments: questions)
    func `a question outlives the support session it belongs to`(question: DialogOverlay) throws {
        var ada = try inAcme()
        ada.console.overlay = .dialog(question)
        ada.send(.woke, after: .seconds(15 * 60))
        #expect(ada.console.parked?.overlay == .dialog(question))
    }

    @Test(arguments: outside)
    func `a form from outside stays when a support session ends`(form: FormOverlay) throws {
        var ada = try inAcme()
        ada.console.overlay = .form(form)
        ada.send(.woke, after: .seconds(15 * 60))
        #expect(ada.console.standing.support == nil)
        #expect(ada.console.overlay == .form(form))
        #expect(ada.console.parked == nil)
    }

    @Test func `a secret that is shown once stays until it is dismissed`() throws {
        var ada = try inAcme()
        ada.console.overlay = .dialog(.issued(World.issuedKey))
        ada.send(.woke, after: .seconds(15 * 60))
        #expect(ada.console.overlay == .dialog(.issued(World.issuedKey)))
        try ada.press("n")
        #expect(ada.console.overlay != nil)
        #expect(ada.lines.contains { $0.contains("esc I have it, close") })
        try ada.press("esc")
        #expect(ada.console.overlay == nil)
    }

    @Test func `a form that is sent after the end is kept and nothing is sent`() throws {
        var ada = try inAcme()
        ada.console.overlay = .form(.hold(World.place))
        try ada.press("tab")
        ada.type("Case 12")
        let before = ada.console.overlay
        ada.console.standing.support = nil
        let effects = try ada.press("ctrl-s")
        #expect(loads(effects).isEmpty)
        #expect(ada.console.parked?.overlay == before)
    }

    @Test func `a session that only reads asks for one that writes and keeps the form`() throws {
        var ada = try inAcme(.readOnly)
        ada.console.overlay = .form(.hold(World.place))
        try ada.press("tab")
        ada.type("Case 12")
        let before = ada.console.overlay
        try ada.press("ctrl-s")
        try ada.answer(
            .failure(.forbidden(.readOnly, "This support session may only read."))
        )
        #expect(ada.console.parked?.overlay == before)
        guard case .form(let form)? = ada.console.overlay, case .support = form.intent else {
            Issue.record("no session that writes is asked for")
            return
        }
        #expect(form.form.error?.string.hasPrefix("This support session only reads.") == true)
    }

    @Test func `the server's word that writing is over counts more than our clock`() throws {
        var ada = try inAcme()
        ada.console.overlay = .form(.invite(World.place, roles: [.init("member")]))
        ada.type("new@acme.example")
        let before = ada.console.overlay
        try ada.press("ctrl-s")
        try ada.answer(.failure(.forbidden(.readOnly, "This console only reads.")))
        #expect(ada.console.standing.elevation == nil)
        #expect(ada.console.parked?.overlay == before)
        #expect(intent(ada.console) == .elevation)
    }

    @Test func `a form outlives the session of the person, for the same person`() throws {
        var ada = try inAcme()
        ada.console.overlay = .form(.rename(World.place))
        ada.type(" two")
        let before = ada.console.overlay
        try ada.press("ctrl-s")
        try ada.answer(
            .failure(DomainError(.unauthenticated, .sessionRevoked, "The session has ended."))
        )
        #expect(ada.console.gate != nil)
        #expect(!ada.lines.contains { $0.contains("Rename") })
        ada.type("ada@ghostworks.example")
        try ada.press("tab")
        ada.type("x")
        try ada.press("enter")
        ada.answerAll()
        #expect(ada.console.gate == nil)
        #expect(ada.console.overlay == before)
    }

    @Test func `another person never sees what was typed`() throws {
        var ada = try inAcme()
        ada.console.overlay = .form(.newRole(World.place))
        ada.type("secret plan")
        ada.send(.woke, after: .seconds(15 * 60))
        #expect(ada.console.parked != nil)
        ada.type("going on")
        ada.answerAll()
        try ada.press("ctrl-s")
        try ada.answer(
            .failure(DomainError(.unauthenticated, .sessionRevoked, "The session has ended."))
        )
        ada.type("omar@acme.example")
        try ada.press("tab")
        ada.type("x")
        try ada.press("enter")
        try ada.answer(.success(.identity(World.identity(nil, World.omar))))
        ada.answerAll()
        #expect(ada.console.overlay == nil)
        #expect(ada.console.parked == nil)
    }

    @Test(arguments: [("2", ScreenKind.members), ("6", .keys), ("0", .stays), ("9", .consents)])
    func `a new support session leads back to where the old one was`(
        key: String,
        kind: ScreenKind
    ) throws {
        var ada = try inAcme()
        try ada.press(key)
        ada.answerAll()
        ada.console.overlay = .form(.giveConsent(World.place))
        ada.send(.woke, after: .seconds(15 * 60))
        ada.type("going on with it")
        ada.answerAll()
        try ada.press("ctrl-s")
        var next = World.support(.readWrite)
        next.expiresAt = ada.now.advanced(by: .seconds(900))
        try ada.answer(.success(.supportSession(next)))
        ada.answerAll()
        #expect(ada.kind == kind)
    }
}
