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
            obstacle: { console in
                if console.isExporting {
                    return "An export is under way; \(console.key("back")) stops it."
                }
                guard console.trail.current?.content is AuditScreen else { return nil }
                return console.refusal(.auditExport, writes: false)
            },
            run: { $0.askExport() }
        ),
        Action(
            id: "pager",
            keys: ["|"],
            label: "pager",
            help: "Read what is filtered in the program that PAGER names.",
            screens: ScreenKind.lists,
            rank: 83,
            obstacle: {
                $0.isExporting ? "An export is under way; \($0.key("back")) stops it." : nil
            },
            run: { $0.openPager() }
        ),
    ]
}

extension ScreenKind {
    /// Those around one list.
    static let lists: Set<ScreenKind> = [
        .tenants, .workspaces, .sessions, .members, .roles, .invitations, .grants, .artifacts,
        .artifact, .audit, .keys, .users, .user, .attempts, .operators, .visits, .stays, .consents,
        .calls, .alerts, .requests, .holds, .copies,
    ]
}
