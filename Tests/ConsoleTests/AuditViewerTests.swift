import Domain
import FoundationEssentials
import Terminal
import Testing

@testable import Console

/// The trail as a viewer: live, in the past, folded, both ways between events and objects.
struct AuditViewerTests {
    private func atTrail(_ memory: Memory = Memory()) throws -> Operator {
        var ada = try Operator(memory: memory)
        try ada.signIn()
        try ada.enterAcme()
        try ada.press("5")
        ada.answerAll()
        ada.clearToasts()
        return ada
    }

    private func tenant(_ effects: [Effect]) -> [TenantRequest] {
        loads(effects).compactMap { if case .tenant(let request, _) = $0 { request } else { nil } }
    }

    private func newest(_ count: Int64) -> Page<AuditEvent> {
        World.page((1...count).reversed().map { World.event($0) })
    }

    @Test func `artifacts that events do not name are asked for once a page`() throws {
        var ada = try Operator()
        try ada.signIn()
        try ada.enterAcme()
        ada.answerAll()
        try ada.press("5")
        let (known, gone) = (World.artifacts[0].id, World.artifacts[1].id)
        let events = (1...6).reversed().map { seq in
            var event = World.event(Int64(seq))
            event.entry.resourceType = "artifact"
            event.entry.resourceID = (seq % 2 == 0 ? known : gone).description
            event.entry.changes = #"{"tags":[["a"],["b"]]}"#
            return event
        }
        ada.open.removeAll {
            if case .tenant(.audit(.list), _) = $0.request { false } else { true }
        }
        let asked = tenant(try ada.answer(.success(.auditEvents(World.page(events)))))
        #expect(asked.contains(.artifacts(.names([known, gone]))))
        #expect(ada.lines.contains { $0.contains("artifact \(known.description.prefix(8))…") })
        ada.open.removeAll { if case .tenant(.artifacts, _) = $0.request { false } else { true } }
        try ada.answer(.success(.artifactNames([known: "Zakat guide", gone: ""])))
        #expect(ada.lines.contains { $0.contains("artifact Zakat guide") })
        #expect(ada.lines.contains { $0.contains("artifact \(gone.description.prefix(8))…") })
        // Neither is asked for again.
        try ada.press("r")
        ada.open.removeAll {
            if case .tenant(.audit(.list), _) = $0.request { false } else { true }
        }
        let again = tenant(try ada.answer(.success(.auditEvents(World.page(events)))))
        #expect(!again.contains { if case .artifacts = $0 { true } else { false } })
    }

    @Test func `following waits for the next event, and shows it to who is at the top`() throws {
        var ada = try atTrail()
        #expect(tenant(try ada.press("F")) == [.audit(.wait(after: 0))])
        let after = tenant(try ada.answer(.success(.auditHead(40))))
        #expect(after.count == 2)
        #expect(after.last == .audit(.wait(after: 40)))
        try ada.answer(.success(.auditEvents(newest(40))))
        // Nothing is drawn or asked for while nothing happens.
        #expect(tenant(try ada.answer(.success(.auditHead(40)))) == [.audit(.wait(after: 40))])
        try ada.answer(.success(.auditHead(43)))
        try ada.answer(.success(.auditEvents(newest(43))))
        let screen = try ada.screen(AuditScreen.self)
        #expect(screen.list.selected?.seq == 43)
        ada.clearToasts()
        #expect(ada.lines.contains { $0.contains("● following") })
    }

    @Test func `what is new is announced to who reads further down`() throws {
        var ada = try atTrail()
        try ada.press("F", "j", "j")
        ada.clearToasts()
        try ada.answer(.success(.auditHead(52)))
        try ada.answer(.success(.auditEvents(newest(52))))
        let screen = try ada.screen(AuditScreen.self)
        #expect(screen.list.selected?.seq == 38)
        #expect(screen.list.table.notice.arrived == 12)
        #expect(ada.lines.contains { $0.contains("12 new ↑") })
        try ada.press("g")
        try ada.answer(.success(.auditHead(52)))
        try ada.answer(.success(.auditEvents(newest(52))))
        #expect(try ada.screen(AuditScreen.self).list.selected?.seq == 52)
    }

    @Test func `esc goes back while the trail is followed, and coming back follows on`() throws {
        var ada = try atTrail()
        try ada.press("F")
        try ada.answer(.success(.auditHead(40)))
        try ada.answer(.success(.auditEvents(newest(40))))
        ada.send(.woke, after: .seconds(30))
        // No spinner turns for what nobody waits for.
        let soon = ada.now.advanced(by: .milliseconds(500))
        #expect(ada.console.wake(after: ada.now).map { $0 > soon } ?? true)
        let effects = try ada.press("esc")
        #expect(effects.contains { if case .cancel = $0 { true } else { false } })
        #expect(ada.kind == .tenant)
        #expect(tenant(try ada.press("]")).contains(.audit(.wait(after: 40))))
    }

    @Test func `F again ends it, and its request`() throws {
        var ada = try atTrail()
        try ada.press("F")
        let effects = try ada.press("F")
        #expect(effects.count == 1)
        #expect(ada.open.isEmpty)
        #expect(try !ada.screen(AuditScreen.self).isFollowing)
    }

    @Test func `the trail is shown as it was at a time, which nothing new can fit`() throws {
        var ada = try atTrail()
        try ada.press("t")
        ada.type("2026-03-01")
        let asked = tenant(try ada.press("enter"))
        // The end of that day, three hours east.
        let end = try #require(Instant(rfc3339: "2026-03-01T21:00:00Z"))
        guard case .audit(.list(let filter, _))? = asked.first else {
            Issue.record("nothing was asked for")
            return
        }
        #expect(filter == AuditFilter(to: end))
        ada.answerAll()
        #expect(ada.lines[0].contains("Audit as of 2026-03-01"))
        ada.clearToasts()
        #expect(try ada.press("F") == [])
        #expect(ada.toasts == ["Nothing new fits a filter that ends in the past."])
    }

    @Test func `a filter is kept under a name, used and forgotten`() throws {
        var ada = try atTrail()
        try ada.press("+")
        #expect(ada.toasts == ["There is no filter to keep."])
        try ada.press("*")
        #expect(ada.toasts.contains("No filter was kept here; + keeps one."))
        ada.run("/outcome:denied")
        ada.answerAll()
        try ada.press("+")
        ada.type("refused")
        let kept = try ada.press("ctrl-s")
        #expect(kept == [.remember(ada.console.surroundings.memory)])
        let memory = ada.console.surroundings.memory
        #expect(memory.saved == ["audit": ["refused": "outcome:denied"]])
        let read = try #require(memory.encoded.flatMap { Memory(decoding: $0) })
        #expect(read == memory)

        var later = try atTrail(read)
        try later.press("*")
        #expect(later.lines.contains { $0.contains("refused: outcome:denied") })
        guard case .audit(.list(let filter, _))? = tenant(try later.press("ctrl-s")).first else {
            Issue.record("nothing was asked for")
            return
        }
        #expect(filter == AuditFilter(outcome: .denied))
        later.answerAll()
        try later.press("*", "tab", "right", "ctrl-s")
        #expect(later.console.surroundings.memory.saved == ["audit": [:]])
    }

    @Test func `a memory of an older version is still read`() throws {
        let text = #"{"filters":{},"orders":{"tenants":"name"}}"#
        let memory = try #require(Memory(decoding: .init(text.utf8)))
        #expect(memory.orders == ["tenants": "name"])
        #expect(memory.saved == nil)
    }

    @Test(arguments: [
        ("2", "resource:member:\(World.omar.id)"),
        ("1", "resource:tenant:\(World.tenant.id)"),
        ("6", "resource:api_key:\(World.keys[0].id)"),
    ])
    func `an object shows its events`(part: String, filter: String) throws {
        var ada = try atTrail()
        try ada.press(part)
        ada.answerAll()
        try ada.press("L")
        #expect(ada.kind == .audit)
        #expect(try ada.screen(AuditScreen.self).query.text == filter)
    }

    @Test(arguments: [
        ("role", ScreenKind.roles), ("invitation", .invitations), ("support_session", .stays),
        ("support_consent", .consents), ("ai_budget", .ai), ("ai_request", .calls),
        ("member", .members), ("api_key", .keys), ("tenant", .tenant),
    ])
    func `an event shows its object`(type: String, kind: ScreenKind) throws {
        var omar = try Operator()
        try omar.signIn(nil, World.omar)
        var place = World.place
        place.membership = .owner
        var event = World.events[0]
        event.entry.resourceType = type
        _ = omar.console.open(.event(event, .tenant(place)))
        try omar.press("o")
        #expect(omar.kind == kind)
    }

    /// Ada in front of the platform's own trail.
    private func atPlatformTrail() throws -> Operator {
        var ada = try Operator()
        try ada.signIn()
        try ada.press("L")
        ada.answerAll()
        #expect(ada.kind == .trail)
        return ada
    }

    private func platform(_ effects: [Effect]) -> [AuditRequest] {
        loads(effects).compactMap {
            if case .platform(.audit(let request), _) = $0 { request } else { nil }
        }
    }

    @Test func `the platform's trail is filtered, followed, verified and exported as a tenant's`()
        throws
    {
        var ada = try atPlatformTrail()
        #expect(ada.lines.contains { $0.contains("tenant.suspended") && $0.contains("Ada") })
        #expect(platform(try ada.press("V")) == [.verify])
        #expect(platform(try ada.press("F")) == [.wait(after: 0)])
        try ada.press("x")
        guard case .export(let wish)? = platform(try ada.press("ctrl-s")).first else {
            Issue.record("nothing is exported")
            return
        }
        #expect(wish.path.contains("trail"))
        ada.type("/outcome:denied")
        guard case .list(let filter, _)? = platform(try ada.press("enter")).first else {
            Issue.record("nothing is asked for")
            return
        }
        #expect(filter.outcomes.sole == .denied)
    }

    @Test(arguments: ["audit platform op:1", "audit platform action:user.", "trail action:user."])
    func `commands open the platform's trail, and point at what is wrong`(line: String) throws {
        var ada = try Operator()
        try ada.signIn()
        ada.type(":\(line)")
        let asked = platform(try ada.press("enter"))
        let isWrong = line.contains("op:")
        #expect(asked.isEmpty == isWrong)
        #expect(ada.kind == (isWrong ? .overview : .trail))
    }

    @Test func `a person who is named in a filter of the platform's trail is searched`() throws {
        var ada = try atPlatformTrail()
        ada.type("/actor:omar@")
        let asked = loads(try ada.press("enter"))
        guard case .platform(.people(.list(let filter, _)), _)? = asked.first else {
            Issue.record("nobody is searched for")
            return
        }
        #expect(filter.search == "omar@")
    }

    @Test(arguments: [
        ("tenant", ScreenKind.tenant), ("user", .users), ("platform_role", .operators),
        ("job", .jobs), ("audit", .trail),
    ])
    func `an event of the platform shows its object`(type: String, kind: ScreenKind) throws {
        var ada = try Operator()
        try ada.signIn()
        var event = World.highlights.events[0]
        event.entry.resourceType = type
        _ = ada.console.open(.event(event, .platform))
        #expect(ada.kind == .trailEvent)
        try ada.press("o")
        ada.answerAll()
        if type == "tenant" {
            // An operator is asked for a reason first.
            guard case .form = ada.console.overlay else {
                Issue.record("no form")
                return
            }
        } else {
            #expect(ada.kind == kind)
        }
    }

    @Test func `whoever is no operator is refused the platform's trail`() throws {
        var omar = try Operator()
        try omar.signIn(nil, World.omar)
        omar.type(":audit platform")
        try omar.press("enter")
        #expect(omar.toasts.last == "Only operators may do this.")
    }

    @Test func `verifying shows how far it is, and esc stops it`() throws {
        var ada = try atTrail()
        try ada.press("V")
        let id = try #require(ada.open.first?.id)
        ada.send(.progressed(id, Headway(250, of: 1_000)), after: .seconds(1))
        #expect(ada.lines.contains { $0.contains("███░░░░░░░░░ 25 % · 250 events checked") })
        let effects = try ada.press("esc")
        #expect(effects.contains(.cancel(id)))
        #expect(ada.lines.contains { $0.contains("Stopped verifying; V begins anew.") })
    }
}

/// Before and after, folded.
struct ChangesTreeTests {
    private func rows(_ text: String, unfolded: Set<String> = []) throws -> [String] {
        let changes = try Changes(canonical: text)
        return ChangesTree.rows(changes, unfolded: unfolded, width: 60).map(\.line.string)
    }

    private let nested = """
        {"settings":[{"a":1,"b":2,"c":{"x":true,"y":[1,2,3]},"z":"same"},\
        {"a":1,"b":2,"c":{"x":false,"y":[1,9,3]},"z":"same"}]}
        """

    @Test func `what was changed deep inside stands open, what was not is folded`() throws {
        #expect(
            try rows(nested) == [
                "settings", "  c:", "-   x: true", "+   x: false", "    y:", "      1",
                "-     2", "+     9", "      3", "▸ 3 unchanged",
            ]
        )
    }

    @Test func `a fold opens by its name`() throws {
        let lines = try rows(nested, unfolded: ["settings="])
        #expect(lines.suffix(4) == ["▾ 3 unchanged", "    a: 1", "    b: 2", "    z: same"])
    }

    @Test func `a text is compared line by line, and long runs are folded`() throws {
        let lines = try rows(#"{"text":["a\nb\nc\nd","a\nb\nc\nD"]}"#)
        #expect(lines == ["text", "▸ 3 unchanged", "- d", "+ D"])
    }

    @Test func `what is new stands as a whole`() throws {
        let lines = try rows(#"{"name":[null,"x"],"meta":[null,{"k":[1]}],"gone":["y",null]}"#)
        #expect(lines == ["gone", "- y", "meta", "+ k: [1]", "name", "+ x"])
    }

    @Test func `the keys open and close`() throws {
        var ada = try Operator()
        try ada.signIn()
        try ada.enterAcme()
        var event = World.events[0]
        event.entry.changes = nested
        _ = ada.console.open(.event(event, .tenant(World.place)))
        #expect(ada.lines.contains { $0.contains("▸ 3 unchanged") })
        try ada.press("space")
        #expect(ada.lines.contains { $0.contains("▾ 3 unchanged") })
        #expect(ada.lines.contains { $0.contains("z: same") })
        try ada.press("enter")
        #expect(ada.lines.contains { $0.contains("▸ 3 unchanged") })
        try ada.press("z")
        #expect(ada.lines.contains { $0.contains("▾ 3 unchanged") })
        event.entry.changes = #"{"name":["a","b"]}"#
        _ = ada.console.open(.event(event, .tenant(World.place)))
        ada.clearToasts()
        try ada.press("z")
        #expect(ada.toasts == ["Nothing is folded here: all of it was changed."])
    }
}
