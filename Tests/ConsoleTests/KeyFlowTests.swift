import Domain
import Terminal
import Testing

@testable import Console

/// API keys in the console: made, shown once, rotated, revoked.
struct KeyFlowTests {
    /// Huda, an admin of Acme, in front of its keys.
    private func atKeys(size: Size = Size(columns: 120, rows: 40)) throws -> Operator {
        var omar = try Operator(size: size)
        try omar.signIn(nil, World.omar)
        omar.elevate()
        try omar.press("enter")
        omar.answerAll()
        try omar.press("6")
        omar.answerAll()
        #expect(omar.kind == .keys)
        return omar
    }

    private func request(_ effects: [Effect]) -> KeyRequest? {
        guard case .tenant(.keys(let request), let caller)? = loads(effects).first else {
            return nil
        }
        #expect(caller.tenant == World.tenant.id)
        return request
    }

    @Test func `a new key is asked for with its scopes, its end and its limit`() throws {
        var omar = try atKeys()
        try omar.press("n")
        omar.type("CI")
        try omar.press("tab")
        omar.send(.pasted("artifact.create,\naudit.read"))
        try omar.press("tab", "right", "right", "tab")
        omar.type("60")
        let end = omar.now.advanced(by: .seconds(30 * 86_400))
        let terms = KeyTerms(name: "CI", expiresAt: .set(end), ratePerMinute: .set(60))
        #expect(
            request(try omar.press("ctrl-s"))
                == .create(terms, scopes: ["artifact.read", "artifact.create", "audit.read"])
        )
    }

    @Test func `the text is shown once, copied, and gone from the state`() throws {
        var omar = try atKeys()
        try omar.press("n")
        omar.type("CI")
        try omar.press("ctrl-s")
        omar.answerAll()
        let shown = omar.lines.joined().filter { $0 != " " && $0 != "│" }
        #expect(shown.contains("Keepitnow"))
        #expect(omar.lines.contains { $0.contains("gwk_live_AAAA") })
        let effects = try omar.press("y")
        #expect(effects.contains(.copy(World.issuedKey.text)))
        // Nobody knows whether the terminal took it: the text stays until it is dismissed.
        #expect(omar.lines.contains { $0.contains("gwk_live_AAAA") })
        try omar.press("esc")
        #expect(omar.console.overlay == nil)
        #expect(!String(reflecting: omar.console).contains(World.issuedKey.text))
        #expect(!omar.lines.contains { $0.contains("bbbb") })
    }

    @Test func `esc leaves the text without a copy`() throws {
        var omar = try atKeys()
        try omar.press("t", "ctrl-s")
        omar.answerAll()
        #expect(try omar.press("esc") == [])
        #expect(omar.console.overlay == nil)
    }

    @Test(
        arguments: [
            (.suspended, "It is refused: who made it is suspended in the workspace."),
            (.removed, "It is refused: who made it was removed from the workspace."),
            (.barred, "It is refused: who made it cannot sign in at present."),
        ] as [(APIKey.Maker, String)]
    )
    func `a key that is refused because of its maker says so`(
        maker: APIKey.Maker,
        sentence: String
    ) throws {
        var omar = try atKeys()
        #expect(!omar.lines.contains { $0.contains("It is refused") })
        try omar.press("r")
        var key = World.keys[0]
        key.maker = maker
        try omar.answer(.success(.keys(World.page([key]))))
        omar.answerAll()
        #expect(omar.lines.contains { $0.contains("CI") && $0.contains("blocked") })
        #expect(omar.lines.contains { $0.contains(sentence) })
    }

    @Test func `a limit that is no number is said at its field, and nothing is asked for`() throws {
        var omar = try atKeys()
        try omar.press("e", "tab", "tab")
        omar.type("x")
        #expect(try omar.press("ctrl-s") == [])
        guard case .form(let form)? = omar.console.overlay else {
            Issue.record("the form is gone")
            return
        }
        let field = form.form.fields.first { $0.id == "rate_per_minute" }
        #expect(field?.error == "must be 1 to 1000000")
    }

    @Test func `a refused scope is said at the scopes`() throws {
        var omar = try atKeys()
        try omar.press("n")
        omar.type("CI")
        try omar.press("ctrl-s")
        try omar.answer(
            .failure(.invalid("scopes", "must not hold \"member.read\", which no key has"))
        )
        #expect(omar.lines.contains { $0.contains("must not hold") })
    }

    @Test func `rotating says how long the old secret is good`() throws {
        var omar = try atKeys()
        try omar.press("t", "right", "right")
        #expect(
            request(try omar.press("ctrl-s"))
                == .rotate(World.keys[0].id, overlap: .seconds(86_400))
        )
    }

    @Test func `a changed name is sent with the version that was seen`() throws {
        var omar = try atKeys()
        try omar.press("e")
        omar.type(" 2")
        let terms = KeyTerms(name: "CI 2", expiresAt: .none, ratePerMinute: .set(6_000))
        #expect(
            request(try omar.press("ctrl-s")) == .change(World.keys[0].id, terms, version: 1)
        )
        omar.answerAll()
        #expect(omar.toasts == ["Changed the key CI 2. U undoes it for a minute."])
    }

    @Test func `the end and the limit of a key can be taken away, and come back by undo`() throws {
        var omar = try atKeys()
        try omar.press("e", "tab", "right", "tab", "ctrl-u")
        let terms = KeyTerms(name: "CI", expiresAt: .removed, ratePerMinute: .removed)
        #expect(
            request(try omar.press("ctrl-s")) == .change(World.keys[0].id, terms, version: 1)
        )
        omar.answerAll()
        let end = try #require(World.keys[0].expiresAt)
        let old = KeyTerms(name: "CI", expiresAt: .set(end), ratePerMinute: .set(6_000))
        #expect(request(try omar.press("U", "y")) == .change(World.keys[0].id, old, version: 2))
    }

    @Test(arguments: [("2026-12-31", true), ("2026-02-30", false), ("2020-01-01", false)])
    func `the end of a key may be typed as a day`(day: String, isGood: Bool) throws {
        var omar = try atKeys()
        try omar.press("e", "tab")
        omar.type(day)
        try omar.press("enter")
        let asked = request(try omar.press("ctrl-s"))
        guard isGood else {
            #expect(asked == nil)
            #expect(omar.lines.contains { $0.contains("must be") })
            return
        }
        // The whole day, in the zone of the console.
        let end = try #require(Instant(rfc3339: "2026-12-31T21:00:00Z"))
        let terms = KeyTerms(name: "CI", expiresAt: .set(end), ratePerMinute: .set(6_000))
        #expect(asked == .change(World.keys[0].id, terms, version: 1))
    }

    @Test func `revoking needs the name and a reason, and is shown at once`() throws {
        var omar = try atKeys()
        try omar.press("D")
        #expect(try omar.press("ctrl-s") == [])
        omar.type("CI")
        try omar.press("tab")
        omar.type("leaked")
        #expect(
            request(try omar.press("ctrl-s")) == .revoke(World.keys[0].id, reason: "leaked")
        )
        let id = try #require(omar.open.first?.id)
        omar.open.removeFirst()
        var revoked = World.keys[0]
        revoked.status = .revoked
        omar.send(.answered(id, .success(.key(revoked))))
        #expect(try omar.screen(APIKeysScreen.self).list.selected?.status == .revoked)
        try omar.press("t")
        #expect(omar.toasts.contains("The key was revoked."))
    }

    @Test func `a support session sees keys and makes none`() throws {
        var ada = try Operator()
        try ada.signIn()
        ada.elevate()
        try ada.enterAcme(.readWrite)
        ada.clearToasts()
        try ada.press("6")
        ada.answerAll()
        #expect(ada.kind == .keys)
        #expect(try ada.press("n") == [])
        #expect(ada.toasts == ["In a support session super_admin lacks apikey.manage."])
    }
}
