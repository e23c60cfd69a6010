import Domain
import Terminal
import Testing

@testable import Console

/// Personal data in the console: copies, erasures, legal holds.
struct PrivacyFlowTests {
    /// Omar, an owner of Acme, on one of its parts.
    private func omar(at key: String) throws -> Operator {
        var omar = try Operator()
        try omar.signIn(nil, World.omar)
        _ = omar.console.open(Destination(.summary, in: owned))
        omar.elevate()
        try omar.press(key)
        omar.answerAll()
        return omar
    }

    private var owned: TenantRef {
        var place = World.place
        place.membership = .owner
        return place
    }

    private func privacy(_ effects: [Effect]) -> [PrivacyRequest] {
        loads(effects).compactMap {
            if case .tenant(.privacy(let request), _) = $0 { request } else { nil }
        }
    }

    private func personal(_ effects: [Effect]) -> [PersonalDataRequest] {
        loads(effects).compactMap {
            if case .platform(.personal(let request), _) = $0 { request } else { nil }
        }
    }

    @Test func `a finished copy says how it is fetched, and w saves it`() throws {
        var omar = try omar(at: "7")
        #expect(omar.kind == .requests)
        let refused = try omar.press("w")
        #expect(refused == [])
        #expect(omar.toasts.contains("It has no file."))
        try omar.press("j", "j")
        omar.wait()
        let id = World.dataRequests[2].id
        #expect(omar.lines.contains { $0.contains("GET /api/v1/data-requests/\(id)/download") })
        #expect(privacy(try omar.press("w")) == [.save(id)])
        omar.answerAll()
        #expect(omar.toasts.contains("Wrote /home/omar/ghostworks-export.tar."))
    }

    @Test func `saving needs no console that may write`() throws {
        var omar = try omar(at: "7")
        omar.run(":readonly")
        omar.answerAll()
        try omar.press("j", "j")
        #expect(privacy(try omar.press("w")) == [.save(World.dataRequests[2].id)])
    }

    @Test func `an erasure that waits is approved with the person's address`() throws {
        var omar = try omar(at: "7")
        try omar.press("a")
        omar.type("no@acme.example")
        #expect(privacy(try omar.press("ctrl-s")).isEmpty)
        try omar.press("ctrl-u")
        omar.type(World.huda.email)
        #expect(privacy(try omar.press("ctrl-s")) == [.approve(World.dataRequests[0].id)])
    }

    @Test func `a copy of a member's data is asked for after a question`() throws {
        var omar = try omar(at: "2")
        try omar.press("j", "p")
        #expect(privacy(try omar.press("y")) == [.ask(.export, of: World.huda.id)])
        omar.answerAll()
        #expect(omar.toasts.contains { $0.hasPrefix("Asked for the copy") })
    }

    @Test func `erasing a member needs the address`() throws {
        var omar = try omar(at: "2")
        try omar.press("j", "Z")
        #expect(privacy(try omar.press("ctrl-s")).isEmpty)
        omar.type(World.huda.email)
        #expect(privacy(try omar.press("ctrl-s")) == [.ask(.erase, of: World.huda.id)])
    }

    @Test(
        arguments: [("", nil), (" huda@acme.example ", "huda@acme.example")] as [(String, String?)]
    )
    func `a hold is on a member or on everybody`(typed: String, member: String?) throws {
        var omar = try omar(at: "8")
        #expect(omar.kind == .holds)
        try omar.press("n")
        omar.type(typed)
        try omar.press("tab")
        #expect(privacy(try omar.press("ctrl-s")).isEmpty)
        omar.type("Case 12/2026")
        #expect(privacy(try omar.press("ctrl-s")) == [.hold(member, reason: "Case 12/2026")])
    }

    @Test func `an address that nobody has is told at its field`() throws {
        var omar = try omar(at: "8")
        try omar.press("n")
        omar.type("nobody@acme.example")
        try omar.press("tab")
        omar.type("Case 12/2026")
        try omar.press("ctrl-s")
        try omar.answer(.failure(.invalid("member", "is nobody's mail address here")))
        guard case .form(let form)? = omar.console.overlay else {
            Issue.record("the form is gone")
            return
        }
        #expect(form.form.fields.filter { $0.error != nil }.map(\.id) == ["member"])
    }

    @Test func `a hold is lifted with the tenant's slug, once`() throws {
        var omar = try omar(at: "8")
        try omar.press("D")
        omar.type("acme")
        #expect(privacy(try omar.press("ctrl-s")) == [.release(World.holds[0].id)])
        omar.answerAll()
        try omar.press("j")
        omar.clearToasts()
        try omar.press("D")
        #expect(omar.toasts == ["No hold that holds is selected."])
    }

    @Test func `operators see nothing of it in a support session`() throws {
        var ada = try Operator()
        try ada.signIn()
        try ada.enterAcme()
        ada.clearToasts()
        try ada.press("7")
        #expect(ada.toasts == ["In a support session super_admin lacks privacy.export."])
        ada.clearToasts()
        try ada.press("8")
        #expect(ada.toasts == ["In a support session super_admin lacks retention.manage."])
    }

    @Test func `a super-admin asks for a copy with a reason, and erases with the address`() throws {
        var ada = try Operator()
        try ada.signIn()
        ada.elevate()
        try ada.press("P")
        ada.answerAll()
        try ada.press("j", "C")
        ada.answerAll()
        #expect(ada.kind == .copies)
        try ada.press("n")
        ada.type("asked by letter")
        #expect(
            personal(try ada.press("ctrl-s")) == [.ask(World.omar.id, reason: "asked by letter")]
        )
        ada.answerAll()
        try ada.press("esc", "Z")
        ada.type(World.omar.email)
        try ada.press("tab")
        ada.type("asked by letter")
        #expect(
            personal(try ada.press("ctrl-s")) == [.erase(World.omar.id, reason: "asked by letter")]
        )
    }

    @Test func `support asks for nobody's data`() throws {
        var helper = try Operator()
        try helper.signIn(.support)
        try helper.press("P")
        #expect(helper.kind == .overview)
    }
}
