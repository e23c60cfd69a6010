import Domain

extension Actions {
    /// What every list can do with all of itself.
    static let exports: [Action] = [
        Action(
            id: "export",
            keys: ["x"],
            label: "export",
            help: "Write what is filtered to a file, as CSV or JSON lines.",
            screens: ScreenKind.lists,
            rank: 82,
            obstacle: { $0.exportObstacle },
            run: { $0.askExport() }
        ),
        Action(
            id: "pager",
            keys: ["|"],
            label: "pager",
            help: "Read what is filtered in the program that PAGER names.",
            screens: ScreenKind.lists,
            rank: 83,
            obstacle: { $0.exportObstacle },
            run: { $0.openPager() }
        ),
    ]
}

extension Console {
    /// Why the shown list cannot be taken away; a pager may keep what it is shown as a file does.
    fileprivate var exportObstacle: String? {
        if isExporting { return "An export is under way; \(key("back")) stops it." }
        guard let screen = trail.current?.content as? AuditScreen else { return nil }
        return refusal(Permission.auditExport.needed(on: screen.kind), writes: false)
    }
}

extension ScreenKind {
    /// Those around one list.
    static let lists: Set<ScreenKind> = [
        .tenants, .workspaces, .sessions, .members, .roles, .invitations, .grants, .artifacts,
        .artifact, .audit, .trail, .keys, .users, .user, .attempts, .operators, .visits, .stays,
        .consents,
        .calls, .alerts, .requests, .holds, .copies, .jobs,
    ]
}
