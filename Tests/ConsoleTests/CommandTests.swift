import Domain
import Terminal
import Testing

@testable import Console

/// What can be typed: commands, filters and people.
struct CommandTests {
    private let context = ScreenContext(
        now: World.now,
        zone: Zone(minutesEast: 180),
        area: Rect(x: 0, y: 0, width: 80, height: 20),
        people: World.people,
        maySee: true,
        viewer: World.ada.id
    )

    @Test func `commands are read with their words`() throws {
        #expect(
            try Command(parsing: "tenants status:suspended") == .tenants(filter: "status:suspended")
        )
        #expect(try Command(parsing: " tenant acme ") == .section(.summary, tenant: "acme"))
        #expect(
            try Command(parsing: "audit acme actor:ada since:7d")
                == .section(.audit(filter: "actor:ada since:7d"), tenant: "acme")
        )
        #expect(
            try Command(parsing: "audit actor:ada")
                == .section(.audit(filter: "actor:ada"), tenant: nil)
        )
        #expect(try Command(parsing: "theme paper") == .theme("paper"))
        #expect(
            try Command(parsing: "elevate 1h big move") == .elevate(minutes: 60, reason: "big move")
        )
        #expect(try Command(parsing: "tenant") == .tenants(filter: nil))
        #expect(try Command(parsing: "quit") == .action("quit"))
        let address = try EmailAddress("ada@example.org")
        #expect(try Command(parsing: "attempts ada@example.org") == .attempts(address))
        #expect(try Command(parsing: "attempts") == .action("attempts"))
    }

    @Test(
        arguments: [
            ("", "An empty command does nothing."), ("tenant a b", "Which tenant?"),
            ("elevate 61m x y z", "For how long?"), ("elevate -5 because", "For how long?"),
            ("elevate 99999999999999999999h x", "For how long?"),
            ("elevate 10m", "A reason is needed."),
            ("attempts nobody", "Which mail address?"),
            ("attempts a@b.example c@d.example", "Which mail address?"),
            ("quit now", "The command quit takes nothing behind it."),
            ("\u{1B}[31m", "There is no command \"\u{1B}[31m\"."),
        ])
    func `a wrong command gets a sentence`(line: String, sentence: String) {
        let error = #expect(throws: DomainError.self) { try Command(parsing: line) }
        #expect(error?.message == sentence)
        #expect(error?.hint != nil)
    }

    @Test(
        arguments: [
            ("tenant", .tenants), ("workspace", .workspaces), ("member", .members),
            ("role", .roles), ("artifact", .artifacts), ("api-key", .keys), ("call", .calls),
            ("alert", .alerts), ("price", .prices), ("user", .users), ("operator", .operators),
            ("session", .sessions), ("support", .visits), ("job", .jobs), ("process", .processes),
        ] as [(String, ScreenKind)]
    )
    func `the shell's nouns open the lists that operators see`(
        noun: String,
        kind: ScreenKind
    ) throws {
        try open(noun, kind, Scene.inAcme(Size(columns: 120, rows: 40)))
    }

    @Test(
        arguments: [
            ("invitation", .invitations), ("privacy", .requests), ("hold", .holds),
            ("consent", .consents), ("api-keys", .keys),
        ] as [(String, ScreenKind)]
    )
    func `the shell's nouns open the lists that owners see`(
        noun: String,
        kind: ScreenKind
    ) throws {
        try open(noun, kind, Scene.owner(Size(columns: 120, rows: 40)))
    }

    private func open(_ noun: String, _ kind: ScreenKind, _ person: Operator) throws {
        var person = person
        person.run(":audit")
        person.answerAll()
        person.run(":\(noun)")
        person.answerAll()
        #expect(person.kind == kind)
    }

    @Test func `a noun that is an action's name as well stands for the list elsewhere`() throws {
        #expect(try Command(parsing: "role acme") == .section(.roles, tenant: "acme"))
        #expect(try Command(parsing: "role") == .action("role"))
        var ada = try Scene.inAcme(Size(columns: 120, rows: 40), .readWrite)
        ada.elevate()
        ada.run(":members")
        ada.answerAll()
        ada.run(":role")
        #expect(ada.kind == .members)
        #expect(ada.console.overlay != nil)
    }

    @Test func `the palette finds a list by the shell's noun`() throws {
        var ada = try Scene.inAcme(Size(columns: 120, rows: 40))
        try ada.press(":")
        ada.type("api-key")
        #expect(ada.lines.contains { $0.contains("api-key") && $0.contains("short for :keys") })
    }

    @Test func `who may not search people is told what a filter takes`() throws {
        var helper = try Operator()
        try helper.signIn(.support)
        helper.run(":trail")
        helper.answerAll()
        try helper.press("/")
        helper.type("actor:stranger")
        helper.open = []
        try helper.press("enter")
        #expect(helper.open.isEmpty)
        let shown = helper.lines.joined(separator: "\n")
        #expect(shown.contains("Your role may not search the platform's people."))
        #expect(shown.contains("or an id"))
    }

    @Test func `a near miss is answered with the nearest name`() {
        let error = #expect(throws: DomainError.self) { try Command(parsing: "tnants") }
        #expect(error?.hint == "Did you mean :tenants?")
    }

    @Test func `the audit filter reads every word of its language`() throws {
        let query = try AuditQuery(
            parsing: "actor:omar action:artifact.* resource:artifact:42 outcome:denied since:7d "
                + "until:2026-03-01 request:req-1",
            context
        )
        #expect(query.filter.actor == World.omar.id)
        #expect(query.filter.actions.sole == .beginning("artifact."))
        #expect(query.filter.resources.sole == AuditResource(type: "artifact", id: "42"))
        #expect(query.filter.outcome == .denied)
        #expect(query.filter.from == World.ago(7 * 24 * 60))
        #expect(query.filter.to == Instant(rfc3339: "2026-02-28T21:00:00Z"))
        #expect(query.filter.requestID == "req-1")
    }

    @Test(
        arguments: [
            "outcome:maybe", "since:soon", "colour:red", "since:", "request:a request:b",
            "word", "since:99999999999999999999d",
        ])
    func `a wrong audit filter is refused with a hint`(text: String) {
        let error = #expect(throws: DomainError.self) { try AuditQuery(parsing: text, context) }
        #expect(error?.hint != nil)
    }

    @Test func `people are found by me, by name, by mail and by id`() {
        #expect(PersonName("me", context) == .known(World.ada.id))
        #expect(PersonName("omar", context) == .known(World.omar.id))
        #expect(PersonName("HUDA@acme.example", context) == .known(World.huda.id))
        #expect(PersonName(World.huda.id.description, context) == .known(World.huda.id))
        #expect(PersonName("nobody", context) == .unknown("nobody"))
    }

    @Test func `the command line completes tenants, themes and actions`() throws {
        var ada = try Operator()
        try ada.signIn()
        try ada.press("T")
        ada.answerAll()
        ada.type(":acme")
        try ada.press("tab")
        try ada.press("enter")
        ada.answerAll()
        guard case .form(let form)? = ada.console.overlay else {
            Issue.record("the tenant was not entered")
            return
        }
        #expect(form.intent == .support(World.place, then: Destination(.summary, in: World.place)))
    }

    /// Whoever is no operator has workspaces instead of tenants.
    @Test(arguments: ["tenant", "tenants", "t"])
    func `tenants without a name are one's own for who is no operator`(command: String) throws {
        var omar = try Operator()
        try omar.signIn(nil, World.omar)
        try omar.press("enter")
        omar.answerAll()
        #expect(omar.kind == .tenant)
        omar.run(":\(command)")
        omar.answerAll()
        #expect(omar.kind == .workspaces)
        #expect(omar.toasts == [])
        #expect(omar.lines.contains { $0.contains("Acme Charity") })
        var ada = try Operator()
        try ada.signIn()
        ada.run(":\(command)")
        #expect(ada.kind == .tenants)
    }

    @Test func `a filter of tenants is for operators`() throws {
        var omar = try Operator()
        try omar.signIn(nil, World.omar)
        omar.run(":tenants status:active")
        #expect(omar.kind == .workspaces)
        #expect(omar.toasts == ["Only operators may do this."])
        var nobody = try Operator(hasSession: false)
        nobody.send(.started)
        let before = nobody.kind
        #expect(nobody.console.standing.identity == nil)
        nobody.run(":tenant")
        #expect(nobody.kind == before)
    }

    @Test func `a tenant that is not known is looked up by its name`() throws {
        var ada = try Operator()
        try ada.signIn()
        ada.run(":artifacts unseen tag:zakat")
        guard case .platform(let request, _)? = ada.open.last?.request else {
            Issue.record("nothing was looked up")
            return
        }
        #expect(request == .resolve("unseen"))
        try ada.answer(.failure(.notFound("tenant", "unseen")))
        #expect(ada.toasts == ["No tenant \"unseen\" exists."])
    }

    @Test(arguments: [("calls", ScreenKind.calls), ("alerts", .alerts), ("stays", .stays)])
    func `a part of a tenant is open from everywhere in it`(
        command: String,
        kind: ScreenKind
    ) throws {
        var ada = try Operator()
        try ada.signIn()
        try ada.enterAcme()
        try ada.press("5")
        ada.answerAll()
        ada.run(":\(command)")
        #expect(ada.kind == kind)
    }

    @Test func `a part of a tenant that one may not see says why, and is not opened`() throws {
        var ada = try Operator()
        try ada.signIn()
        try ada.enterAcme()
        ada.run(":holds")
        #expect(ada.kind == .tenant)
        #expect(ada.toasts.contains { $0.contains("lacks retention.manage") })
    }

    @Test func `the calls take no filter behind their command`() throws {
        #expect(throws: DomainError.self) { try Command(parsing: "calls acme state:done") }
    }
}
