import Domain
import Terminal
import Testing

@testable import Console

/// Lists that go into files and to the pager.
struct ExportFlowTests {
    private func atTenants() throws -> Operator {
        var ada = try Operator()
        try ada.signIn()
        try ada.press("T")
        ada.answerAll()
        ada.clearToasts()
        return ada
    }

    /// Omar, an owner of Acme, on one of its parts.
    private func omar(at key: String) throws -> Operator {
        var omar = try Operator()
        try omar.signIn(nil, World.omar)
        var place = World.place
        place.membership = .owner
        _ = omar.console.open(Destination(.summary, in: place))
        try omar.press(key)
        omar.answerAll()
        omar.clearToasts()
        return omar
    }

    private func files(_ effects: [Effect]) -> [FileRequest] {
        loads(effects).compactMap { if case .file(let request) = $0 { request } else { nil } }
    }

    private func next(_ position: PagePosition?) -> Page<TenantSummary> {
        Page(items: World.tenants, next: position, hasPrevious: false)
    }

    @Test func `x writes page after page, each when the one before is written`() throws {
        var ada = try atTenants()
        try ada.press("x")
        #expect(ada.lines.contains { $0.contains("tenants-20260302T101400Z.csv") })
        #expect(files(try ada.press("ctrl-s")) == [.begin("tenants-20260302T101400Z.csv")])
        let first = loads(try ada.answer(.success(.file("/home/ada/t.csv"))))
        guard case .platform(.tenants(_, let page), _)? = first.first else {
            Issue.record("no page was asked for")
            return
        }
        #expect(page.after == nil)
        let position = PagePosition(["x"])
        guard
            case .append("/home/ada/t.csv", let text)? = files(
                try ada.answer(.success(.tenants(next(position))))
            ).first
        else {
            Issue.record("nothing was written")
            return
        }
        let lines = text.split(separator: "\r\n")
        #expect(lines.first?.hasPrefix("id,slug,name,status,plan,created_at") == true)
        #expect(lines.count == World.tenants.count + 1)
        #expect(text.contains("evil \u{1B}[31mred"))
        let second = loads(try ada.answer(.success(.file("/home/ada/t.csv"))))
        guard case .platform(.tenants(_, let after), _)? = second.first else {
            Issue.record("no second page was asked for")
            return
        }
        #expect(after.after == position)
        guard
            case .append(_, let rest)? = files(try ada.answer(.success(.tenants(next(nil))))).first
        else {
            Issue.record("nothing was written")
            return
        }
        #expect(!rest.contains("id,slug"))
        let done = files(try ada.answer(.success(.file("/home/ada/t.csv"))))
        #expect(done == [.finish("/home/ada/t.csv")])
        try ada.answer(.success(.file("/home/ada/t.csv")))
        let rows = World.tenants.count * 2
        #expect(ada.toasts == ["Wrote \(rows) rows to /home/ada/t.csv."])
        #expect(ada.console.notices.export == nil)
    }

    @Test func `JSON lines are chosen in the form, and the proposal follows`() throws {
        var omar = try omar(at: "2")
        try omar.press("x", "right")
        #expect(omar.lines.contains { $0.contains("members-acme-20260302T101400Z.jsonl") })
        #expect(
            files(try omar.press("ctrl-s")) == [.begin("members-acme-20260302T101400Z.jsonl")]
        )
        try omar.answer(.success(.file("/m")))
        guard
            case .append(_, let text)? = files(
                try omar.answer(.success(.members(World.page(World.members))))
            ).first
        else {
            Issue.record("nothing was written")
            return
        }
        let lines = text.split(separator: "\n")
        #expect(lines.count == World.members.count)
        let value = try JSONValue(parsing: String(lines[0]), field: "line")
        #expect(value["email"] == .string(World.omar.email))
        #expect(value["role"] == .string("owner"))
    }

    @Test func `a file needs a name`() throws {
        var ada = try atTenants()
        try ada.press("x", "tab", "ctrl-u")
        #expect(files(try ada.press("ctrl-s")).isEmpty)
        #expect(ada.lines.contains { $0.contains("must name a file") })
    }

    @Test func `esc stops an export and leaves no file`() throws {
        var ada = try atTenants()
        try ada.press("x", "ctrl-s")
        try ada.answer(.success(.file("/t.csv")))
        #expect(ada.lines.contains { $0.contains("Exporting … 0 rows · esc stops") })
        let refused = try ada.press("x")
        #expect(refused == [])
        let effects = try ada.press("esc")
        #expect(files(effects) == [.discard("/t.csv")])
        #expect(ada.kind == .tenants)
        #expect(ada.console.notices.export == nil)
        #expect(ada.toasts.contains("Stopped the export; no file was kept."))
    }

    @Test func `a file that is there already is said, and nothing is written`() throws {
        var ada = try atTenants()
        try ada.press("x", "ctrl-s")
        let error = DomainError.invalid("path", "is there already")
        #expect(files(try ada.answer(.failure(error))).isEmpty)
        #expect(ada.toasts == [error.description])
        #expect(ada.console.notices.export == nil)
    }

    @Test func `a database that goes away ends the export`() throws {
        var ada = try atTenants()
        try ada.press("x", "ctrl-s")
        try ada.answer(.success(.file("/t.csv")))
        let lost = DomainError(.unavailable, .unavailable, "The database does not answer.")
        #expect(files(try ada.answer(.failure(lost))) == [.discard("/t.csv")])
        #expect(ada.console.notices.export == nil)
    }

    @Test func `leaving a tenant ends what is being written of it`() throws {
        var ada = try Operator()
        try ada.signIn()
        try ada.enterAcme()
        try ada.press("2")
        ada.answerAll()
        try ada.press("x", "ctrl-s")
        try ada.answer(.success(.file("/m.csv")))
        #expect(files(try ada.press("X")).contains(.discard("/m.csv")))
        #expect(ada.console.notices.export == nil)
    }

    @Test func `leaving the console leaves no half file`() throws {
        for event in [ConsoleEvent.keyPressed(try KeyEvent(parsing: "q")), .terminated(.hangUp)] {
            var ada = try atTenants()
            try ada.press("x", "ctrl-s")
            try ada.answer(.success(.file("/t.csv")))
            let effects = ada.send(event)
            #expect(files(effects) == [.discard("/t.csv")])
            #expect(effects.last == .quit)
        }
    }

    @Test func `the question of an export goes with the tenant's screens`() throws {
        var ada = try Operator()
        try ada.signIn()
        try ada.enterAcme()
        try ada.press("2")
        ada.answerAll()
        try ada.press("x")
        ada.send(.woke, after: .seconds(16 * 60))
        #expect(ada.console.overlay == nil)
        #expect(ada.console.notices.export == nil)
    }

    @Test func `the pager gets aligned lines without anything that a terminal obeys`() throws {
        var ada = try atTenants()
        #expect(files(try ada.press("|")) == [.scratch])
        try ada.answer(.success(.file("/tmp/list.txt")))
        guard
            case .append(_, let text)? = files(
                try ada.answer(.success(.tenants(next(nil))))
            ).first
        else {
            Issue.record("nothing was written")
            return
        }
        #expect(!text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" || $0 == "\u{9B}" })
        #expect(text.split(separator: "\n").count == World.tenants.count + 1)
        #expect(text.split(separator: "\n")[1].contains("Acme Charity"))
        try ada.answer(.success(.file("/tmp/list.txt")))
        #expect(try ada.answer(.success(.file("/tmp/list.txt"))) == [.page("/tmp/list.txt")])
        // While the pager has the terminal no key is ours.
        #expect(try ada.press("q") == [])
        #expect(ada.send(.edited(.success(nil))) == [.redraw])
        try ada.press("?")
        #expect(ada.console.overlay != nil)
    }

    @Test func `a pager that cannot be started says so`() throws {
        var ada = try atTenants()
        ada.console.notices.isEditing = true
        ada.console.notices.isPaging = true
        let error = DomainError(.conflict, .invalidTransition, "The pager x cannot be started.")
        ada.send(.edited(.failure(error)))
        #expect(ada.toasts == ["The pager x cannot be started."])
    }

    @Test func `a trail is exported as one signed file`() throws {
        var omar = try omar(at: "5")
        try omar.press("/")
        omar.type("action:artifact.")
        try omar.press("enter")
        omar.answerAll()
        try omar.press("x")
        let wanted = loads(try omar.press("ctrl-s"))
        guard case .tenant(.audit(.export(let wish)), _)? = wanted.first else {
            Issue.record("no export was asked for")
            return
        }
        #expect(wish.filter == AuditFilter(action: "artifact."))
        let id = try #require(omar.open.first?.id)
        omar.send(.progressed(id, Headway(500, of: 1_000)))
        #expect(omar.lines.contains { $0.contains("Exporting ██████░░░░░░ 50 % · esc stops") })
        try omar.answer(.success(.exported(ExportedFile(path: "/a.csv", rows: 12))))
        #expect(omar.toasts == ["Wrote 12 events to /a.csv, with a signed digest beside it."])
    }

    @Test func `an operator in a support session may not take a trail away`() throws {
        var ada = try Operator()
        try ada.signIn()
        try ada.enterAcme()
        try ada.press("5")
        ada.answerAll()
        ada.clearToasts()
        try ada.press("x")
        #expect(ada.toasts == ["In a support session super_admin lacks audit.export."])
        #expect(ada.console.overlay == nil)
        // A pager can keep what it is shown.
        ada.clearToasts()
        #expect(files(try ada.press("|")) == [])
        #expect(ada.toasts == ["In a support session super_admin lacks audit.export."])
        #expect(ada.console.notices.export == nil)
    }

    @Test func `a pager gets a trail as an export`() throws {
        var omar = try omar(at: "5")
        #expect(files(try omar.press("|")) == [.scratch])
        let asked = loads(try omar.answer(.success(.file("/tmp/list.txt"))))
        guard case .tenant(.audit(.take(_, let page)), _)? = asked.first else {
            Issue.record("the trail was not asked for as an export")
            return
        }
        #expect(page.after == nil)
    }

    @Test func `every list can be exported, and no other screen`() throws {
        for kind in ScreenKind.allCases {
            let names = Set(Actions.all(on: kind).map(\.id))
            let isList = ScreenKind.lists.contains(kind)
            #expect(names.contains("export") == isList, "\(kind)")
            #expect(names.contains("pager") == isList, "\(kind)")
        }
    }
}
