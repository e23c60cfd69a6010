import Domain
import Terminal
import Testing

@testable import Console

/// Inviting people and making roles, key by key.
struct PeopleFlowTests {
    private func onMembers() throws -> Operator {
        var ada = try Operator()
        try ada.signIn()
        try ada.enterAcme(.readWrite)
        ada.elevate()
        try ada.press("2")
        ada.answerAll()
        ada.clearToasts()
        return ada
    }

    private func onRoles() throws -> Operator {
        var omar = try Operator()
        try omar.signIn(nil, World.omar)
        try omar.press("enter")
        omar.answerAll()
        omar.elevate()
        omar.run(":roles")
        omar.answerAll()
        omar.clearToasts()
        return omar
    }

    @Test func `suspending a member asks for the address and a reason, and undo says what it is`()
        throws
    {
        var ada = try onMembers()
        try ada.press("j", "S")
        let huda = World.members[1]
        ada.type(huda.email)
        try ada.press("tab")
        let early = try ada.press("ctrl-s")
        #expect(loads(early).isEmpty)
        ada.type("on leave")
        let effects = try ada.press("ctrl-s")
        let edit = MemberEdit(status: .suspended, reason: "on leave")
        #expect(changes(effects) == [edit])
        ada.answerAll()
        #expect(try loads(ada.press("U")).isEmpty)
        let undone = try ada.press("y")
        #expect(
            changes(undone) == [MemberEdit(status: .active, reason: "undo of the suspension")]
        )
    }

    private func changes(_ effects: [Effect]) -> [MemberEdit] {
        loads(effects).compactMap { request in
            guard case .tenant(.members(.change(_, let edit, _)), _) = request else { return nil }
            return edit
        }
    }

    @Test func `inviting asks for mail and role, the tenant's own roles among them`() throws {
        var ada = try onMembers()
        try ada.press("i")
        #expect(ada.lines.contains { $0.contains("Reserves 1 seat for seven days") })
        ada.type("new@x.test")
        try ada.press("tab")
        for _ in 0..<4 { try ada.press("right") }
        try ada.press("ctrl-s")
        let wanted = try NewInvitation(email: "new@x.test", role: "\(World.editor.id)")
        guard case .tenant(.invitations(.invite(let new)), _) = ada.open.first?.request else {
            Issue.record("nothing was sent: \(ada.lines)")
            return
        }
        #expect(new.email == wanted.email)
        #expect([RoleName.id(World.editor.id), .id(World.id(51))].contains(new.role))
        ada.answerAll()
        #expect(ada.toasts == ["Invited new@acme.example as Content editor."])
    }

    @Test func `a wrong address is told at its field, and nothing is sent`() throws {
        var ada = try onMembers()
        try ada.press("i")
        ada.type("a@b")
        try ada.press("ctrl-s")
        #expect(ada.open.isEmpty)
        #expect(ada.lines.contains { $0.contains("must be a mail address") })
    }

    @Test func `a role's own name can be chosen in the picker of roles`() throws {
        var ada = try onMembers()
        try ada.press("j", "c")
        #expect(ada.lines.contains { $0.contains("Role of") })
        try ada.press("right")
        #expect(ada.lines.contains { $0.contains("brand_creator") || $0.contains("member") })
    }

    @Test func `an invitation that is settled is neither sent again nor taken back`() throws {
        var ada = try onMembers()
        try ada.press("I")
        ada.answerAll()
        try ada.press("j", "c")
        #expect(ada.toasts.contains { $0.contains("The invitation is accepted.") })
        ada.clearToasts()
        try ada.press("k", "D")
        #expect(ada.lines.contains { $0.contains("Ends 1 invitation to Acme Charity") })
    }

    @Test func `the filter of invitations knows its states`() throws {
        var ada = try onMembers()
        try ada.press("I")
        ada.answerAll()
        try ada.press("/")
        ada.run("status:lost")
        #expect(ada.lines.contains { $0.contains("There is no status \"lost\".") })
        try ada.press("esc", "/")
        ada.run("status:declined")
        ada.answerAll()
        #expect(try ada.screen(InvitationsScreen.self).list.ordered.map(\.status) == [.declined])
    }

    @Test func `the platform's roles cannot be changed`() throws {
        var ada = try onRoles()
        try ada.press("e")
        #expect(ada.toasts.contains { $0.contains("The role owner is the platform's.") })
        #expect(ada.open.isEmpty)
    }

    @Test func `a role is made, and undone by deleting it`() throws {
        var ada = try onRoles()
        try ada.press("n")
        ada.type("Helper")
        try ada.press("ctrl-s")
        guard case .tenant(.roles(.create(let draft)), _) = ada.open.first?.request else {
            Issue.record("nothing was sent: \(ada.lines)")
            return
        }
        #expect(draft.name == "Helper" && draft.permissions[.artifactRead] == .all)
        ada.answerAll()
        #expect(ada.toasts == ["Made the role Helper. U undoes it for a minute."])
        let effects = loads(try ada.press("U", "y"))
        guard case .tenant(.roles(.delete(.id(World.id(60)))), _) = effects.first else {
            Issue.record("\(effects)")
            return
        }
    }

    @Test func `an unknown permission is told in the form`() throws {
        var ada = try onRoles()
        try ada.press("n")
        ada.type("Helper")
        try ada.press("tab", "tab")
        ada.send(.pasted("no.such"))
        try ada.press("ctrl-s")
        #expect(ada.open.isEmpty)
        #expect(ada.lines.contains { $0.contains("must be names of permissions") })
    }

    @Test func `a role is deleted after a question, and made again by undo`() throws {
        var ada = try onRoles()
        try ada.press("G", "D")
        #expect(ada.lines.contains { $0.contains("Delete the role Content editor") })
        try ada.press("y")
        ada.answerAll()
        let effects = loads(try ada.press("U", "y"))
        guard case .tenant(.roles(.create(let draft)), _) = effects.first else {
            Issue.record("\(effects) \(ada.toasts)")
            return
        }
        #expect(draft.name == "Content editor" && draft.rank == 45)
    }

    private func asOwner() throws -> Operator {
        var omar = try Operator()
        omar.send(.started)
        try omar.answer(.success(.identity(World.identity(nil, World.omar))))
        var owned = World.workspaces[0]
        owned.role = .owner
        try omar.answer(.success(.workspaces([owned])))
        try omar.press("enter")
        omar.answerAll()
        omar.elevate()
        try omar.press("2")
        omar.answerAll()
        omar.clearToasts()
        return omar
    }

    @Test func `an owner hands the tenant over and is an admin on its screens`() throws {
        var omar = try asOwner()
        try omar.press("H")
        #expect(omar.toasts == ["That is you."])
        omar.clearToasts()
        try omar.press("j", "H")
        #expect(omar.lines.contains { $0.contains("Changes 2 memberships") })
        #expect(loads(try omar.press("ctrl-s")).isEmpty)
        #expect(omar.lines.contains { $0.contains("as a confirmation") })
        omar.type(World.huda.email)
        try omar.press("tab")
        omar.type("my secret")
        #expect(!omar.lines.contains { $0.contains("my secret") })
        let effects = loads(try omar.press("ctrl-s"))
        let transfer = MemberRequest.transfer(World.huda.id, proof: "my secret")
        guard case .tenant(.members(transfer), _) = effects.first else {
            Issue.record("nothing was asked for: \(omar.lines)")
            return
        }
        omar.answerAll()
        #expect(try omar.screen(MembersScreen.self).place.membership == .admin)
        #expect(omar.toasts == ["\(World.huda.name) is an owner now, and you are an admin."])
    }

    @Test func `a wrong proof is said at its field, and the form stays`() throws {
        var omar = try asOwner()
        try omar.press("j", "H")
        omar.type(World.huda.email)
        try omar.press("tab")
        omar.type("guess")
        try omar.press("ctrl-s")
        try omar.answer(.failure(.invalid("password", "is not your password")))
        #expect(omar.lines.contains { $0.contains("is not your password") })
        #expect(omar.kind == .members)
        #expect(try omar.screen(MembersScreen.self).place.membership == .owner)
    }

    @Test func `nobody hands a tenant over to who is suspended`() throws {
        var omar = try asOwner()
        try omar.press("j", "j", "H")
        #expect(omar.toasts.contains { $0.hasSuffix(" is suspended.") })
        #expect(omar.console.overlay == nil)
    }

    @Test func `who leaves sees nothing of the tenant any more`() throws {
        var omar = try asOwner()
        try omar.press("E")
        omar.type("acme")
        let effects = loads(try omar.press("ctrl-s"))
        guard case .tenant(.members(.leave), _) = effects.first else {
            Issue.record("nothing was asked for: \(omar.lines)")
            return
        }
        omar.answerAll()
        #expect(omar.kind == .workspaces)
        #expect(omar.console.trail.visits.allSatisfy { $0.content.tenant == nil })
    }

    @Test func `the last owner is told why they cannot leave`() throws {
        var omar = try asOwner()
        try omar.press("E")
        omar.type("acme")
        try omar.press("ctrl-s")
        let refusal = DomainError(.conflict, .lastOwner, "The workspace needs an owner.")
        try omar.answer(.failure(refusal))
        #expect(omar.lines.contains { $0.contains("The workspace needs an owner.") })
        #expect(omar.kind == .members)
    }

    @Test func `an operator has no place to leave or to hand over`() throws {
        var ada = try onMembers()
        try ada.press("E")
        #expect(ada.toasts == ["You have no place of your own here."])
        ada.clearToasts()
        try ada.press("j", "H")
        #expect(ada.toasts.contains { $0.contains("super_admin lacks owner.manage") })
    }

    @Test func `an artifact is given by its id`() throws {
        var ada = try onMembers()
        try ada.press("j", "o")
        ada.answerAll()
        try ada.press("n")
        ada.type("no id")
        ada.answerAll()
        try ada.press("enter", "ctrl-s")
        #expect(ada.open.isEmpty)
        #expect(ada.lines.contains { $0.contains("must be picked from the list") })
        try ada.press("backspace")
        ada.type(World.artifacts[0].id.description)
        ada.answerAll()
        try ada.press("tab", "right", "ctrl-s")
        let give = GrantRequest.give(
            World.artifacts[0].id,
            [.artifactRead, .artifactUpdate],
            to: World.huda.id
        )
        guard case .tenant(.grants(give), _) = ada.open.first?.request else {
            Issue.record("nothing was sent: \(ada.lines)")
            return
        }
        ada.answerAll()
        #expect(ada.toasts.contains { $0.hasPrefix("Gave \(World.huda.name) ") })
    }

    @Test func `an artifact is taken back, and given again by undo`() throws {
        var ada = try onMembers()
        try ada.press("j", "o")
        ada.answerAll()
        try ada.press("j", "D")
        #expect(ada.lines.contains { $0.contains("Ends 1 grant of") })
        try ada.press("y")
        ada.answerAll()
        let effects = loads(try ada.press("U", "y"))
        let give = GrantRequest.give(
            World.grants[1].resource,
            [.artifactRead],
            to: World.huda.id
        )
        guard case .tenant(.grants(give), _) = effects.first else {
            Issue.record("\(effects) \(ada.toasts)")
            return
        }
    }
}
