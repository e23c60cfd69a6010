import Domain
import Terminal
import Testing

@testable import Console

/// Nothing is written on one key: every action of the registry shows what it will do first.
struct PlanTests {
    /// An owner of Acme who is a super-admin as well, on a screen with its data.
    static func on(_ kind: ScreenKind) throws -> Operator {
        var ada = try Operator()
        try ada.signIn()
        ada.elevate()
        for effect in ada.console.open(try #require(places[kind])) {
            if case .load(let id, let request) = effect { ada.open.append((id, request)) }
        }
        ada.answerAll()
        ada.clearToasts()
        #expect(ada.kind == kind)
        return ada
    }

    static let acme = TenantRef(
        id: World.tenant.id,
        slug: "acme",
        name: "Acme Charity",
        membership: .owner
    )

    private static let places: [ScreenKind: Destination] = [
        .overview: .overview, .tenants: .tenants(filter: nil), .workspaces: .workspaces,
        .sessions: .sessions, .tenant: .section(.summary, acme),
        .members: .section(.members(filter: nil), acme), .roles: .section(.roles, acme),
        .invitations: .section(.invitations(filter: nil), acme),
        .grants: .section(.grants(World.members[1]), acme),
        .artifacts: .section(.artifacts(filter: nil), acme),
        .artifact: .artifact(World.artifacts[0], acme), .ai: .section(.ai, acme),
        .audit: .section(.audit(filter: nil), acme), .event: .event(World.events[0], .tenant(acme)),
        .trail: .trail(filter: nil), .trailEvent: .event(World.events[0], .platform),
        .keys: .section(.keys, acme), .users: .users(filter: nil),
        .user: .user(World.accounts[1]), .operators: .operators(filter: nil),
        .visits: .visits(filter: nil), .stays: .section(.stays(filter: nil), acme),
        .consents: .section(.consents, acme), .calls: .section(.calls, acme),
        .call: .call(World.calls[0], acme), .alerts: .section(.alerts, acme),
        .requests: .section(.requests, acme), .holds: .section(.holds, acme),
        .copies: .copies(World.accounts[1]), .prices: .prices, .processes: .processes,
        .jobs: .jobs(filter: nil), .job: .job(World.jobs[3]),
    ]

    /// Actions that change only where one is and what one may: they take nothing from anybody.
    private static let own: Set<String> = ["leave", "readonly", "figures", "signout", "undo"]

    private static let kinds = ScreenKind.allCases.filter { $0 != .attempts }

    /// The plan that lies over the screen, in words; nil when there is none.
    private func plan(of console: Console) -> String? {
        switch console.overlay {
        case .form(let form): form.plan.map(\.string).joined(separator: " ")
        case .dialog(let dialog): dialog.dialog.lines.map(\.string).joined(separator: " ")
        default: nil
        }
    }

    @Test(arguments: kinds)
    func `no action of a screen writes when its key is pressed`(kind: ScreenKind) throws {
        let ada = try Self.on(kind)
        for action in Actions.all(on: kind) where !Self.own.contains(action.id) {
            var console = ada.console
            let effects = action.run(&console)
            let written = loads(effects).filter(\.writes)
            #expect(written.isEmpty, "\(action.id) on \(kind)")
        }
    }

    @Test func `every action that writes shows a plan that says how it is undone`() throws {
        var missing: Set<String> = []
        for action in Actions.all where action.writes {
            let shows = try action.screens.contains { try showsPlan(action, on: $0) }
            if !shows { missing.insert(action.id) }
        }
        #expect(missing.isEmpty)
    }

    /// Looks for a row on which the action has a plan; a text for the editor has it afterwards.
    private func showsPlan(_ action: Action, on kind: ScreenKind) throws -> Bool {
        var ada = try Self.on(kind)
        for _ in 0..<12 {
            var console = ada.console
            let effects = action.run(&console)
            if case .edit? = effects.first { return true }
            if let plan = plan(of: console), !plan.isEmpty {
                #expect(
                    plan.contains("ndone") || plan.contains("ends it earlier"),
                    "\(action.id): \(plan)"
                )
                return true
            }
            try ada.press("j")
            ada.answerAll()
        }
        return false
    }

    @Test func `every action that writes on a list with marks says what it does with them`() {
        for action in Actions.all
        where action.writes && !action.screens.isDisjoint(with: Actions.markable) {
            #expect(Actions.markUse[action.id] != nil, "\(action.id)")
        }
        for id in Actions.markUse.keys { #expect(Actions.action(named: id) != nil, "\(id)") }
    }
}
