import Domain
import Terminal
import Testing

@testable import Console

/// One change for several rows: one plan, one confirmation, one result list.
struct BulkFlowTests {
    private func requests(_ operator: Operator) -> [ConsoleRequest] {
        `operator`.open.map(\.request)
    }

    /// Two artifacts marked, the deletion asked for.
    private func deleting(_ count: Int) throws -> Operator {
        var ada = try PlanTests.on(.artifacts)
        for _ in 0..<count { try ada.press("space") }
        ada.open = []
        try ada.press("d")
        return ada
    }

    private func confirm(_ operator: inout Operator) throws {
        `operator`.type("acme")
        try `operator`.press("tab")
        `operator`.type("twice there")
        try `operator`.press("ctrl-s")
    }

    /// Answers the request of the row that the run is at.
    private func answer(
        _ operator: inout Operator,
        _ result: Result<ConsoleAnswer, DomainError>
    ) throws {
        let index = try #require(`operator`.open.firstIndex { $0.request.writes })
        let id = `operator`.open.remove(at: index).id
        `operator`.send(.answered(id, result))
    }

    private func run(_ operator: Operator) throws -> BulkRun {
        guard case .bulk(let bulk)? = `operator`.console.overlay else {
            throw Missing()
        }
        switch bulk.stage {
        case .running(let run), .ended(let run): return run
        case .asking: throw Missing()
        }
    }

    private struct Missing: Error {}

    @Test func `one plan names all, and is confirmed once`() throws {
        var ada = try deleting(2)
        let text = ada.lines.joined(separator: "\n")
        #expect(text.contains("Delete 2 artifacts: Zakat guide 2026, Ramadan campaign."))
        #expect(try ada.press("ctrl-s") == [])
        try confirm(&ada)
        let first = try #require(requests(ada).first { $0.writes })
        guard case .tenant(.artifacts(.delete(let id, let version, let reason)), _) = first else {
            Issue.record("\(first)")
            return
        }
        #expect(id == World.artifacts[0].id)
        #expect(version == World.artifacts[0].version)
        #expect(reason == "twice there")
        // One at a time.
        #expect(requests(ada).count { $0.writes } == 1)
    }

    @Test func `what failed stands first, and is tried again after another plan`() throws {
        var ada = try deleting(3)
        try confirm(&ada)
        try answer(&ada, .success(.done))
        try answer(&ada, .failure(.forbidden(.permissionDenied, "You may not do this.")))
        try answer(&ada, .success(.done))
        #expect(ada.lines.contains { $0.contains("2 done, 1 failed") })
        #expect(ada.lines.contains { $0.contains("✗ Ramadan campaign: You may not do this.") })
        // The done have lost their marks.
        #expect(ada.console.markCount == 1)
        #expect(try ada.press("t").isEmpty)
        #expect(ada.lines.contains { $0.contains("Delete 1 artifact: Ramadan campaign.") })
        #expect(requests(ada).allSatisfy { !$0.writes })
    }

    @Test func `esc stops before the next one and says how far it came`() throws {
        var ada = try deleting(3)
        try confirm(&ada)
        try answer(&ada, .success(.done))
        #expect(ada.lines.contains { $0.contains("1 of 3") })
        try ada.press("esc")
        #expect(ada.lines.contains { $0.contains("Stopping after this one") })
        try answer(&ada, .success(.done))
        #expect(ada.lines.contains { $0.contains("2 done, 1 not tried") })
        #expect(requests(ada).allSatisfy { !$0.writes })
    }

    @Test func `asked twice it does not wait for the one on its way`() throws {
        var ada = try deleting(2)
        try confirm(&ada)
        try ada.press("esc")
        let effects = try ada.press("esc")
        #expect(effects.contains { if case .cancel = $0 { true } else { false } })
        #expect(ada.lines.contains { $0.contains("the change may have been made") })
    }

    @Test func `a lost connection ends the run and keeps what came of it`() throws {
        var ada = try deleting(3)
        try confirm(&ada)
        try answer(&ada, .success(.done))
        try answer(
            &ada,
            .failure(DomainError(.unavailable, .unavailable, "The database does not answer."))
        )
        #expect(try run(ada).outcomes.count == 2)
        #expect(ada.lines.contains { $0.contains("1 done, 1 failed, 1 not tried") })
        #expect(requests(ada).allSatisfy { !$0.writes })
    }

    @Test func `the end of writing ends the run before the next row`() throws {
        var ada = try deleting(2)
        try confirm(&ada)
        ada.console.standing.elevation = nil
        try answer(&ada, .success(.done))
        #expect(ada.lines.contains { $0.contains("1 done, 1 not tried") })
    }

    @Test func `what was done is taken back, the last first`() throws {
        var ada = try deleting(2)
        try confirm(&ada)
        try answer(&ada, .success(.done))
        try answer(&ada, .success(.done))
        try ada.press("U")
        #expect(ada.lines.contains { $0.contains("Take back 2 changes: Restore Ramadan campaign") })
        #expect(requests(ada).allSatisfy { !$0.writes })
        try ada.press("y")
        let restore = try #require(requests(ada).first { $0.writes })
        guard case .tenant(.artifacts(.restore(World.artifacts[1].id)), _) = restore else {
            Issue.record("\(restore)")
            return
        }
        try answer(&ada, .success(.artifact(World.artifacts[1])))
        try answer(&ada, .success(.artifact(World.artifacts[0])))
        #expect(ada.lines.contains { $0.contains("2 done") })
        #expect(ada.console.notices.undo == nil)
    }

    @Test func `tenants ask for their number, and leave out who is suspended already`() throws {
        var ada = try PlanTests.on(.tenants)
        try ada.press("space", "space", "space", "S")
        let text = ada.lines.joined(separator: "\n")
        #expect(text.contains("Suspend 2 tenants"))
        #expect(text.contains("Crescent Relief: is suspended"))
        ada.type("acme")
        try ada.press("tab")
        ada.type("unpaid")
        #expect(try ada.press("ctrl-s").isEmpty)
        try ada.press("ctrl-u")
        ada.type("2")
        #expect(loads(try ada.press("ctrl-s")).count == 1)
    }

    @Test func `the last owner and oneself are left out of a removal`() throws {
        var ada = try PlanTests.on(.members)
        try ada.press("~", "D")
        let text = ada.lines.joined(separator: "\n")
        #expect(text.contains("Omar Khayyam: no other owner would be left"))
        #expect(text.contains("Remove 3 members"))
    }

    @Test func `nobody to change says why instead of asking`() throws {
        var ada = try PlanTests.on(.members)
        try ada.press("space", "D")
        #expect(ada.console.overlay == nil)
        #expect(
            ada.toasts == ["Nothing to do. Omar Khayyam: no other owner would be left."]
        )
    }

    @Test func `an action for one row refuses marks in a sentence`() throws {
        var ada = try PlanTests.on(.members)
        try ada.press("space", "space")
        #expect(try ada.press("c") == [])
        #expect(ada.console.overlay == nil)
        #expect(ada.toasts == ["change role works on one row; esc takes the marks away."])
    }

    @Test func `tags are given to all that are marked, and not to who has them`() throws {
        var ada = try PlanTests.on(.artifacts)
        try ada.press("space", "space")
        ada.open = []
        try ada.press("t")
        ada.type("Campaign")
        #expect(loads(try ada.press("ctrl-s")).isEmpty)
        let text = ada.lines.joined(separator: "\n")
        #expect(text.contains("Tag 1 artifact: Zakat guide 2026."))
        #expect(text.contains("Ramadan campaign: is tagged so already"))
        let effects = try ada.press("y")
        guard case .tenant(.artifacts(.update(_, let edit, let version)), _)? = loads(effects).first
        else {
            Issue.record("nothing was asked for")
            return
        }
        #expect(edit == ArtifactEdit(tags: ["zakat", "guide", "campaign"]))
        #expect(version == 7)
    }

    @Test func `a plan for several waits for the right to write, and comes back`() throws {
        var ada = try deleting(2)
        ada.type("acme")
        try ada.press("tab")
        ada.type("twice there")
        ada.console.standing.elevation = nil
        let before = ada.console.overlay
        #expect(loads(try ada.press("ctrl-s")).isEmpty)
        #expect(ada.console.parked?.reason == .elevation)
        guard case .bulk? = ada.console.parked?.overlay, case .bulk? = before else {
            Issue.record("the plan is gone")
            return
        }
    }
}
